/**
 * How children grow and what they use up, by age. Weights and heights are rounded medians of the WHO Child Growth
 * Standards (2006); diapers and grams of formula are round figures of the kind printed on packs.
 */
export type Sex = "female" | "male";
export const diaperSizes = ["NB", "S", "M", "L", "XL", "XXL"] as const;
export type DiaperSize = (typeof diaperSizes)[number];
export const clothingSizes = [52, 59, 66, 73, 80, 90, 100, 110, 120, 130] as const;

export const monthDays = 30.4375;
const lastDay = 2600;

/** A table by day of age, from points (month, value) joined by straight lines. */
function byDay(points: readonly (readonly [number, number])[]): Float32Array {
  const table = new Float32Array(lastDay + 1);
  let at = 0;
  for (let day = 0; day <= lastDay; day++) {
    const month = day / monthDays;
    while (at < points.length - 2 && month > (points[at + 1]?.[0] ?? 0)) at++;
    const [fromMonth, from] = points[at] ?? [0, 0];
    const [toMonth, to] = points[at + 1] ?? [0, 0];
    const along = Math.min(1, Math.max(0, (month - fromMonth) / (toMonth - fromMonth)));
    table[day] = from + along * (to - from);
  }
  return table;
}

const months = [0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 30, 36, 48, 60, 72, 84];
const table = (values: readonly number[]): Float32Array =>
  byDay(months.map((m, i) => [m, values[i] ?? 0] as const));

const kilograms: Record<Sex, Float32Array> = {
  male: table([3.3, 4.5, 5.6, 6.4, 7.0, 7.9, 8.9, 9.6, 10.9, 12.2, 13.3, 14.3, 16.3, 18.3, 20.5, 22.9]),
  female: table([3.2, 4.2, 5.1, 5.8, 6.4, 7.3, 8.2, 8.9, 10.2, 11.5, 12.7, 13.9, 16.1, 18.2, 20.2, 22.4]),
};
const centimetres = table([50, 54, 58, 61, 63, 67, 71, 75, 82, 87, 92, 96, 103, 110, 116, 122]);
const diapers = byDay([
  [0, 10],
  [1, 9],
  [3, 7.5],
  [6, 6.4],
  [12, 5.4],
  [18, 4.8],
  [24, 4.2],
  [30, 3.2],
  [36, 2.2],
  [48, 1],
]);
const grams = byDay([
  [0, 80],
  [1, 105],
  [3, 130],
  [5, 138],
  [6, 125],
  [9, 105],
  [12, 85],
  [18, 75],
  [24, 62],
  [36, 48],
  [72, 30],
]);
const portions = byDay([
  [0, 0],
  [5.9, 0],
  [6, 0.4],
  [8, 0.9],
  [12, 1],
  [18, 0.8],
  [24, 0.5],
  [36, 0.2],
  [40, 0],
]);

const at = (values: Float32Array, ageDays: number): number =>
  ageDays < 0 ? 0 : (values[Math.min(lastDay, Math.floor(ageDays))] as number);

const weightAt = (sex: Sex, ageDays: number, growth: number): number =>
  at(kilograms[sex], Math.max(0, ageDays)) * growth;
export const diapersPerDay = (ageDays: number): number => at(diapers, ageDays);
/** For a child who drinks nothing but formula beside the other food of its age. */
export const formulaGramsPerDay = (ageDays: number): number => at(grams, ageDays);
export const foodPortionsPerDay = (ageDays: number): number => at(portions, ageDays);

const upToKilograms = [4.6, 7.2, 9.8, 12.2, 14.8];

export function diaperSizeAt(sex: Sex, ageDays: number, growth: number): DiaperSize {
  const weight = weightAt(sex, ageDays, growth);
  const index = upToKilograms.findIndex((limit) => weight < limit);
  return diaperSizes[index < 0 ? 5 : index] as DiaperSize;
}

export const stageBoundaries = [183, 365, 1096] as const;

/** Formula stages as the national standard sets them: 0–6, 6–12, 12–36 months, then growing-up milk. */
export function formulaStageAt(ageDays: number): 1 | 2 | 3 | 4 {
  const [first, second, third] = stageBoundaries;
  return ageDays < first ? 1 : ageDays < second ? 2 : ageDays < third ? 3 : 4;
}

/** Clothes are bought a little large. */
export function clothingSizeAt(ageDays: number, growth: number): number {
  const height = at(centimetres, Math.max(0, ageDays)) * (1 + (growth - 1) / 3) + 3;
  return clothingSizes.find((size) => size >= height) ?? 130;
}
