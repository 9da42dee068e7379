/** What a kind of field may ask about a language or a calendar; whoever prepares the records knows it. */
export interface Knowing {
  /** Chinese characters read aloud, one syllable for each without its tone: 张伟 → ["zhang", "wei"]. */
  syllables?(characters: string): readonly string[];
  /** A day of the Chinese calendar in the common one, both as YYYYMMDD; null where there is no such day. */
  solarOfLunar?(day: string): string | null;
  /** An address as the code of its district and what follows; null where no division is named. */
  division?(address: string): { code: string; rest: string } | null;
}

/** Of two values of one record field, as ranges of the same units: the place in `levels`. Both are there. */
export type Compare = (units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number) => number;

/** A kind of field: how it is written for comparing, and in how many steps two of it are alike. */
export interface Comparator {
  /** The value as it is compared; empty where it says nothing. */
  prepare(text: string, knowing: Knowing): string;
  /** From the least alike to the same. Kinds with thresholds have one level more than thresholds, and the same. */
  levels(thresholds: readonly number[]): readonly string[];
  compare(thresholds: readonly number[]): Compare;
  /** Where none are asked for. */
  thresholds: readonly number[];
}
