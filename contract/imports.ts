import { z } from "zod";
import { Instant, Words } from "./common.ts";

/** What a column of a file becomes. `kind` comes from the preset's list of targets. */
export const ColumnMapping = z.object({ column: z.string(), target: z.string().nullable() });
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const ImportPreset = z.object({
  id: z.string(),
  name: Words,
  description: Words,
  targets: z.array(z.object({ id: z.string(), label: Words, required: z.boolean() })),
});
export type ImportPreset = z.infer<typeof ImportPreset>;

export const Count = z.object({ code: z.string(), label: Words, rows: z.number() });
export type Count = z.infer<typeof Count>;

/** What one cleaning rule did to the values it was shown: each is counted once, under what happened to it. */
export const RuleCount = z.object({
  rule: z.string(),
  label: Words,
  /** One sentence: what the rule does. */
  what: Words,
  /** Values left as they were. */
  kept: z.number(),
  /** Values written in another way that means the same (136 0000 1111 → 13600001111). */
  changed: z.number(),
  /** Values kept, with a mark beside them. */
  marked: z.number(),
  /** Values that say nothing to the rule; the row may be kept without them. */
  unreadable: z.number(),
});
export type RuleCount = z.infer<typeof RuleCount>;

/** A rule at work on one column of the preview, with up to three values as written and as understood, masked. */
export const RuleOutlook = RuleCount.extend({
  column: z.string(),
  examples: z.array(z.object({ before: z.string(), after: z.string() })),
});
export type RuleOutlook = z.infer<typeof RuleOutlook>;

export const FileFormat = z.enum(["csv", "xlsx", "json-lines", "parquet"]);
export type FileFormat = z.infer<typeof FileFormat>;

/** What stands around the table: notes above it, totals below. None of it is imported. */
export const SkippedRows = z.object({
  /** Rows above the header: a merged title, notes. */
  above: z.number(),
  /** Rows that sum up others (合计, 总计). */
  totals: z.number(),
  /** Rows below or between that say something about the table (注：…, 导出时间…). */
  notes: z.number(),
});

