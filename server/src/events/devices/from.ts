import type { Parts } from "./payload.ts";

/** Finds a value in a message; undefined when it is not there. */
export type Finder = (parts: Parts) => unknown;

/** Reads what the contract calls a DeviceFrom; null when it means nothing. */
export function readFrom(written: string): Finder | null {
  const text = written.trim();
  if (text.startsWith("=")) {
    const fixed = text.slice(1).trim();
    return fixed === "" ? null : () => fixed;
  }
  if (text === "payload") return ({ payload }) => payload;
  if (text === "topic") return ({ topic }) => topic;
  const [, place, name = ""] = /^(topic|field)\.([A-Za-z_][\w-]{0,39})$/.exec(text) ?? [];
  if (place === "topic") return ({ levels }) => (Object.hasOwn(levels, name) ? levels[name] : undefined);
  if (place === "field") return ({ fields }) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  const steps = readPath(text);
  return steps === null ? null : ({ payload }) => walk(payload, steps);
}

const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,5})\]|\['([^']+)'\]|\["([^"]+)"\]/uy;

/** The plain paths of JSONPath: $.a.b[0]['温度']. */
function readPath(text: string): (string | number)[] | null {
  if (!text.startsWith("$")) return null;
  const steps: (string | number)[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return null;
    const [, name, index, single, double] = found;
    steps.push(index === undefined ? ((name ?? single ?? double) as string) : Number(index));
  }
  return steps;
}

function walk(value: unknown, steps: readonly (string | number)[]): unknown {
  let at = value;
  for (const one of steps) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, one)) return undefined;
    at = (at as Record<string | number, unknown>)[one];
  }
  return at;
}
