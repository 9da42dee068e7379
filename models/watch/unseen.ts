import type { ShareModel } from "./shares.ts";

/** The values a field has had, by their hashes, and how likely the next one is new. */
export interface Vocabulary {
  known: readonly string[];
  fresh: ShareModel;
}

/**
 * Good and Turing's estimate of the unseen (Good, 1953, Biometrika 40, eq. 9): the share of the next values that are
 * new is the share of those seen once. Null when the field is no enumeration: too many values, or too many seen once.
 */
export function fitVocabulary(
  counts: ReadonlyMap<string, number>,
  { mostValues = 60, mostFresh = 0.02, least = 100 } = {},
): Vocabulary | null {
  let of = 0;
  let once = 0;
  for (const count of counts.values()) {
    of += count;
    if (count === 1) once += 1;
  }
  if (of < least || counts.size > mostValues || once / of > mostFresh) return null;
  return { known: [...counts.keys()].sort(), fresh: { a: once + 0.5, b: of - once + 0.5, of } };
}
