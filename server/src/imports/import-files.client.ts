import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import { Refusal, type RefusalKind, say } from "../platform/refusal.ts";
import type { Saved } from "./mapping/apply-saved.ts";
import { presetOf } from "./presets.ts";
import type { Unreadable } from "./reading/format.ts";
import type { Looked, LookOrder } from "./reading/look.client.ts";
import { noOutlook } from "./reading/outlook.ts";
import type { ImportFile } from "./reading/progress.ts";
import { lookInThread } from "./reading/reader.client.ts";
import * as refusals from "./refusals.ts";
import type { UploadedFile } from "./uploads.client.ts";

/** What the user says of the files: which column is what, which sheet is meant; by the file's name. */
export interface Choice {
  mappings?: Readonly<Record<string, ColumnMapping[]>> | undefined;
  sheets?: Readonly<Record<string, string>> | undefined;
  /** The preset of some files, where it is another than that of all. */
  presets?: Readonly<Record<string, string>> | undefined;
  /** For files of which nothing else is said. */
  mapping?: readonly ColumnMapping[] | undefined;
  /** Those of the workspace, applied to their own headers where nothing is said at all. */
  saved?: readonly Saved[] | undefined;
}

const whyNot: Readonly<Record<Unreadable, RefusalKind>> = {
  empty: refusals.emptyFile,
  "not-text": refusals.notText,
  "not-lines": refusals.notLines,
  "old-spreadsheet": refusals.spreadsheetFile,
  "other-spreadsheet": refusals.otherSpreadsheet,
  "web-page": refusals.webPageFile,
  locked: refusals.lockedFile,
  "unknown-lock": refusals.unknownLock,
  damaged: refusals.damagedFile,
  bomb: refusals.bombFile,
  "no-sheet": refusals.noSheet,
  "too-wide": refusals.tooWideFile,
  "endless-row": refusals.endlessRow,
  "too-many-files": refusals.tooManyFiles,
  garbled: refusals.garbledFile,
};

/** The refusal for a file that is not read, or not further. */
export const refusalFor = (why: Unreadable): RefusalKind => whyNot[why];

const orderFor = (
  preset: string,
  files: readonly UploadedFile[],
  { mappings = {}, sheets = {}, presets = {}, mapping }: Choice,
): LookOrder["files"] =>
  files.map((file) => {
    const asked = presets[file.name] ?? preset;
    return {
      ...{ ...file, preset: asked, sheet: sheets[file.name] },
      mapping: mappings[file.name] ?? (asked === "auto" ? undefined : mapping),
    };
  });

/** The files of an import in the order they are read, or the refusal that says what is wrong with one. */
export async function planFiles(
  preset: string,
  files: readonly UploadedFile[],
  choice: Choice = {},
): Promise<ImportFile[]> {
  const order = { files: orderFor(preset, files, choice), saved: choice.saved };
  const looked = await lookInThread({ ...order, context: { zone: "UTC", now: 0 }, preview: false });
  const planned = looked.flatMap((one, i): ImportFile[] => {
    const found = foundOrRefused(one, order.files[i]?.preset === "auto");
    return found === null ? [] : [{ ...found, path: (files[i] as UploadedFile).path }];
  });
  // Shops without an order this month export a header alone: among others it is passed over.
  if (planned.length === 0)
    throw new Refusal(refusals.noRows, { file: files.map(({ name }) => name).join("、") });
  // What says who they are comes before what they did, whatever the order of the files; the sort keeps equals in theirs.
  const place = (file: ImportFile): number => {
    const kinds = presetOf(file.preset ?? preset)?.kinds ?? [];
    return kinds.findIndex(({ id }) => id === file.record);
  };
  return planned.sort((a, b) => place(a) - place(b));
}

/** null for a file that has no rows. */
function foundOrRefused(one: Looked, isAuto: boolean): Omit<ImportFile, "path"> | null {
  if ("why" in one) throw new Refusal(...refusalOf(one));
  const { name: file, lacks, missing } = one;
  if (lacks === "rows") return null;
  if (lacks === "header") throw new Refusal(refusals.noHeader, { file });
  if (isAuto && one.likelyPreset === null) throw new Refusal(refusals.unknownForm, { file });
  if (missing !== null)
    throw new Refusal(refusals.missingColumns, { file, missing: missing.zh, columns: missing.columns });
  return one.file;
}

/**
 * What an import of these files would find, from their first rows. Problems are told, not thrown: the other files may
 * be right. "auto" becomes the preset that fits every file, when there is one.
 */
export async function previewFiles(
  preset: string,
  files: readonly UploadedFile[],
  choice: Choice,
  context: { zone: string; now: number },
): Promise<{ preset: string; files: PreviewedFile[] }> {
  const looked = await lookInThread({
    ...{ context, preview: true, saved: choice.saved },
    files: orderFor(preset, files, choice),
  });
  const likely = new Set(looked.map((one) => ("why" in one ? null : one.likelyPreset)));
  const [only] = likely;
  const found = preset === "auto" && likely.size === 1 && only ? only : preset;
  return {
    preset: found,
    files: looked.map((one, i) =>
      "why" in one || one.preview === null ? unread(files[i] as UploadedFile, one) : one.preview,
    ),
  };
}

type NotRead = Extract<Looked, { why: unknown }>;

function refusalOf({ name, why, row, reason }: NotRead): [RefusalKind, Record<string, string | number>] {
  if (why === "unopened") return [refusals.unreadableFile, { file: name, reason: reason ?? "?" }];
  return [whyNot[why], { file: name, row: row ?? 1 }];
}

function unread({ name, bytes, lockedParts = [] }: UploadedFile, looked: Looked): PreviewedFile {
  const [kind, params] = "why" in looked ? refusalOf(looked) : [refusals.damagedFile, { file: name }];
  return {
    ...{ name, bytes, format: "csv", encoding: "", delimiter: "", sheets: [], sheet: null },
    ...{ headerLine: 0, skipped: { above: 0, totals: 0, notes: 0 }, likelyPreset: null },
    ...{ record: null, recordLabel: null, targets: [], columns: [], mapping: [], rows: [] },
    outlook: noOutlook,
    problem: { zh: say(kind.text.zh, params), en: say(kind.text.en, params) },
    ...(kind === refusals.lockedFile ? { locked: { parts: lockedParts } } : {}),
  };
}
