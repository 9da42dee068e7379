import type { RefusalKind } from "../platform/refusal.ts";

export const refusals = {
  unknownPerson: {
    code: "profiles/unknown-person",
    status: 404,
    retry: false,
    text: { zh: "没有找到这位用户。", en: "No such person is known." },
  },
  badIdentifier: {
    code: "profiles/bad-identifier",
    status: 400,
    retry: false,
    text: {
      zh: "标识要写成「类型:值」，例如 phone:13912345671；占位值（如 0、null）和已打码的值不能查找。",
      en: "Write an identifier as NAMESPACE:VALUE, e.g. phone:13912345671; placeholders (0, null) and masked values cannot be looked up.",
    },
  },
  notHers: {
    code: "profiles/not-hers",
    status: 404,
    retry: false,
    text: {
      zh: "这两个标识现在不是同一位用户的。",
      en: "These two identifiers are not this person's today.",
    },
  },
  mayNotReveal: {
    code: "profiles/may-not-reveal",
    status: 403,
    retry: false,
    text: {
      zh: "您的角色不能查看完整的个人信息。请联系合规负责人。",
      en: "Your role does not see whole personal data. Ask whoever is in charge of compliance.",
    },
  },
  badCursor: {
    code: "profiles/bad-cursor",
    status: 400,
    retry: false,
    text: {
      zh: "翻页位置无效，请从第一页重新开始。",
      en: "The page's position is not valid; start from the first page.",
    },
  },
} satisfies Record<string, RefusalKind>;
