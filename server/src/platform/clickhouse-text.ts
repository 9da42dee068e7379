import type { Bytes } from "./clickhouse.ts";

/** Rows as one buffer of JSON lines. */
export const jsonLines = (rows: readonly object[]): Buffer =>
  Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""), "utf8");

/** Bytes in pieces as one buffer. */
export function asOne(bytes: Bytes): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return bytes.length === 1 ? (bytes[0] as Buffer) : Buffer.concat(bytes);
}

/**
 * Settings of one query, as its SETTINGS clause: the embedded engine would keep a SET for the queries after it.
 * Names come from our own code, never from input.
 */
export function withSettings(text: string, settings: Record<string, string | number> | undefined): string {
  const entries = Object.entries(settings ?? {});
  if (entries.length === 0) return text;
  const list = entries.map(([name, value]) => {
    if (!/^\w+$/.test(name)) throw new Error(`not a setting: ${name}`);
    if (typeof value === "string" && !/^[\w.-]*$/.test(value))
      throw new Error(`not a setting's value: ${value}`);
    return `${name} = ${typeof value === "number" ? value : `'${value}'`}`;
  });
  return `${text}\nsettings ${list.join(", ")}`;
}
