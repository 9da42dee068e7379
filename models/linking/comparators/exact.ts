import { sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";

/** Plain words: lower case, single blanks. */
export const plain = (text: string): string =>
  text.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");

/** The same or not. */
export const exact: Comparator = {
  thresholds: [],
  prepare: plain,
  levels: () => ["different", "same"],
  compare: () => (units, a, aEnd, b, bEnd) => (sameUnits(units, a, aEnd, b, bEnd) ? 1 : 0),
};
