import type { ErasedSubject } from "../../platform/eraser.ts";
import {
  datesPattern,
  maskedPattern,
  patternOf,
  textsPattern,
  type Written,
  writtenForms,
} from "../values.ts";

/** Whether a text speaks of whom is to be forgotten. */
export interface Said {
  test(text: string): boolean;
}

/** Null where nothing is known by which she could be found. */
export function saidOf({ whole, values, beside, named }: ErasedSubject, written?: Written): Said | null {
  const read = (pattern: string | null): RegExp | null => (pattern === null ? null : new RegExp(pattern));
  if (whole) {
    const hers = read(patternOf(writtenForms(values), written));
    const name = read(textsPattern(named?.names ?? [], written));
    const near = [patternOf(writtenForms(named?.kin ?? []), written), maskedPattern(values, written)].flatMap(
      (pattern) => read(pattern) ?? [],
    );
    if (name === null || near.length === 0) return hers;
    // In somebody else's row: a husband's order that she is to receive, a parcel with her phone behind stars.
    const isNamed = (text: string) => name.test(text) && near.some((one) => one.test(text));
    return { test: (text) => hers?.test(text) === true || isNamed(text) };
  }
  if (beside === undefined) return null;
  const carer = read(patternOf(writtenForms(beside.carers), written));
  const child = [datesPattern(beside.days, written), textsPattern(beside.names, written)].flatMap(
    (pattern) => read(pattern) ?? [],
  );
  if (carer === null || child.length === 0) return null;
  return { test: (text) => carer.test(text) && child.some((one) => one.test(text)) };
}
