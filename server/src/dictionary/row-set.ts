import type { EntryKind } from "@stork/contract/dictionary.ts";
import { RecordKindId } from "@stork/contract/records.ts";
import { entryId, entryName } from "./entry-id.ts";

/** Rows with the same fields, over which an analyst asks for gaps: an event's, the persons', a kind of record's. */
export type RowSetKind = "event" | "traits" | "record";
export interface RowSetName {
  kind: RowSetKind;
  /** The event's name or the kind of record; empty for traits. */
  of: string;
}

export const rowSetId = ({ kind, of }: RowSetName): string => (kind === "traits" ? kind : `${kind}:${of}`);

export function rowSetName(id: string): RowSetName | null {
  if (id === "traits") return { kind: "traits", of: "" };
  if (id.startsWith("event:") && id.length > 6) return { kind: "event", of: id.slice(6) };
  const kind = id.startsWith("record:") ? RecordKindId.safeParse(id.slice(7)).data : undefined;
  return kind === undefined ? null : { kind: "record", of: kind };
}

/** The field's name in the dictionary. */
export const fieldEntry = ({ kind, of }: RowSetName, name: string): string =>
  entryId({ kind: entryKinds[kind], event: of, name });

const entryKinds = { event: "property", traits: "trait", record: "field" } as const satisfies Record<
  RowSetKind,
  EntryKind
>;

/** Whose field it is. null: it is none whose gaps could be filled. */
export function fieldOf(entry: string): { set: RowSetName; field: string } | null {
  const name = entryName(entry);
  if (name?.kind === "field") {
    const of = RecordKindId.safeParse(name.event).data;
    return of === undefined ? null : { set: { kind: "record", of }, field: name.name };
  }
  if (name?.kind === "trait") return { set: { kind: "traits", of: "" }, field: name.name };
  if (name?.kind === "property") return { set: { kind: "event", of: name.event }, field: name.name };
  return null;
}
