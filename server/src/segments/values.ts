import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";

/** How the values of traits and properties are compared, in memory; values-sql.ts is the same in SQL. */

type Operand = PropertyFilter["value"];
type Scalar = string | number | boolean;

/** One value: its text, and whether it was written as text (a JSON string) or as a number, boolean or object. */
export interface Value {
  text: string;
  quoted: boolean;
}

/** Numbers as people write them; long digit strings are codes, not amounts. */
export const numeric = /^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,15})?$/;

export function numberOf(text: string): number | null {
  return numeric.test(text) ? Number(text) : null;
}

/** The values inside a JSON value: itself, or each element of an array; null is no value. */
export function valuesOf(json: unknown): Value[] {
  if (json === null || json === undefined) return [];
  const elements: unknown[] = Array.isArray(json) ? json.filter((element) => element !== null) : [json];
  return elements.map((element) =>
    typeof element === "string"
      ? { text: element, quoted: true }
      : { text: JSON.stringify(element), quoted: false },
  );
}

/** The values of a stored trait: text, or a JSON array. */
export function traitValues(stored: string): Value[] {
  if (!stored.startsWith("[")) return [{ text: stored, quoted: true }];
  try {
    const json: unknown = JSON.parse(stored);
    return Array.isArray(json) ? valuesOf(json) : [];
  } catch {
    return [];
  }
}

/** Whether any of the values fits; `!=` asks that there is a value and none is equal. */
export function fits(values: readonly Value[], op: Operator, operand: Operand): boolean {
  if (op === "exists") return values.length > 0;
  if (op === "!=") return values.length > 0 && !values.some((value) => equals(value, operand));
  if (op === "=" || op === "in") return values.some((value) => equals(value, operand));
  if (op === "contains") {
    const wanted = lower(String(operand));
    return values.some(({ text }) => lower(text).includes(wanted));
  }
  const order = operator(op);
  const number = operandNumber(operand);
  if (number !== null) {
    return values.some(({ text }) => {
      const mine = numberOf(text);
      return mine !== null && order(Math.sign(mine - number));
    });
  }
  const wanted = Buffer.from(String(operand));
  return values.some(({ text, quoted }) => quoted && order(Buffer.compare(Buffer.from(text), wanted)));
}

export function compare(a: number, op: Operator, b: number): boolean {
  if (op === "=") return a === b;
  if (op === "!=") return a !== b;
  return operator(op)(Math.sign(a - b));
}

/** The number an operand stands for, where order is asked for. */
export function operandNumber(operand: Operand): number | null {
  if (typeof operand === "number") return operand;
  return typeof operand === "string" ? numberOf(operand) : null;
}

export function operandList(operand: Operand): readonly Scalar[] {
  if (operand === undefined) return [];
  return Array.isArray(operand) ? operand : [operand];
}

/** A yuan amount as fen; to a hundredth of a fen, so that 19.99 is 1999 and not 1998.9999999999998. */
export const fenOf = (yuan: number): number => Math.round(yuan * 1e4) / 100;

function equals({ text, quoted }: Value, operand: Operand): boolean {
  return operandList(operand).some((wanted) => {
    if (typeof wanted === "number") return numberOf(text) === wanted;
    if (text === String(wanted)) return true;
    // Text "007" is not 7, but the number 50014815 is what somebody means who types "50014815".
    return typeof wanted === "string" && !quoted && numeric.test(wanted) && numberOf(text) === Number(wanted);
  });
}

function operator(op: Operator): (sign: number) => boolean {
  if (op === ">") return (sign) => sign > 0;
  if (op === ">=") return (sign) => sign >= 0;
  if (op === "<") return (sign) => sign < 0;
  return (sign) => sign <= 0;
}

/** Latin letters alone, as the engine's lower() has it. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
