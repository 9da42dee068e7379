import { sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { damerau, levenshtein } from "../edit-distance.ts";
import { plain } from "./exact.ts";

type Distance = typeof damerau;

/** The same, or within so many edits; thresholds from the fewest edits to the most. */
const editsBy = (distance: Distance): Comparator => ({
  thresholds: [1, 2],
  prepare: plain,
  levels: (thresholds) => [
    "different",
    ...[...thresholds].reverse().map((edits) => `${edits} ${edits === 1 ? "edit" : "edits"} or fewer`),
    "same",
  ],
  compare: (thresholds) => {
    const most = thresholds.at(-1) ?? 0;
    const top = thresholds.length + 1;
    return (units, a, aEnd, b, bEnd) => {
      if (sameUnits(units, a, aEnd, b, bEnd)) return top;
      const edits = distance(units, a, aEnd, b, bEnd, most);
      if (edits > most) return 0;
      const place = thresholds.findIndex((each) => edits <= each);
      return place === -1 ? 0 : top - 1 - place;
    };
  },
});

/** Edits with swapped neighbours as one: numbers and codes typed by hand. */
export const typed: Comparator = editsBy(damerau);
/** Edits without swaps. */
export const spelt: Comparator = editsBy(levenshtein);
