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

export const PreviewedFile = z.object({
  name: z.string(),
  bytes: z.number(),
  encoding: z.string(),
  delimiter: z.string(),
  /** What kind of record the preset reads this file as, e.g. "children" or "trades"; null when it is not recognised. */
  record: z.string().nullable(),
  recordLabel: Words.nullable(),
  columns: z.array(z.string()),
  mapping: z.array(ColumnMapping),
  /** The first rows, as read (at most 20), sensitive columns masked. */
  rows: z.array(z.array(z.string())),
  /** Of the first thousand rows: how many would be kept, marked and refused, with the reasons. */
  outlook: z.object({
    rows: z.number(),
    kept: z.number(),
    refused: z.number(),
    marks: z.array(z.object({ code: z.string(), label: Words, rows: z.number() })),
    reasons: z.array(z.object({ code: z.string(), label: Words, rows: z.number() })),
  }),
  problem: Words.nullable(),
});
export type PreviewedFile = z.infer<typeof PreviewedFile>;
/** Files are kept under `upload` for an hour, so that the import needs no second upload. */
export const ImportPreview = z.object({
  upload: z.string(),
  preset: z.string(),
  files: z.array(PreviewedFile),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const StartImport = z.object({
  upload: z.string(),
  preset: z.string(),
  mappings: z.record(z.string(), z.array(ColumnMapping)).optional(),
});

export const ImportStatus = z.enum(["waiting", "running", "needs-decision", "done", "failed", "cancelled"]);
export const Count = z.object({ code: z.string(), label: Words, rows: z.number() });
/** A question that only a person can answer (e.g. which gender code means what). Nothing is lost while it waits. */
export const Decision = z.object({
  id: z.string(),
  question: Words,
  detail: Words,
  options: z.array(z.object({ id: z.string(), label: Words })),
  rows: z.number(),
  answer: z.string().nullable(),
});
export const Import = z.object({
  id: z.string(),
  preset: z.string(),
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      encoding: z.string().nullable(),
      record: z.string().nullable(),
      rows: z.number(),
    }),
  ),
  status: ImportStatus,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  bytesRead: z.number(),
  bytesTotal: z.number(),
  rows: z.number(),
  added: z.number(),
  /** Rows that said again what was already known (the same file twice adds nothing). */
  repeated: z.number(),
  refused: z.number(),
  /** What the files hold by kind: trades, buyers, children …; `added` says how much of it is new. */
  totals: z.record(z.string(), z.number()),
  marks: z.array(Count),
  reasons: z.array(Count),
  decisions: z.array(Decision),
  error: Words.nullable(),
});
export type Import = z.infer<typeof Import>;
