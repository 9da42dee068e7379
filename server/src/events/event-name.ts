const longestName = 200;

/** An event's name as it is kept: without what no engine holds in a text. null: it has none. */
export function eventName(written: unknown): string | null {
  if (typeof written !== "string" || written.length > longestName) return null;
  const name = written.replaceAll("\0", "").trim().toWellFormed();
  return name === "" ? null : name;
}