export const PreviewedFile = z.object({
  name: z.string(),
  bytes: z.number(),
  format: FileFormat,
  /** utf-8, gb18030, utf-16le, utf-16be; "" for formats that have none. */
  encoding: z.string(),
  /** "" for formats that have none. */
  delimiter: z.string(),
  /** The sheets of a workbook, and the one read; none for other formats. */
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  /** The line of the file in which the header was found, counted from 1. */
  headerLine: z.number(),
  /** Cells of a workbook that stand over several rows; each of the rows has their value. */
  mergedCells: z.number().optional(),
  skipped: SkippedRows,
  /** The preset this file looks most like, whichever was asked for; null when none fits. */
  likelyPreset: z.string().nullable(),
  /** The preset it is read as here: the one asked for, the likely one, or the one that a guess was made for. */
  readAs: z.string().nullable().optional(),
  /** No preset knows this file: what its columns are was guessed from names and contents, and is for a person to look at. */
  guessed: z.boolean().optional(),
  /** What kind of record the preset reads this file as, e.g. "children" or "trades"; null when it is not recognised. */
  record: z.string().nullable(),
  recordLabel: Words.nullable(),
  /** What the columns may become, for this kind of record. */
  targets: z.array(
    z.object({
      id: z.string(),
      label: Words,
      required: z.boolean(),
      /** What is as good, where this is required: an article is known by its code or by its title. */
      unless: Words.nullable().optional(),
    }),
  ),
  columns: z.array(z.string()),
  mapping: z.array(ColumnMapping),
  /** The saved mapping of this very header, where it was applied by itself. */
  savedMapping: z.string().nullable().optional(),
  /** The first rows, as read (at most 20), sensitive columns masked. */
  rows: z.array(z.array(z.string())),
  /** Of the first thousand rows: how many would be kept, marked and refused, with the reasons; and what each rule would do. */
  outlook: z.object({
    rows: z.number(),
    records: z.number(),
    kept: z.number(),
    refused: z.number(),
    marks: z.array(Count),
    reasons: z.array(Count),
    rules: z.array(RuleOutlook),
  }),
  problem: Words.nullable(),
  /** What keeps it from being a table at all: it is a header without rows, or its first line is a row and no header. */
  lacks: z.enum(["rows", "header"]).nullable().optional(),
  /** It asks for a password: POST …/imports/preview/{upload}/unlock. `parts`: what in an archive does; none of a workbook. */
  locked: z.object({ parts: z.array(z.string()) }).optional(),
});
export type PreviewedFile = z.infer<typeof PreviewedFile>;
/** Files are kept under `upload` for an hour, so that the import needs no second upload. */
export const ImportPreview = z.object({
  upload: z.string(),
  /** The preset asked for; for "auto" the one that fits every file, or "auto" when none fits all of them. */
  preset: z.string(),
  files: z.array(PreviewedFile),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

const Choice = {
  preset: z.string(),
  /** Another preset for some files, by their names. */
  presets: z.record(z.string(), z.string()).optional(),
  /** A saved mapping, by its name. */
  mapping: z.string().optional(),
  /** What the columns of a file become, by the file's name; wins over the saved mapping. */
  mappings: z.record(z.string(), z.array(ColumnMapping)).optional(),
  /** Which sheet of a workbook is read, by the file's name; the first with a table when nothing is said. */
  sheets: z.record(z.string(), z.string()).optional(),
};
/** POST …/imports/preview/{upload}: the outlook again, for files that are there already, with another choice. */
export const PreviewAgain = z.object(Choice);
export type PreviewAgain = z.infer<typeof PreviewAgain>;
/** POST …/imports/preview/{upload}/unlock: opens every file of the upload that this password fits. It is not kept. */
export const UnlockFiles = PreviewAgain.extend({ password: z.string().min(1).max(1024) });
export type UnlockFiles = z.infer<typeof UnlockFiles>;
/** POST …/imports */
export const StartImport = z.object({
  upload: z.string(),
  ...Choice,
  /** Only these files of the upload, by their names; all when nothing is said. */
  files: z.array(z.string()).min(1).optional(),
});
export type StartImport = z.infer<typeof StartImport>;

/** cancelled: stopped, what is imported stays. undoing, undone: taken back as a whole. */
export const ImportStatus = z.enum([
  "waiting",
  "running",
  "needs-decision",
  "done",
  "failed",
  "cancelled",
  "undoing",
  "undone",
]);
export type ImportStatus = z.infer<typeof ImportStatus>;
/** A question that only a person can answer (e.g. which gender code means what). Nothing is lost while it waits. */
export const Decision = z.object({
  id: z.string(),
  question: Words,
  detail: Words,
  options: z.array(z.object({ id: z.string(), label: Words })),
  rows: z.number(),
  answer: z.string().nullable(),
});

/**
 * What taking an import back comes to, in this order: its events go; records that others spoke of as well go back to
 * what those said; whoever lost something is looked at again; what it said of persons, of children and of consents goes.
 */
export const undoSteps = ["events", "records", "people", "words", "children"] as const;
export const UndoStep = z.enum(undoSteps);
export type UndoStep = z.infer<typeof UndoStep>;
/** How far: the step it is at and since when, so many of its things done with, of how many; null where nobody has counted them. */
export const UndoProgress = z.object({
  step: UndoStep,
  since: Instant,
  done: z.number(),
  of: z.number().nullable(),
});
export type UndoProgress = z.infer<typeof UndoProgress>;

export const Import = z.object({
  id: z.string(),
  preset: z.string(),
  presetName: Words,
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      format: FileFormat,
      encoding: z.string().nullable(),
      sheet: z.string().nullable(),
      record: z.string().nullable(),
      rows: z.number(),
      /**
       * The file as it was sent: kept sealed, until then at least (null: until a policy says otherwise). null: not kept.
       * Told of one import, not in lists.
       */
      raw: z.object({ until: Instant.nullable() }).nullable().optional(),
    }),
  ),
  status: ImportStatus,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Who started it, cancelled it, took it back: a name, or null for a key of the instance. */
  startedBy: z.string().nullable(),
  /**
   * Waiting, or to be taken back: the import of this workspace that has to end first. null: nothing is in its way. Told
   * of one import, not in lists.
   */
  waitsFor: z
    .object({ id: z.string(), name: z.string(), status: z.enum(["running", "undoing"]) })
    .nullable()
    .optional(),
  /**
   * Stopped, and the rows that were being written meanwhile are not counted yet: they are in a moment. Told of one
   * import, not in lists.
   */
  settling: z.boolean().optional(),
  bytesRead: z.number(),
  bytesTotal: z.number(),
  /** Taken up again after a stop, it reads its file from the beginning up to where it was: so many rows of so many. */
  readingAgain: z.object({ rows: z.number(), of: z.number() }).nullable().optional(),
  /** Over the last seconds while it runs; over the whole afterwards. */
  rowsPerSecond: z.number().nullable(),
  /** null before there is anything to judge by, and when it is not running. */
  secondsLeft: z.number().nullable(),
  /** Rows read below the header. rows = kept + refused + skipped.totals + skipped.notes, and kept = added + changed + repeated. */
  rows: z.number(),
  kept: z.number(),
  /** Rows of records that were new. */
  added: z.number(),
  /** Rows of records that were known and now have a newer version. */
  changed: z.number(),
  /** Rows that said again what was already known, or something older (the same file twice adds nothing). */
  repeated: z.number(),
  refused: z.number(),
  skipped: SkippedRows,
  /** Records read; several rows of a file may be one record (the lines of an order). */
  records: z.number(),
  /** Kept rows that joined another row's record: kept − records. */
  merged: z.number(),
  /** Refused rows of this import that still wait in the quarantine. */
  inQuarantine: z.number(),
  /** What the files hold by kind: trades, buyers, children …; `added` says how much of it is new. */
  totals: z.record(z.string(), z.number()),
  /** What those kinds are called. */
  totalLabels: z.record(z.string(), Words),
  marks: z.array(Count),
  reasons: z.array(Count),
  rules: z.array(RuleCount),
  decisions: z.array(Decision),
  /** Whether POST …/undo would be taken now; why not, when not. */
  undo: z.object({ possible: z.boolean(), reason: Words.nullable() }),
  /** How far it is taken back, while it is; null before it has begun, and when it is over. */
  undoing: UndoProgress.nullable().optional(),
  error: Words.nullable(),
});
export type Import = z.infer<typeof Import>;
