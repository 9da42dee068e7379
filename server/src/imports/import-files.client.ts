import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import { markLabel } from "../cleaning/marks.ts";
import { identifyingKey, looksPersonal } from "../people/personal.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Preset } from "./preset.ts";
import { type Columns, headerForShow, readColumns } from "./reading/columns.ts";
import type { ImportFile } from "./reading/progress.ts";
import { isRefused, RecordReader } from "./reading/records.ts";
import { examine, rowsOf, type TextFile } from "./reading/rows.client.ts";
import {
  emptyFile,
  garbledFile,
  missingColumns,
  notText,
  spreadsheetFile,
  unreadableFile,
} from "./refusals.ts";
import { refusedRowLabel } from "./refused-rows.ts";
import type { UploadedFile } from "./uploads.client.ts";

const noText = { empty: emptyFile, spreadsheet: spreadsheetFile, "not-text": notText } as const;
const shownRows = 20;
const outlookRows = 1000;

/** The files of an import in the order they are read, or the refusal that says what is wrong with one. */
export async function planFiles(
  preset: Preset,
  files: readonly UploadedFile[],
  mappings: Readonly<Record<string, ColumnMapping[]>> = {},
): Promise<ImportFile[]> {
  const planned: ImportFile[] = [];
  for (const { name, path } of files) {
    const text = await look(name, path);
    const { kind, places, missing } = columnsOf(preset, text, mappings[name]);
    if (missing.length > 0)
      throw new Refusal(missingColumns, {
        file: name,
        missing: missing.map(({ label, aliases }) => `${label.zh}（${aliases[0] ?? label.en}）`).join("、"),
        columns: headerForShow(text.header),
      });
    const { bytes, encoding, delimiter, header } = text;
    planned.push({ name, path, bytes, encoding, delimiter, header, record: kind.id, places: [...places] });
  }
  const order = preset.kinds.map(({ id }) => id);
  return planned.sort((a, b) => order.indexOf(a.record) - order.indexOf(b.record));
}

const columnsOf = (preset: Preset, text: TextFile, mapping: readonly ColumnMapping[] | undefined): Columns =>
  readColumns(preset, text.header, mapping);

async function look(name: string, path: string): Promise<TextFile> {
  let text: Awaited<ReturnType<typeof examine>>;
  try {
    text = await examine(path);
  } catch (error) {
    throw new Refusal(unreadableFile, { file: name, reason: (error as { code?: string }).code ?? "?" });
  }
  if (typeof text === "string") throw new Refusal(noText[text], { file: name });
  if (text.garbled) throw new Refusal(garbledFile, { file: name });
  return text;
}

/** What an import of this file would find, from its first rows. Problems are told, not thrown: the other files may be right. */
export async function previewFile(
  preset: Preset,
  file: UploadedFile,
  zone: string,
  now: number,
): Promise<PreviewedFile> {
  const blank = { rows: 0, kept: 0, refused: 0, marks: [], reasons: [] };
  let text: TextFile;
  try {
    text = await look(file.name, file.path);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...emptyPreview(file), outlook: blank, problem: fill(error.kind.text, error.params) };
  }
  const { kind, places, missing } = columnsOf(preset, text, undefined);
  const recognised = places.size > 0;
  const byPlace = new Map([...places].map(([target, at]) => [at, target]));
  const first: string[][] = [];
  for await (const { cells } of rowsOf(text, () => undefined)) {
    first.push(cells);
    if (first.length >= outlookRows) break;
  }
  const personal = new Set(kind.targets.filter((target) => target.personal).map(({ id }) => places.get(id)));
  // Of columns that nothing is read from, the header tells: an address, a second phone.
  for (const [at, column] of text.header.entries()) if (identifyingKey(column)) personal.add(at);
  const params = {
    file: file.name,
    missing: missing.map(({ label }) => label.zh).join("、"),
    columns: headerForShow(text.header),
  };
  return {
    name: file.name,
    bytes: text.bytes,
    encoding: text.encoding,
    delimiter: text.delimiter,
    record: recognised ? kind.id : null,
    recordLabel: recognised ? kind.label : null,
    columns: text.header,
    mapping: text.header.map((column, at) => ({ column, target: byPlace.get(at) ?? null })),
    rows: first.slice(0, shownRows).map((cells) => cells.map((cell, at) => shown(cell, personal.has(at)))),
    outlook: missing.length > 0 ? blank : outlook(kind, [...places], first, zone, now),
    problem: missing.length > 0 ? fill(missingColumns.text, params) : null,
  };
}

const emptyPreview = ({ name, bytes }: UploadedFile) => ({
  name,
  bytes,
  encoding: "",
  delimiter: "",
  record: null,
  recordLabel: null,
  columns: [],
  mapping: [],
  rows: [],
});

/** Masked here and not by role: a preview is for seeing whether the columns are right. */
function shown(cell: string, isPersonal: boolean): string {
  if (cell === "" || !(isPersonal || looksPersonal(cell))) return cell;
  const letters = [...cell];
  return letters.length <= 4
    ? `${letters[0]}***`
    : `${letters.slice(0, 2).join("")}****${letters.slice(-2).join("")}`;
}

function outlook(
  kind: Columns["kind"],
  places: [string, number][],
  rows: string[][],
  zone: string,
  now: number,
): PreviewedFile["outlook"] {
  const reader = new RecordReader(kind, places, { zone, now });
  const marks = new Map<string, number>();
  const reasons = new Map<string, number>();
  const add = (to: Map<string, number>, code: string, more: number) =>
    to.set(code, (to.get(code) ?? 0) + more);
  const records = rows.map((cells, i) => reader.add({ line: i + 2, cells }));
  for (const record of [...records, reader.end()]) {
    if (record === null) continue;
    if (isRefused(record.read)) add(reasons, record.read.refused, record.rows.length);
    else for (const mark of new Set(record.read.marks)) add(marks, mark, 1);
  }
  const refused = [...reasons.values()].reduce((sum, one) => sum + one, 0);
  return {
    rows: rows.length,
    kept: rows.length - refused,
    refused,
    marks: [...marks].map(([code, count]) => ({ code, label: markLabel(code), rows: count })),
    reasons: [...reasons].map(([code, count]) => ({ code, label: refusedRowLabel(code), rows: count })),
  };
}

const fill = (text: { zh: string; en: string }, params: Record<string, string | number>) => ({
  zh: filled(text.zh, params),
  en: filled(text.en, params),
});
const filled = (text: string, params: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
