import type { DictionaryEntry } from "@stork/contract/dictionary.ts";
import type { Formats } from "../ui/format.ts";

/** An entry's id holds slashes and colons, so it travels in the query. */
export const entryPath = (id: string): string => `/data/dictionary/entry?id=${encodeURIComponent(id)}`;

/** What people call it, or else its name as it came. */
export function nameOf(entry: Pick<DictionaryEntry, "label" | "name">, formats: Formats): string {
  const said = entry.label === null ? "" : formats.say(entry.label);
  return said === "" ? entry.name : said;
}
