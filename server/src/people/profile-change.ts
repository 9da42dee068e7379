import type { ProfileChange } from "./statements.ts";

/** Longer lists lose what came first. */
const longestList = 500;

/** What a trait becomes by a change; undefined: it stays as it is. */
export function changed(change: ProfileChange, present: unknown, value: unknown): unknown {
  if (change === "set-once") return present === undefined ? value : undefined;
  if (change === "increment") return incremented(present, value);
  if (change === "append") return appended(present, value);
  return undefined;
}

function incremented(present: unknown, value: unknown): unknown {
  const by = Number(value);
  if (!Number.isFinite(by)) return undefined;
  if (present === undefined) return by;
  // Something that is no number is not made one by adding to it.
  return typeof present === "number" ? Number((present + by).toPrecision(15)) : undefined;
}

function appended(present: unknown, value: unknown): unknown {
  const before = present === undefined ? [] : Array.isArray(present) ? present : [present];
  const known = new Set(before.map(textOf));
  const fresh = (Array.isArray(value) ? value : [value]).filter((one) => {
    if (known.has(textOf(one))) return false;
    known.add(textOf(one));
    return true;
  });
  return fresh.length === 0 ? undefined : [...before, ...fresh].slice(-longestList);
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? "";

/** A trait's text, as ClickHouse keeps it, as the value it was. */
export function valueOfText(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text)) return Number(text);
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
