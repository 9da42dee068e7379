const longestName = 200;

/** Names as they were written and as they are kept. Each is there once: of every event that waits it would be a text of its own. */
const seen = new Map<string, string>();
const mostSeen = 2_000;

/** An event's name as it is kept: without what no engine holds in a text. null: it has none. */
export function eventName(written: unknown): string | null {
  if (typeof written !== "string" || written.length > longestName) return null;
  const known = seen.get(written);
  if (known !== undefined) return known;
  const name = written.replaceAll("\0", "").trim().toWellFormed();
  if (name === "") return null;
  if (seen.size < mostSeen) seen.set(written, name);
  return name;
}
