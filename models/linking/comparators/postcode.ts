import { sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { damerau } from "../edit-distance.ts";

/** Postcodes: the same, one edit apart, the same first three places. Blanks do not count. */
export const postcode: Comparator = {
  thresholds: [],
  prepare: (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^0-9a-z]/g, ""),
  levels: () => ["different", "same first three", "one edit", "same"],
  compare: () => (units, a, aEnd, b, bEnd) => {
    if (sameUnits(units, a, aEnd, b, bEnd)) return 3;
    if (damerau(units, a, aEnd, b, bEnd, 1) === 1) return 2;
    const first = aEnd - a > 3 && bEnd - b > 3 && sameUnits(units, a, a + 3, b, b + 3);
    return first ? 1 : 0;
  },
};
