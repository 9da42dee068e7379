import type { Child } from "@stork/contract/people.ts";
import { correctedMonths, monthsOld, pregnancyOn } from "../catalog/ages.ts";
import { addDays } from "../catalog/calendar.ts";
import { ageDays, type ChildDates, nextStage, stageOn } from "../catalog/stages.ts";
import type { StoredChild } from "../people/child.store.ts";
import { dateImpossible, uniteChildren } from "../people/children.ts";

/** Children as shown on a date, the youngest first. A name is only there when the caller was allowed to see it. */
export function childrenOn(
  stored: readonly StoredChild[],
  on: string,
  nameOf: (child: StoredChild) => string | null,
): Child[] {
  return uniteChildren([...new Map(stored.map((child) => [child.id, child])).values()])
    .map((child) => childOn(child, on, nameOf(child)))
    .sort((a, b) => ((a.bornOn ?? a.dueOn ?? "") < (b.bornOn ?? b.dueOn ?? "") ? 1 : -1));
}

function childOn(child: StoredChild, on: string, name: string | null): Child {
  const usable = !child.marks.includes(dateImpossible) && child.withheldAt === null;
  const { bornOn, dueOn, gestationDays, adoptedOn } = child;
  const dates = { bornOn, dueOn, gestationDays, adoptedOn };
  const anchor = bornOn ?? dueOn;
  return {
    id: String(child.id),
    ...(bornOn !== null ? { bornOn } : {}),
    ...(bornOn === null && dueOn !== null ? { dueOn } : {}),
    ...(name === null ? {} : { name }),
    gender: child.gender === "female" || child.gender === "male" ? child.gender : "unknown",
    source: child.source === "inferred" ? "inferred" : "stated",
    confidence: child.confidence,
    interval80: intervalOf(child, anchor ?? on),
    stage: usable ? stageOn(dates, on) : null,
    ageDays: ageDays(dates, on) ?? 0,
    ...(usable ? agesOn(dates, on) : {}),
    ...(gestationDays === null ? {} : { gestation: weeksOf(gestationDays) }),
    ...(adoptedOn === null ? {} : { adoptedOn }),
    next: usable ? nextStage(dates, on) : null,
    marks: [...child.marks],
    ...(child.withheldAt === null ? {} : { keptBack: true as const }),
    statedBy: child.statedBy,
    statedAt: child.statedAt.toISOString(),
  };
}

function agesOn(dates: ChildDates, on: string): Pick<Child, "pregnancy" | "ageMonths" | "correctedMonths"> {
  const [pregnancy, months, corrected] = [
    pregnancyOn(dates, on),
    monthsOld(dates, on),
    correctedMonths(dates, on),
  ];
  return {
    ...(pregnancy === null ? {} : { pregnancy }),
    ...(months === null ? {} : { ageMonths: months }),
    ...(corrected === null ? {} : { correctedMonths: corrected }),
  };
}

export const weeksOf = (days: number): { weeks: number; days: number } => ({
  weeks: Math.floor(days / 7),
  days: days % 7,
});

/**
 * Where the birthday lies with 80 % probability. A stated birthday is taken at its word; births fall around the due
 * date with a standard deviation of 9 days (Mittendorf et al. 1990; Jukic et al. 2013 find 9 to 10), so ± 12 days.
 */
function intervalOf(child: StoredChild, anchor: string): [string, string] {
  return child.bornOn !== null ? [anchor, anchor] : [addDays(anchor, -12), addDays(anchor, 12)];
}
