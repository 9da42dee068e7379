import type { EntryKind } from "@stork/contract/dictionary.ts";

/** What an entry is about. `event` is a property's event, or the kind of record of a field; "" for all others. */
export interface EntryName {
  kind: EntryKind;
  event: string;
  name: string;
}

const form = /^(event|property|trait|record|tag|metric):(.+)$/s;

/** The name of a property may hold a slash, that of an event too: the event's slashes are written %2F. */
export function entryId({ kind, event, name }: EntryName): string {
  if (kind === "property") return `property:${escaped(event)}/${name}`;
  return kind === "field" ? `record:${event}/${name}` : `${kind}:${name}`;
}

/** Of what a property or a field is one. */
export const holderId = ({ kind, event }: Pick<EntryName, "kind" | "event">): string | null =>
  kind === "property" ? `event:${event}` : kind === "field" ? `record:${event}` : null;

export function entryName(id: string): EntryName | null {
  const parts = form.exec(id);
  if (parts === null) return null;
  const [kind, rest] = [parts[1] as EntryKind, parts[2] as string];
  const slash = rest.indexOf("/");
  if (kind !== "property" && (kind !== "record" || slash < 0)) return { kind, event: "", name: rest };
  if (slash < 1 || slash === rest.length - 1) return null;
  const [of, name] = [rest.slice(0, slash), rest.slice(slash + 1)];
  return kind === "record" ? { kind: "field", event: of, name } : { kind, event: unescaped(of), name };
}

const escaped = (event: string): string => event.replaceAll("%", "%25").replaceAll("/", "%2F");
const unescaped = (event: string): string => event.replaceAll("%2F", "/").replaceAll("%25", "%");
