import type { Said, SaidEntry } from "./entries.store.ts";

/** What is said after a change: only what the change names is touched. Saying something confirms, unless told otherwise. */
export function merged(before: SaidEntry | null, { status, ...change }: Said): SaidEntry {
  const said = { ...before?.said };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const old = said[key as keyof typeof change];
    const isWords = typeof value === "object" && value !== null;
    Object.assign(said, { [key]: isWords ? { ...(old as object), ...value } : value });
  }
  return { said, status: status ?? (before?.status === "retired" ? "retired" : "confirmed") };
}
