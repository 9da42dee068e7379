import type { ColumnMapping } from "@stork/contract/imports.ts";
import { looksPersonal } from "../../people/personal.ts";
import type { Preset, RecordKind, Target } from "../preset.ts";

/** How a file's columns are read: the kind of record, and where each target stands. */
export interface Columns {
  kind: RecordKind;
  places: ReadonlyMap<string, number>;
  missing: readonly Target[];
}

const plain = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s_\-（）()]/g, "");

/** The kind whose columns the header has; with a mapping, as the user says. The best guess when none fits wholly. */
export function readColumns(
  preset: Preset,
  header: readonly string[],
  mapping?: readonly ColumnMapping[],
): Columns {
  const guesses = preset.kinds.map((kind) => {
    const places = mapping === undefined ? recognise(kind, header) : follow(kind, header, mapping);
    return { kind, places, missing: missingOf(kind, places) };
  });
  // What somebody says a column is, is read: by the kind that knows such a thing.
  const unread = ({ kind: { targets } }: Columns): number =>
    (mapping ?? []).filter(({ target }) => target !== null && !targets.some(({ id }) => id === target))
      .length;
  const share = ({ kind, missing }: Columns): number =>
    missing.length / Math.max(1, kind.targets.filter(({ required }) => required).length);
  const [best] = guesses.sort(
    (a, b) => unread(a) - unread(b) || share(a) - share(b) || b.places.size - a.places.size,
  );
  return best as Columns;
}

/** Of a kind that asks for no column in particular, three must be there: a phone alone is no list of members. */
function missingOf({ targets }: RecordKind, places: ReadonlyMap<string, number>): readonly Target[] {
  const asked = targets.filter(({ required }) => required);
  if (asked.length === 0) return places.size < 3 ? targets.slice(0, 1) : [];
  return asked.filter(({ id, unless }) => !places.has(id) && !(unless !== undefined && places.has(unless)));
}

function recognise(kind: RecordKind, header: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const names = header.map(plain);
  for (const { id, aliases } of kind.targets) {
    const at = aliases.map((alias) => names.indexOf(plain(alias))).find((found) => found >= 0);
    if (at !== undefined) places.set(id, at);
  }
  return places;
}

function follow(
  kind: RecordKind,
  header: readonly string[],
  mapping: readonly ColumnMapping[],
): Map<string, number> {
  const places = new Map<string, number>();
  for (const { column, target } of mapping) {
    const at = header.indexOf(column);
    if (at >= 0 && target !== null && kind.targets.some(({ id }) => id === target)) places.set(target, at);
  }
  return places;
}

/** The header for an error message: a file without one has a row of data there, which may be somebody's. */
export const headerForShow = (header: readonly string[]): string =>
  header.map((column) => (looksPersonal(column) || column.length > 40 ? "…" : column)).join("、");
