import { binOf } from "@stork/models/watch/levels.ts";
import type { Item } from "../events/event.ts";
import { isDamaged } from "./damage.ts";
import { add, type Tally } from "./tally.ts";

export interface Looked {
  /** JSON, as kept: without what identifies. */
  readonly properties: string;
  readonly amountFen: number;
  readonly items: readonly Item[];
}

/** Who looks: which fields are counted (all, when nobody says), and who is told of short texts. */
export interface Looking {
  readonly counts?: (field: string) => boolean;
  readonly onText?: OnText;
}

/** Told of every short text of a field, by its hash: to learn a field's values, or to find new ones. */
type OnText = (field: string, hash: string) => void;

const mostFields = 60;
const longestField = 80;
const longestText = 40;
const numeric = /^\s*[-+]?\d{1,15}(\.\d+)?\s*$/;

/**
 * Looks at the fields of one event of the sample: there or not, of what type, how large, damaged. The first of a list of
 * things stands for all (`products[].price`). No value is kept.
 */
export function lookAtFields(tally: Tally, row: Looked, looking: Looking = {}): void {
  add(tally, "sampled");
  const properties = parsed(row.properties);
  const left = { fields: mostFields };
  if (properties === null || Object.keys(properties).length === 0) add(tally, "empty");
  else lookInto(tally, "", properties, left, looking, 0);
  if (row.items.length > 0 && properties !== null) lookAtSum(tally, row, properties);
}

function lookInto(
  tally: Tally,
  path: string,
  values: Readonly<Record<string, unknown>>,
  left: { fields: number },
  looking: Looking,
  depth: number,
): void {
  for (const key in values) {
    if (left.fields <= 0) return;
    // A NUL or half of a pair in a name (an emoji cut in two) is no text to the engines, and would cost the minute of all.
    const field = `${path}${key}`.replaceAll("\0", "").toWellFormed();
    if (field === "" || field.length > longestField) continue;
    left.fields -= 1;
    const value = values[key];
    if (isMissing(value) || looking.counts?.(field) === false) continue;
    add(tally, `there ${field}`);
    if (typeof value === "string") lookAtText(tally, field, value, looking.onText);
    else if (typeof value === "number") lookAtNumber(tally, field, value, "number");
    else if (typeof value === "boolean") add(tally, `flag ${field}`);
    else if (Array.isArray(value)) {
      add(tally, `list ${field}`);
      if (depth < 2 && isObject(value[0])) lookInto(tally, `${field}[].`, value[0], left, looking, depth + 1);
    } else if (isObject(value)) {
      add(tally, `object ${field}`);
      if (depth < 2) lookInto(tally, `${field}.`, value, left, looking, depth + 1);
    }
  }
}

function lookAtText(tally: Tally, field: string, value: string, onText: OnText | undefined): void {
  // A number written as a text is of another type, but of the same size.
  if (numeric.test(value)) {
    lookAtNumber(tally, field, Number(value), "digits");
    return;
  }
  add(tally, `text ${field}`);
  if (isDamaged(value)) add(tally, `damaged ${field}`);
  else if (value.length <= longestText) onText?.(field, hashOf(value));
}

function lookAtNumber(tally: Tally, field: string, value: number, type: "number" | "digits"): void {
  add(tally, `${type} ${field}`);
  if (value > 0) add(tally, `v${binOf(value)} ${field}`);
}

const parts = ["shipping", "tax"] as const;
const reductions = ["discount", "coupon_amount", "discount_amount"] as const;

/** Whether an order's total is what its items, shipping, tax and reductions come to, to the fen. */
function lookAtSum(
  tally: Tally,
  { items, amountFen }: Looked,
  properties: Readonly<Record<string, unknown>>,
): void {
  if (amountFen <= 0 || items.some((item) => item.amountFen === 0)) return;
  const fen = (key: string): number => {
    const value = Number(properties[key] ?? 0);
    return Number.isFinite(value) ? Math.round(value * 100) : 0;
  };
  const goods = items.reduce((sum, item) => sum + item.amountFen, 0);
  const more = parts.reduce((sum, key) => sum + fen(key), 0);
  const less = reductions.reduce((sum, key) => sum + Math.abs(fen(key)), 0);
  add(tally, "sums");
  const off = Math.min(Math.abs(goods + more - less - amountFen), Math.abs(goods - amountFen));
  if (off > 1) add(tally, "sums-off");
}

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  if (json === "" || json === "{}") return null;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** FNV-1a, 32 bits: enough to tell the few dozen values of an enumeration apart. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
