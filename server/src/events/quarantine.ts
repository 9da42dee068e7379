import type { Words } from "@stork/contract/common.ts";
import type { QuarantineKind } from "@stork/contract/quarantine.ts";
import type { Caller } from "../platform/caller.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";

/** Something refused, to be kept until it is put right or given up. */
export interface Refused {
  workspace: number;
  source: number;
  /** The import it came by. */
  import?: number;
  kind: QuarantineKind;
  /** Why: a code that the kind has words for. */
  code: string;
  /** As it came: the cells of a row, the body of an item. Kept as sealed JSON. */
  item: unknown;
  /** Of a row. `recordLine` is the line of the first row of its record. */
  place?: { file: number; line: number; recordLine: number };
  at: Date;
}

/** A refused item as it lies in the quarantine, opened. */
export interface Held {
  id: number;
  source: number;
  import: number | null;
  file: number | null;
  line: number | null;
  recordLine: number | null;
  code: string;
  item: unknown;
  /** When it arrived. */
  at: Date;
}

/** One value of an item, to be looked at and changed. */
export interface HeldField {
  name: string;
  value: string;
  /** Hidden from callers who may not see people. */
  personal: boolean;
  target: string | null;
  /** The reason speaks of this value. */
  isBlamed?: boolean;
}

/** What is done with it again: taken, or refused for this reason. */
export type Replayed = "taken" | { refused: string };

/** What a way in knows of its own refused items. Later rooms hand theirs in through main. */
export interface QuarantinedKind {
  reason(code: string): Words;
  /** Whether an item goes together with others: asked for and replayed with them. */
  groups: boolean;
  fields(held: Held): Promise<HeldField[]>;
  /** The item with other values; unknown names are left aside. */
  change(held: Held, changes: Readonly<Record<string, string>>): Promise<unknown>;
  /** Takes items as if they came now, through the same path; answers one by one. */
  replay(workspace: WorkspaceRef, items: readonly Held[], caller: Caller): Promise<Replayed[]>;
}

export type QuarantinedKinds = { [Kind in QuarantineKind]?: QuarantinedKind };

/** Deeper than any real item; a walk without an end would let one sender break everybody's list. */
const deepest = 30;

/** The values of JSON by their path, for items that are no rows. */
export function fieldsOf(item: unknown, path = "", depth = 0): { name: string; value: string }[] {
  if (typeof item !== "object" || item === null)
    return [{ name: path, value: typeof item === "string" ? item : JSON.stringify(item ?? null) }];
  if (depth >= deepest) return [{ name: path, value: "…" }];
  return Object.entries(item).flatMap(([key, inner]) =>
    fieldsOf(inner, path === "" ? key : `${path}.${key}`, depth + 1),
  );
}

/** JSON with other values at these paths. What was a number, a truth value or nothing is read as JSON where it can be. */
export function changed(item: unknown, changes: Readonly<Record<string, string>>): unknown {
  const copy = structuredClone(item);
  for (const [path, text] of Object.entries(changes)) {
    const steps = path.split(".");
    const last = steps.pop() as string;
    let at = copy as Record<string, unknown> | undefined;
    for (const step of steps)
      at = at !== undefined && Object.hasOwn(at, step) ? (at[step] as never) : undefined;
    if (typeof at !== "object" || at === null || last === "__proto__") continue;
    at[last] = typeof at[last] === "string" || at[last] === undefined ? text : parsed(text);
  }
  return copy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
