import type { ColumnMapping } from "@stork/contract/imports.ts";
import type { SavedMapping } from "@stork/contract/mappings.ts";
import type { Preset } from "../preset.ts";
import { presetOf } from "../presets.ts";
import { type Columns, readColumns } from "../reading/columns.ts";
import { genericReport } from "./generic.ts";
import { hashHeader } from "./header-hash.ts";
import { bare } from "./names.ts";

/** What a mapping is applied by; the last used first. */
export type Saved = Pick<SavedMapping, "name" | "record" | "columns">;

export interface Applied {
  name: string;
  preset: Preset;
  columns: Columns;
}

/**
 * The mapping that somebody saved for this very header, applied: as a report of one of the presets asked for, or else
 * of the one for its kind of record. null where there is none, or where it no longer says all that is needed.
 */
export function applySaved(
  header: readonly string[],
  saved: readonly Saved[],
  asked: readonly Preset[],
): Applied | null {
  if (saved.length === 0) return null;
  const hash = hashHeader(header);
  for (const { name, record, columns } of saved) {
    if (!hashHeader(columns.map(({ column }) => column)).equals(hash)) continue;
    const preset = presetFor(record, columns, asked);
    if (preset === undefined) continue;
    const read = readColumns(preset, header, asWritten(header, columns));
    if (read.missing.length === 0) return { name, preset, columns: read };
  }
  return null;
}

/** The same header may be written with other blanks today. */
function asWritten(header: readonly string[], columns: readonly ColumnMapping[]): ColumnMapping[] {
  const targets = new Map(columns.map(({ column, target }) => [bare(column), target]));
  return header.map((column) => ({ column, target: targets.get(bare(column)) ?? null }));
}

function presetFor(
  record: Saved["record"],
  columns: readonly ColumnMapping[],
  asked: readonly Preset[],
): Preset | undefined {
  const targets = columns.flatMap(({ target }) => target ?? []);
  const generic = presetOf(genericReport(record).preset) as Preset;
  const order = asked.includes(generic) ? [generic, ...asked] : asked;
  return order.find(({ kinds }) =>
    kinds.some(
      (kind) =>
        kind.record === record && targets.every((target) => kind.targets.some(({ id }) => id === target)),
    ),
  );
}
