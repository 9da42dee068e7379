import type { Words } from "@stork/contract/common.ts";
import { type Decision, DecisionKind } from "@stork/contract/identity.ts";
import { dateIn } from "../catalog/calendar.ts";
import type { StoredDecision } from "../people/decisions.store.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import type { Asking } from "./graph.store.ts";

export const askingOf = ({ id, timeZone }: WorkspaceRef, now: Date): Asking => ({
  ...{ workspace: id, timeZone, today: dateIn(timeZone, now) },
});

const kindWords: Readonly<Record<Decision["kind"], Words>> = {
  merge: { zh: "合并为一位用户", en: "Merged into one person" },
  split: { zh: "拆成两位用户", en: "Split into two persons" },
  "never-same": { zh: "说明绝不是同一人", en: "Said to be never the same" },
  link: { zh: "关联了一个标识", en: "Linked an identifier" },
  share: { zh: "把一个标识算作多人公用", en: "Said that an identifier is shared by many" },
  unshare: { zh: "说明一个标识并非公用", en: "Said that an identifier is not shared" },
  rules: { zh: "修改了识别规则", en: "Changed the rules" },
};

export function decisionShown(decision: StoredDecision): Decision {
  const kind = DecisionKind.parse(decision.kind);
  const { undoneAt, undoneBy, undoneReason } = decision;
  const undone =
    undoneAt === null
      ? null
      : { who: undoneBy ?? "", at: undoneAt.toISOString(), reason: undoneReason ?? "" };
  return {
    ...{ id: String(decision.id), kind, words: kindWords[kind], who: decision.who, reason: decision.reason },
    ...{ at: decision.at.toISOString(), persons: decision.persons.map(String), undone },
    undoable: undone === null && kind !== "rules",
    again: decision.again ?? null,
  };
}
