import type { ErasedSubject } from "../../platform/eraser.ts";
import { datesPattern, patternOf, textsPattern, type Written, writtenForms } from "../values.ts";

/** Whether a text speaks of whom is to be forgotten. */
export interface Said {
  test(text: string): boolean;
}

/** Null where nothing is known by which she could be found. */
export function saidOf({ whole, values, beside }: ErasedSubject, written?: Written): Said | null {
  const read = (pattern: string | null): RegExp | null => (pattern === null ? null : new RegExp(pattern));
  if (whole) return read(patternOf(writtenForms(values), written));
  if (beside === undefined) return null;
  const carer = read(patternOf(writtenForms(beside.carers), written));
  const child = [datesPattern(beside.days, written), textsPattern(beside.names, written)].flatMap(
    (pattern) => read(pattern) ?? [],
  );
  if (carer === null || child.length === 0) return null;
  return { test: (text) => carer.test(text) && child.some((one) => one.test(text)) };
}
