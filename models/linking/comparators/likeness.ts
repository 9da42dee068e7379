import { sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { jaroWinkler } from "../jaro-winkler.ts";
import { plain } from "./exact.ts";

/** Names in letters, by Jaro and Winkler; thresholds from the highest likeness to the lowest. */
export const likeness: Comparator = {
  thresholds: [0.92, 0.8],
  prepare: plain,
  levels: (thresholds) => [
    "different",
    ...[...thresholds].reverse().map((least) => `Jaro–Winkler ${least} or more`),
    "same",
  ],
  compare: (thresholds) => {
    const top = thresholds.length + 1;
    return (units, a, aEnd, b, bEnd) => {
      if (sameUnits(units, a, aEnd, b, bEnd)) return top;
      const alike = jaroWinkler(units, a, aEnd, b, bEnd);
      for (let i = 0; i < thresholds.length; i++) if (alike >= thresholds[i]!) return top - 1 - i;
      return 0;
    };
  },
};
