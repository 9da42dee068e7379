import { between, type Column, indexOfUnit, occurrencesOf } from "./column.ts";
import type { Compare, Knowing } from "./comparator.ts";
import { type ComparatorKind, comparators } from "./comparators.ts";

/** How one field is compared: data, part of the model. */
export interface Comparison {
  field: string;
  kind: ComparatorKind;
  thresholds?: readonly number[];
  /** A rare value weighs more than a common one, at its top level (Winkler 2000). */
  byFrequency?: boolean;
  /** A record may have several values; the most alike two count. */
  many?: boolean;
}

/** No level: one of the two says nothing. */
export const missing = 255;

const thresholdsOf = ({ kind, thresholds }: Comparison): readonly number[] =>
  thresholds ?? comparators[kind].thresholds;

export const levelsOf = (comparison: Comparison): readonly string[] =>
  comparators[comparison.kind].levels(thresholdsOf(comparison));

/** A record's values of the field, made ready; several stand apart by `between`. Empty: missing. */
export function prepareField(comparison: Comparison, texts: readonly string[], knowing: Knowing): string {
  const { prepare } = comparators[comparison.kind];
  const prepared = texts.map((text) => prepare(text, knowing)).filter((text) => text !== "");
  return comparison.many ? [...new Set(prepared)].sort().join(between) : (prepared[0] ?? "");
}

/** The level of two records in one field, or `missing`. */
export type Leveller = (first: number, second: number) => number;

export function levellerOf(comparison: Comparison, { units, starts }: Column): Leveller {
  const one: Compare = comparators[comparison.kind].compare(thresholdsOf(comparison));
  const compare = comparison.many ? mostAlike(one, levelsOf(comparison).length - 1) : one;
  return (first, second) => {
    const a = starts[first]!;
    const aEnd = starts[first + 1]!;
    const b = starts[second]!;
    const bEnd = starts[second + 1]!;
    return a === aEnd || b === bEnd ? missing : compare(units, a, aEnd, b, bEnd);
  };
}

const betweenUnit = between.charCodeAt(0);

function mostAlike(compare: Compare, top: number): Compare {
  return (units, a, aEnd, b, bEnd) => {
    let best = 0;
    for (let i = a; i < aEnd && best < top; ) {
      const iEnd = indexOfUnit(units, i, aEnd, betweenUnit);
      for (let j = b; j < bEnd && best < top; ) {
        const jEnd = indexOfUnit(units, j, bEnd, betweenUnit);
        best = Math.max(best, compare(units, i, iEnd, j, jEnd));
        j = jEnd + 1;
      }
      i = iEnd + 1;
    }
    return best;
  };
}

/** The records to be linked: a column for each comparison, and how often each value occurs where that matters. */
export interface Records {
  count: number;
  columns: readonly Column[];
  occurrences: readonly (Int32Array | null)[];
  /** Where given, only records of different sources are compared. */
  sources?: Uint8Array;
}

export function recordsFrom(comparisons: readonly Comparison[], columns: readonly Column[]): Records {
  const count = (columns[0]?.starts.length ?? 1) - 1;
  const occurrences = comparisons.map(({ byFrequency }, i) =>
    byFrequency ? occurrencesOf(columns[i]!) : null,
  );
  return { count, columns, occurrences };
}
