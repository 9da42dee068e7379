import type { Child } from "@stork/contract/people.ts";
import { addDays } from "../catalog/calendar.ts";
import { ageDays, nextStage, stageOn } from "../catalog/stages.ts";
import type { StoredChild } from "../people/child.store.ts";
import { dateImpossible, uniteChildren } from "../people/children.ts";

/** Children as shown on a date, the youngest first. A name is only there when the caller was allowed to see it. */
export function childrenOn(
  stored: readonly StoredChild[],
  on: string,
  nameOf: (child: StoredChild) => string | null,
): Child[] {
  return uniteChildren(stored)
    .map((child) => childOn(child, on, nameOf(child)))
    .sort((a, b) => ((a.bornOn ?? a.dueOn ?? "") < (b.bornOn ?? b.dueOn ?? "") ? 1 : -1));
}

function childOn(child: StoredChild, on: string, name: string | null): Child {
  const usable = !child.marks.includes(dateImpossible);
  const dates = { bornOn: child.bornOn, dueOn: child.dueOn };
  const anchor = child.bornOn ?? child.dueOn;
  return {
    id: String(child.id),
    ...(child.bornOn !== null ? { bornOn: child.bornOn } : {}),
    ...(child.bornOn === null && child.dueOn !== null ? { dueOn: child.dueOn } : {}),
    ...(name === null ? {} : { name }),
    gender: child.gender === "female" || child.gender === "male" ? child.gender : "unknown",
    source: child.source === "inferred" ? "inferred" : "stated",
    confidence: child.confidence,
    interval80: intervalOf(child, anchor ?? on),
    stage: usable ? stageOn(dates, on) : null,
    ageDays: ageDays(dates, on) ?? 0,
    next: usable ? nextStage(dates, on) : null,
    marks: [...child.marks],
    statedBy: child.statedBy,
    statedAt: child.statedAt.toISOString(),
  };
}

/**
 * Where the birthday lies with 80 % probability. A stated birthday is taken at its word; births fall around the due
 * date with a standard deviation of 9 days (Mittendorf et al. 1990; Jukic et al. 2013 find 9 to 10), so ± 12 days.
 */
function intervalOf(child: StoredChild, anchor: string): [string, string] {
  return child.bornOn !== null ? [anchor, anchor] : [addDays(anchor, -12), addDays(anchor, 12)];
}
