import { createHash } from "node:crypto";

/** An entry of the proof log as it is hashed. */
export interface ChainedEntry {
  readonly workspace: number;
  readonly number: number;
  readonly request: number | null;
  readonly at: Date;
  readonly who: string;
  readonly step: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Before the first entry. */
export const beginning: Buffer = Buffer.alloc(32);

/** SHA-256 over the entry before and this one in one fixed form: whoever has a copy of the log can check it. */
export function linkHash(previous: Buffer, entry: ChainedEntry): Buffer {
  const text = inOrder({ ...entry, at: entry.at.toISOString() });
  return createHash("sha256").update(previous).update(text, "utf8").digest();
}

/** JSON with the keys of every object sorted: the database keeps them in an order of its own. */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${inOrder(one)}`).join(",")}}`;
}
