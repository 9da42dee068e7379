import type { ValueType } from "@stork/contract/dictionary.ts";
import { readInstant } from "../cleaning/instants.ts";

/** What a value that arrived is; `empty` for nulls and texts of blanks. */
export type ValueKind = ValueType | "empty";

const dateLike = /^\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}/;
const numberLike = /^[+-]?\d{1,15}(\.\d{1,10})?$/;

/**
 * The kind of one value. A text that is a number in quotes counts as text unless `loose`, by which traits are read,
 * whose values are all kept as text.
 */
export function kindOfValue(value: unknown, loose = false): ValueKind {
  if (value === null || value === undefined) return "empty";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "object";
  if (typeof value !== "string" || value.trim() === "") return "empty";
  if (value.length <= 40 && dateLike.test(value) && readInstant(value, "UTC") !== null) return "date";
  if (!loose) return "text";
  if (value === "true" || value === "false") return "boolean";
  return numberLike.test(value) ? "number" : "text";
}

/** A share below this is a slip of the sender; above it the two sides have to be asked. */
const slip = 0.01;

/**
 * The type that most values have, and those that disagree with it. A date is a text too: texts among dates disagree,
 * dates among texts do not.
 */
export function typeOf(types: Readonly<Record<string, number>>): {
  type: ValueType | null;
  against: ValueType[];
} {
  const known = Object.entries(types).filter(([kind, count]) => kind !== "empty" && count > 0);
  const total = known.reduce((sum, [, count]) => sum + count, 0);
  known.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const first = known[0]?.[0] as ValueType | undefined;
  if (first === undefined) return { type: null, against: [] };
  const against = known
    .slice(1)
    .filter(([kind, count]) => count / total >= slip && !(first === "text" && kind === "date"))
    .map(([kind]) => kind as ValueType);
  return { type: first, against };
}
