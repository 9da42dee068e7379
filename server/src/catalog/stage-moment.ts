import type { CalendarEntry, Moment } from "@stork/contract/stage-calendar.ts";

/** A kind of thing that comes at an age, with what is usual: the standard entries, in the order of age. */
export interface StageMoment<Kind extends Moment> {
  readonly kind: Kind;
  readonly entries: readonly (CalendarEntry & { readonly kind: Kind })[];
}

const point = (unit: "week" | "day" | "month") => (at: number) => ({ unit, at });
export const weeks = point("week");
export const days = point("day");
export const months = point("month");
