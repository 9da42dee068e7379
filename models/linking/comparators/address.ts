import { hashOfText, indexOfUnit, part, partUnit, sameUnits } from "../column.ts";
import type { Comparator } from "../comparator.ts";

/** Pairs of characters and numbers are kept as hashes in this range, clear of separators and surrogates. */
const [lowest, range] = [0x100, 0xd600];
const hashed = (text: string): string => String.fromCharCode(lowest + (hashOfText(text) % range));

/**
 * Addresses in Chinese: the code of the district, then the set of neighbouring characters of what follows and the set
 * of its numbers (building, unit, door), both sorted. Words in other letters are taken as they stand.
 */
export const address: Comparator = {
  thresholds: [0.75, 0.4],
  prepare(text, knowing) {
    const bare = text.normalize("NFKC").replace(/\s+/g, "");
    if (bare === "") return "";
    const found = knowing.division?.(bare) ?? null;
    const rest = found?.rest ?? bare;
    const numbers = rest.match(/\d+/g) ?? [];
    const words = rest.replace(/\d+/g, "").replace(/[号楼栋幢座单元室层弄#\-—,，.。()（）]/g, "");
    const pairs = new Set(Array.from(words.slice(1), (each, i) => hashed(words[i] + each)));
    if (pairs.size === 0 && found === null) return "";
    const doors = new Set(numbers.map(hashed));
    const kept = [...pairs].sort().join("");
    return `${found?.code ?? ""}${part}${kept}${part}${[...doors].sort().join("")}`;
  },
  levels: ([high, low]) => [
    "elsewhere",
    "same city",
    "same district",
    `street alike (${low})`,
    `street the same (${high}), other door`,
    "street and door the same",
    "same",
  ],
  compare:
    ([high = 1, low = 1]) =>
    (units, a, aEnd, b, bEnd) => {
      if (sameUnits(units, a, aEnd, b, bEnd)) return 6;
      const aPairs = indexOfUnit(units, a, aEnd, partUnit) + 1;
      const bPairs = indexOfUnit(units, b, bEnd, partUnit) + 1;
      const district = shared(units, a, aPairs - 1, b, bPairs - 1);
      if (district < 4) return 0;
      const aDoors = indexOfUnit(units, aPairs, aEnd, partUnit) + 1;
      const bDoors = indexOfUnit(units, bPairs, bEnd, partUnit) + 1;
      const alike = overlap(units, aPairs, aDoors - 1, bPairs, bDoors - 1).ofAll;
      if (alike >= high) {
        const doors = overlap(units, aDoors, aEnd, bDoors, bEnd);
        return doors.ofSmaller === 1 ? 5 : 4;
      }
      if (alike >= low) return 3;
      return district >= 6 ? 2 : 1;
    },
};

/** How many leading places of two codes agree; an unknown one agrees in all. */
function shared(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): number {
  if (a === aEnd || b === bEnd) return 6;
  let i = 0;
  while (a + i < aEnd && b + i < bEnd && units[a + i] === units[b + i]) i++;
  return i;
}

const result = { ofAll: 0, ofSmaller: 0 };

/** Of two sorted sets: what they share of all there is (Jaccard), and of the smaller. One object, used again. */
function overlap(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): typeof result {
  let both = 0;
  for (let i = a, j = b; i < aEnd && j < bEnd; ) {
    const [x, y] = [units[i]!, units[j]!];
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  const all = aEnd - a + bEnd - b - both;
  const smaller = Math.min(aEnd - a, bEnd - b);
  result.ofAll = all === 0 ? 0 : both / all;
  result.ofSmaller = smaller === 0 ? 0 : both / smaller;
  return result;
}
