/** What a catalogue says of an article: words of the kind that packs and titles in Chinese shops carry. */
export interface StatedProduct {
  readonly category: string;
  readonly name?: string;
  readonly size?: string;
  readonly stage?: string | number;
}

/** The words that were understood, as a short label, and the days of age they stand for. */
export interface Stated {
  readonly label: string;
  readonly ages: readonly [number, number];
}

const month = 30.4375;
const months = (from: number, to: number): [number, number] => [
  Math.round(from * month),
  Math.round(to * month),
];

/** GB 10765/10766/10767-2021: 0–6, 6–12, 12–36 months; what is sold as 4 is for 3 to 6 years. 孕 and P are for mothers. */
const formulaStages: Readonly<Record<string, [number, number]>> = {
  "1": months(0, 6),
  "2": months(6, 12),
  "3": months(12, 36),
  "4": months(36, 72),
};

/** By the kilograms printed on packs and the WHO's weight for age (3rd to 97th centile), bought a little ahead. */
const diaperSizes: Readonly<Record<string, [number, number]>> = {
  NB: [-40, 60],
  S: [20, 190],
  M: [90, 400],
  L: [180, 800],
  XL: [365, 1200],
  XXL: [600, 1500],
};

/** Clothing sizes are body heights (GB/T 1335.3-2009); WHO height for age (3rd to 97th centile), bought a little large. */
const clothingHeights: readonly (readonly [number, number, number])[] = [
  [52, -30, 30],
  [59, -30, 120],
  [66, 30, 220],
  [73, 120, 360],
  [80, 210, 560],
  [90, 380, 900],
  [100, 700, 1300],
  [110, 1050, 1800],
  [120, 1400, 2300],
  [130, 1850, 2900],
  [140, 2300, 3500],
  [150, 2900, 4300],
];

const han: Readonly<Record<string, string>> = { 一: "1", 二: "2", 三: "3", 四: "4" };

/** Null where nothing is stated, or nothing that we know how to read. */
export function statedOf({ category, name = "", size, stage }: StatedProduct): Stated | null {
  const text = name.normalize("NFKC");
  if (category === "formula") return ofFormula(text, stage);
  if (category === "diapers") return ofDiapers(text, size);
  if (category === "clothing") return ofClothing(text, size);
  return ofAgeWords(text);
}

function ofFormula(text: string, stage: string | number | undefined): Stated | null {
  if (/孕妇|妈妈|产妇/.test(text)) return null;
  const word = String(
    stage ?? /([1-4一二三四])\s*段/.exec(text)?.[1] ?? /stage\s*([1-4])/i.exec(text)?.[1] ?? "",
  );
  const number = han[word] ?? word;
  const ages = formulaStages[number];
  return ages === undefined ? ofAgeWords(text) : { label: `${number}段`, ages };
}

function ofDiapers(text: string, size: string | undefined): Stated | null {
  const found = size ?? /(?:^|[^A-Z])(NB|XXXL|XXL|XL|[SML])(?:\s*码|\s*号|\d|\s|$)/i.exec(text)?.[1] ?? "";
  const label = found.toUpperCase();
  const ages = diaperSizes[label];
  return ages === undefined ? null : { label, ages };
}

function ofClothing(text: string, size: string | undefined): Stated | null {
  const height = Number(
    /^(\d{2,3})/.exec(size ?? "")?.[1] ?? /(?:^|\D)(\d{2,3})\s*(?:cm|码|厘米)/i.exec(text)?.[1],
  );
  if (!(height >= 44 && height <= 165)) return ofAgeWords(text);
  const nearest = clothingHeights.reduce((best, one) =>
    Math.abs(one[0] - height) < Math.abs(best[0] - height) ? one : best,
  );
  return { label: String(nearest[0]), ages: [nearest[1], nearest[2]] };
}

/** "6-12个月", "6月龄起", "12月+", "3-6岁", "1岁以上". */
function ofAgeWords(text: string): Stated | null {
  const unit = (word: string): number => (/岁|year/i.test(word) ? 12 : 1);
  const range = /(\d{1,2})\s*[-–~至到]\s*(\d{1,2})\s*(个?月|岁|months?|years?)/i.exec(text);
  if (range) {
    const times = unit(range[3] as string);
    const [from, to] = [Number(range[1]) * times, Number(range[2]) * times];
    return from < to ? { label: `${from}–${to}m`, ages: months(from, to) } : null;
  }
  const start = /(\d{1,2})\s*(个?月|岁|months?|years?)\s*(?:龄)?\s*(?:起|以上|\+|及以上|and up)/i.exec(text);
  if (start === null) return null;
  const from = Number(start[1]) * unit(start[2] as string);
  // "From" is when it begins to suit; most of it is bought within the next year and a half.
  return { label: `${from}m+`, ages: months(from, from * 1.5 + 18) };
}
