import { sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { damerau } from "../edit-distance.ts";

const star = 0x2a;

/** Phones: one digit wrong or two swapped, and those shown as 138****1234, which say what they show. */
export const phone: Comparator = {
  thresholds: [],
  prepare(text) {
    const digits = text
      .normalize("NFKC")
      .replace(/[xX•＊]/g, "*")
      .replace(/[^0-9*]/g, "");
    const bare = digits.replace(/^(00)?86(?=1[0-9*]{10}$)/, "");
    return bare.replaceAll("*", "").length < 4 ? "" : bare;
  },
  levels: () => [
    "different",
    "same last four",
    "masked, one shown digit wrong",
    "one digit wrong or two swapped",
    "masked, all that is shown agrees",
    "same",
  ],
  compare: () => (units, a, aEnd, b, bEnd) => {
    const masked = isMasked(units, a, aEnd) || isMasked(units, b, bEnd);
    if (masked) {
      if (aEnd - a !== bEnd - b) return lastFour(units, aEnd, bEnd, a, b) ? 1 : 0;
      let wrong = 0;
      for (let i = a, j = b; i < aEnd; i++, j++)
        if (units[i] !== units[j] && units[i] !== star && units[j] !== star) wrong++;
      return wrong === 0 ? 4 : wrong === 1 ? 2 : 0;
    }
    if (sameUnits(units, a, aEnd, b, bEnd)) return 5;
    if (damerau(units, a, aEnd, b, bEnd, 1) === 1) return 3;
    return lastFour(units, aEnd, bEnd, a, b) ? 1 : 0;
  },
};

function isMasked(units: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (units[i] === star) return true;
  return false;
}

function lastFour(units: Uint16Array, aEnd: number, bEnd: number, a: number, b: number): boolean {
  return aEnd - a >= 4 && bEnd - b >= 4 && sameUnits(units, aEnd - 4, aEnd, bEnd - 4, bEnd);
}
