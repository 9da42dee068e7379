import type { Words } from "@stork/contract/common.ts";
import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import { identifyingKey } from "../../people/personal.ts";
import { say } from "../../platform/refusal.ts";
import { applySaved, type Saved } from "../mapping/apply-saved.ts";
import { genericReport } from "../mapping/generic.ts";
import { guessKinds, leastFit } from "../mapping/guess-kind.ts";
import type { Preset, RecordKind, RowContext, Target } from "../preset.ts";
import { presets } from "../presets.ts";
import { missingColumns, noHeader, noRows } from "../refusals.ts";
import type { UploadedFile } from "../uploads.client.ts";
import { type Columns, headerForShow, readColumns } from "./columns.ts";
import { isGarbled } from "./encoding.ts";
import { type Examined, examine } from "./examine.client.ts";
import { type Unreadable, UnreadableFile } from "./format.ts";
import { noOutlook, outlookOf } from "./outlook.ts";
import type { ImportFile } from "./progress.ts";
import { shown } from "./shown.ts";
import { isNames } from "./table.ts";

const shownRows = 20;
const outlookRows = 1000;

/** What is asked about some files. Plain data: it travels to a thread and back. */
export interface LookOrder {
  files: readonly (UploadedFile & {
    /** A preset's id, or "auto". */
    preset: string;
    mapping?: readonly ColumnMapping[] | undefined;
    sheet?: string | undefined;
  })[];
  /** Mappings of the workspace: one for this very header is applied where nothing is said of the file. */
  saved?: readonly Saved[] | undefined;
  context: Pick<RowContext, "zone" | "now">;
  /** Whether the outlook is wanted, or only where things stand. */
  preview: boolean;
}

export type Looked =
  | { name: string; why: Unreadable | "unopened"; row?: number | undefined; reason?: string }
  | {
      name: string;
      file: Omit<ImportFile, "path">;
      likelyPreset: string | null;
      /** The saved mapping that was applied by itself. */
      applied: string | null;
      /** What keeps it from being a table: a header alone, or rows without one. */
      lacks: Lacks;
      missing: { zh: string; en: string; columns: string } | null;
      preview: PreviewedFile | null;
    };

type Lacks = "rows" | "header" | null;

const all: readonly Preset[] = Object.values(presets);

/** What files are, as which preset's they are read, and what their first rows would come to. */
export async function lookAt(order: LookOrder): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const file of order.files) {
    try {
      looked.push(await lookAtOne(order, file));
    } catch (error) {
      const { name } = file;
      if (error instanceof UnreadableFile) looked.push({ name, why: error.why, row: error.row });
      else {
        const { code } = error as { code?: string };
        if (code === undefined) throw error;
        looked.push({ name, why: "unopened", reason: code });
      }
    }
  }
  return looked;
}

async function lookAtOne(order: LookOrder, file: LookOrder["files"][number]): Promise<Looked> {
  const { name, path, bytes, unreadable } = file;
  if (unreadable !== undefined) throw new UnreadableFile(unreadable);
  const asked = all.filter(({ id }) => file.preset === "auto" || id === file.preset);
  const known = (cells: readonly string[]) =>
    Math.max(...asked.map((one) => readColumns(one, cells).places.size));
  const toRead = { name, path, bytes, ...(file.sheet === undefined ? {} : { sheet: file.sheet }) };
  const found = await examine(toRead, known, order.preview ? outlookRows : 0);
  if (isGarbled(found.header.join())) throw new UnreadableFile("garbled");
  const applied = file.mapping === undefined ? applySaved(found.header, order.saved ?? [], asked) : null;
  const likely = applied?.preset ?? likeliest(found.header);
  // A row of data names no columns.
  const isGuessable = isNames(found.header) && !found.isEmpty && file.mapping === undefined;
  const guess =
    order.preview && likely === null && file.preset === "auto" && isGuessable ? guessed(found) : null;
  const preset = asked.length === 1 ? (asked[0] as Preset) : (likely ?? guess?.preset ?? presets.orders);
  const columns = applied?.columns ?? guess?.columns ?? readColumns(preset, found.header, file.mapping);
  const lacks = lackedBy(found, columns);
  const missing = columns.missing.map((target) => {
    const [written = target.label.en] = target.aliases;
    const { zh } = nameOf(target, columns);
    return written === target.label.zh ? zh : `${zh}（${written}）`;
  });
  return {
    name,
    file: planned(preset, file, found, columns),
    likelyPreset: likely?.id ?? null,
    applied: applied?.name ?? null,
    lacks,
    missing:
      missing.length === 0 || lacks !== null
        ? null
        : {
            zh: missing.join("、"),
            en: columns.missing.map((target) => nameOf(target, columns).en).join(", "),
            columns: headerForShow(found.header),
          },
    preview: order.preview
      ? {
          ...previewed(order, file, found, { ...columns, preset }, likely),
          lacks,
          savedMapping: applied?.name ?? null,
          readAs: likely === null && guess === null && asked.length > 1 ? null : preset.id,
          guessed: guess !== null,
        }
      : null,
  };
}

