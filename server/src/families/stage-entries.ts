import type { Stage } from "@stork/contract/catalog.ts";
import { addDays, addMonths } from "../catalog/calendar.ts";
import { type ChildDates, childStages, pregnancyDays, stageBounds, trimesters } from "../catalog/stages.ts";

/** After a stop, or when a birth is reported late, stages that began longer ago stay untold. */
export const backDays = 14;

export interface EnteringChild {
  readonly dates: ChildDates;
  /** The calendar day on which we first heard of it. */
  readonly knownOn: string;
}

export interface StageEntry {
  readonly stage: Stage;
  readonly previous: Stage | null;
  readonly on: string;
}

/**
 * The stages a child has entered by today that are to be told: begun after it was known and after the workspace was
 * first looked at, at most so many days ago. Of a child that is born the weeks before are no news.
 */
export function entriesDue(
  { dates, knownOn }: EnteringChild,
  { today, since }: { today: string; since: string },
): StageEntry[] {
  const first = addDays(today, -backDays);
  const born = dates.bornOn ?? null;
  const bounds = stageBounds(dates);
  return bounds.flatMap(({ stage, from }, i): StageEntry[] => {
    const told = stage !== null && from > first && from <= today && from > since && from > knownOn;
    if (!told || (born !== null && from < born)) return [];
    return [{ stage, previous: bounds[i - 1]?.stage ?? null, on: from }];
  });
}

type Range = { readonly from: string; readonly to: string };

/** Birthdays, and due dates, of which some stage may have begun in the last days; a little wider than true. */
export function datesToAsk(today: string): { born: Range[]; due: Range[] } {
  const first = addDays(today, -backDays);
  // Ends of months are shorter or longer by up to three days.
  const born = childStages.map(({ fromMonth }) => ({
    from: addDays(addMonths(first, -fromMonth), -3),
    to: addDays(addMonths(today, -fromMonth), 3),
  }));
  const due = trimesters.map(({ fromDay }) => ({
    from: addDays(first, pregnancyDays - fromDay),
    to: addDays(today, pregnancyDays - fromDay),
  }));
  return { born, due };
}
