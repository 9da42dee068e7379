import type { EntryKind } from "@stork/contract/dictionary.ts";

/** What an entry is about. `event` is set for a property and for nothing else. */
export interface EntryName {
  kind: EntryKind;
  event: string;
  name: string;
}

const form = /^(event|property|trait|metric):(.+)$/s;

/** The name of a property may hold a slash, that of an event too: the event's slashes are written %2F. */
export const entryId = ({ kind, event, name }: EntryName): string =>
  kind === "property" ? `property:${escaped(event)}/${name}` : `${kind}:${name}`;

export function entryName(id: string): EntryName | null {
  const parts = form.exec(id);
  if (parts === null) return null;
  const [kind, rest] = [parts[1] as EntryKind, parts[2] as string];
  if (kind !== "property") return { kind, event: "", name: rest };
  const slash = rest.indexOf("/");
  if (slash < 1 || slash === rest.length - 1) return null;
  return { kind, event: unescaped(rest.slice(0, slash)), name: rest.slice(slash + 1) };
}

const escaped = (event: string): string => event.replaceAll("%", "%25").replaceAll("/", "%2F");
const unescaped = (event: string): string => event.replaceAll("%2F", "/").replaceAll("%25", "%");
