import type { RefusalKind } from "../platform/refusal.ts";

export const refusals = {
  samePerson: {
    code: "identity/same-person",
    status: 409,
    retry: false,
    text: { zh: "这两个已经是同一位用户。", en: "These two are one person already." },
  },
  neverSame: {
    code: "identity/said-never-same",
    status: 409,
    retry: false,
    text: {
      zh: "有人说过这两位绝不是同一人。要合并，请先在历史里撤销那条说明。",
      en: "Somebody said that these two are never the same. Undo that in the history first.",
    },
  },
  tooLarge: {
    code: "identity/too-large",
    status: 409,
    retry: false,
    text: {
      zh: "合在一起会超过 {most} 个标识，多半不是一个人。",
      en: "Together they would have more than {most} identifiers: hardly one person.",
    },
  },
  nothingToPart: {
    code: "identity/nothing-to-part",
    status: 400,
    retry: false,
    text: {
      zh: "请选出这位用户的一部分标识（不能一个不选，也不能全选）。",
      en: "Choose some of this person's identifiers: neither none nor all.",
    },
  },
  unknownNode: {
    code: "identity/unknown-identifier",
    status: 404,
    retry: false,
    text: { zh: "没有这个标识。", en: "No such identifier is known." },
  },
  sharedAlready: {
    code: "identity/shared-already",
    status: 409,
    retry: false,
    text: { zh: "这个标识已经算公用。", en: "This identifier counts as shared already." },
  },
  notShared: {
    code: "identity/not-shared",
    status: 409,
    retry: false,
    text: { zh: "这个标识没有算作公用。", en: "This identifier does not count as shared." },
  },
  unknownDecision: {
    code: "identity/unknown-decision",
    status: 404,
    retry: false,
    text: { zh: "没有这条记录。", en: "No such decision is known." },
  },
  undoneAlready: {
    code: "identity/undone-already",
    status: 409,
    retry: false,
    text: { zh: "这条已经撤销过了。", en: "This was undone already." },
  },
  unknownReview: {
    code: "identity/unknown-review",
    status: 404,
    retry: false,
    text: { zh: "复核里没有这一条。", en: "The review queue has no such question." },
  },
  answeredAlready: {
    code: "identity/answered-already",
    status: 409,
    retry: false,
    text: { zh: "这一条已经有人答过了。", en: "Somebody answered this already." },
  },
  twoRules: {
    code: "identity/two-rules",
    status: 400,
    retry: false,
    text: { zh: "类型「{kind}」有两条规则。", en: "There are two rules for the kind “{kind}”." },
  },
} satisfies Record<string, RefusalKind>;
