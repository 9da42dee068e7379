import type { Words } from "@stork/contract/common.ts";
import type { Reentry } from "@stork/contract/journeys.ts";

export interface EarlierRun {
  readonly state: string;
  readonly child: number | null;
  readonly enteredAt: Date;
}

const dayMs = 86_400_000;

/**
 * Whether a person may come in (again). Nobody is in a journey twice at a time. What is about a child is judged by the
 * runs about that child, so that a second child is not missed for the first one's sake.
 */
export function mayEnter(
  rule: Reentry,
  earlier: readonly EarlierRun[],
  { child, at }: { readonly child: number | null; readonly at: Date },
): boolean {
  if (earlier.some(({ state }) => state === "waiting")) return false;
  const same = earlier.filter((run) => child === null || run.child === null || run.child === child);
  if (rule.kind === "once") return same.length === 0;
  const since = at.getTime() - rule.days * dayMs;
  return same.every(({ enteredAt }) => enteredAt.getTime() <= since);
}

export const reentryWords = (rule: Reentry): Words =>
  rule.kind === "once"
    ? { zh: "每人（每个宝宝）只进入一次", en: "once per person, or per child" }
    : {
        zh: `每人（每个宝宝）${rule.days} 天内最多一次`,
        en: `at most once in ${rule.days} ${rule.days === 1 ? "day" : "days"} per person, or per child`,
      };