/** What an unknown file probably is: the kind of record that its names and cells fit best, where they fit any. */
function guessed({ header, first }: Examined): { preset: Preset; columns: Columns } | null {
  const rows = first.slice(0, 200).map(({ cells }) => cells);
  const [best] = guessKinds(header, rows);
  if (best === undefined || best.confidence < leastFit) return null;
  const { preset } = genericReport(best.record);
  const columns = readColumns(presets[preset], header, best.columns);
  return columns.places.size < 2 ? null : { preset: presets[preset], columns };
}

const lackedBy = ({ isEmpty, header }: Examined, { places }: Columns): Lacks => {
  if (places.size === 0 && !isNames(header)) return "header";
  return isEmpty ? "rows" : null;
};

/** The preset that has all it asks for, reads the most of the header and finds the most of its own columns there. */
function likeliest(header: readonly string[]): Preset | null {
  let best: { preset: Preset; known: number } | null = null;
  for (const preset of all) {
    const { missing, places, kind } = readColumns(preset, header);
    const known = places.size / Math.max(1, header.length) + (2 * places.size) / kind.targets.length;
    if (missing.length === 0 && places.size > 1 && known > (best?.known ?? 0)) best = { preset, known };
  }
  return best?.preset ?? null;
}

const planned = (
  preset: Preset,
  file: UploadedFile,
  found: Examined,
  columns: Columns,
): Omit<ImportFile, "path"> => ({
  preset: preset.id,
  name: file.name,
  bytes: file.bytes,
  ...{ format: found.format, encoding: found.encoding, delimiter: found.delimiter, sheet: found.sheet },
  ...{ header: found.header, headerLine: found.headerLine, above: found.above },
  record: columns.kind.id,
  places: [...columns.places],
});

function previewed(
  { context }: LookOrder,
  file: UploadedFile,
  found: Examined,
  columns: Columns & { preset: Preset },
  likely: Preset | null,
): PreviewedFile {
  const { kind, places, missing, preset } = columns;
  const { header, first } = found;
  const recognised = places.size > 0;
  const targetAt = new Map([...places].map(([target, at]) => [at, target]));
  const personal = new Set(kind.targets.filter((target) => target.personal).map(({ id }) => places.get(id)));
  // Of columns that nothing is read from, the header tells: an address, a second phone.
  for (const [at, column] of header.entries()) if (identifyingKey(column)) personal.add(at);
  const others = preset.kinds
    .filter((one) => one !== kind && [...places.keys()].every((id) => knows(one, id)))
    .flatMap(({ targets }) => targets.filter(({ id }) => !knows(kind, id)));
  const columnOf = (target: string) => header[places.get(target) ?? -1] ?? target;
  const where = { places: [...places], header };
  const { outlook, totals, notes } =
    missing.length > 0
      ? { outlook: noOutlook, totals: 0, notes: 0 }
      : outlookOf(kind, where, first, context, columnOf);
  return {
    ...{ name: file.name, bytes: file.bytes, format: found.format, encoding: found.encoding },
    ...{ delimiter: found.delimiter, sheets: [...found.sheets], sheet: found.sheet },
    headerLine: found.headerLine,
    mergedCells: found.mergedCells,
    skipped: { above: found.above, totals, notes },
    likelyPreset: likely?.id ?? null,
    record: recognised ? kind.id : null,
    recordLabel: recognised ? kind.label : null,
    targets: [
      ...kind.targets.map(({ id, label, required, unless }) => ({
        ...{ id, label, unless: kind.targets.find((one) => one.id === unless)?.label ?? null },
        required: required && !(unless !== undefined && places.has(unless)),
      })),
      // Named, they make it a file of another kind that reads all this one does.
      ...others.map(({ id, label }) => ({ id, label, required: false })),
    ],
    columns: header,
    mapping: header.map((column, at) => ({ column, target: targetAt.get(at) ?? null })),
    rows: first
      .slice(0, shownRows)
      .map(({ cells }) => header.map((_, at) => shown((cells[at] ?? "").slice(0, 200), personal.has(at)))),
    outlook,
    problem: problemOf(file.name, lackedBy(found, columns), columns, header),
  };
}

const knows = ({ targets }: RecordKind, target: string): boolean => targets.some(({ id }) => id === target);

/** What a required target is called, with what would be as good. */
function nameOf({ label, unless }: Target, { kind }: Columns): Words {
  const other = kind.targets.find(({ id }) => id === unless)?.label;
  return other === undefined ? label : { zh: `${label.zh}或${other.zh}`, en: `${label.en} or ${other.en}` };
}

function problemOf(file: string, lacks: Lacks, columns: Columns, header: readonly string[]) {
  const { missing } = columns;
  if (lacks === null && missing.length === 0) return null;
  const { text } = lacks === null ? missingColumns : { rows: noRows, header: noHeader }[lacks];
  const names = missing.map((target) => nameOf(target, columns));
  const params = { file, columns: headerForShow(header) };
  return {
    zh: say(text.zh, { ...params, missing: names.map(({ zh }) => zh).join("、") }),
    en: say(text.en, { ...params, missing: names.map(({ en }) => en).join(", ") }),
  };
}
