import { existsSync } from "node:fs";
import { join } from "node:path";
import { hash64 } from "../events/message-hash.ts";
import type { Clock } from "../platform/clock.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { finishImport, type ImportRow, type StoredDecision, saveProgress } from "./imports.store.ts";
import type { RecordKind } from "./preset.ts";
import { presetOf } from "./presets.ts";
import { hasEvents } from "./reading/known.store.ts";
import { openNodeFile } from "./reading/node-file.client.ts";
import { Occurrences } from "./reading/occurrences.ts";
import type { ImportFile, Progress } from "./reading/progress.ts";
import { isRefused, type ReadRecord, RecordReader } from "./reading/records.ts";
import { rowsOf } from "./reading/rows.client.ts";
import { commitSlice, type ImportContext, type Numbered, type SliceDeps } from "./reading/slice.store.ts";

export interface ImportDeps extends SliceDeps {
  clock: Clock;
  /** Where uploads and what an import notes down are kept. */
  dataDir: string;
}

/** Rows that are committed together; more would make a kill cost more, fewer the look-ups. */
const sliceRows = 10_000;

/** A running import: what it was given and how far it is. */
interface Run {
  deps: ImportDeps;
  row: ImportRow;
  context: ImportContext;
  progress: Progress;
  nodes: Awaited<ReturnType<typeof openNodeFile>>;
}

/**
 * Reads an import's files from where it stopped last, slice by slice, to the end. The file is always read from its
 * beginning, since equal rows are numbered in order; rows that are done with are not committed again. Answers false
 * when it was put down before the end.
 */
export async function runImport(deps: ImportDeps, row: ImportRow, signal?: AbortSignal): Promise<boolean> {
  const preset = presetOf(row.preset);
  const workspace = await findWorkspace(deps.db, row.workspace);
  if (preset === undefined || workspace === null)
    throw new Error(`import ${row.id} has no preset or workspace`);
  const progress = structuredClone(row.progress);
  const begun = progress.file > 0 || progress.rowsDone > 0;
  const context: ImportContext = {
    ...{
      id: row.id,
      workspace: row.workspace,
      source: row.source,
      preset: row.preset,
      zone: workspace.timeZone,
    },
    startedAt: row.startedAt,
    now: deps.clock.now(),
    // A killed import may have written a slice that its progress does not tell of.
    lookUp: begun || row.status === "running" || (await hasEvents(deps.clickhouse, row.workspace)),
  };
  const nodes = await openNodeFile(
    join(deps.dataDir, "uploads", `import-${row.id}.nodes`),
    progress.nodeBytes,
  );
  const run: Run = { deps, row, context, progress, nodes };
  try {
    if (!(await saveProgress(deps, row, progress, [], deps.clock.now()))) return true;
    for (; progress.file < row.files.length; progress.file += 1, progress.rowsDone = 0) {
      const file = row.files[progress.file] as ImportFile;
      const kind = preset.kinds.find(({ id }) => id === file.record);
      if (kind === undefined) throw new Error(`no such record: ${file.record}`);
      const end = await readFile(run, file, kind, signal);
      if (end !== "end") return end === "cancelled";
      progress.bytesBefore += file.bytes;
      progress.bytesRead = 0;
    }
    const decisions = decisionsOf(progress);
    await saveProgress(deps, row, progress, [], deps.clock.now());
    const status = decisions.length > 0 ? "needs-decision" : "done";
    await finishImport(deps.db, row.id, { status, decisions, at: deps.clock.now() });
    return true;
  } finally {
    await nodes.close();
  }
}

async function readFile(
  run: Run,
  file: ImportFile,
  kind: RecordKind,
  signal: AbortSignal | undefined,
): Promise<"end" | "cancelled" | "put-down"> {
  const { progress, context } = run;
  const before = progress.rowsDone;
  const reader = new RecordReader(kind, file.places, {
    zone: context.zone,
    now: context.startedAt.getTime(),
  });
  const occurrences = new Occurrences();
  let slice: Numbered[] = [];
  let rows = 0;
  let bytes = 0;
  let seen = 0;
  const take = (record: ReadRecord): void => {
    const occurrence = isRefused(record.read) ? 0 : occurrences.next(hash64(record.read.key));
    seen += record.rows.length;
    if (seen <= before) return;
    slice.push({ record, occurrence });
    rows += record.rows.length;
  };
  const flush = async (): Promise<boolean> => {
    progress.bytesRead = Math.min(bytes, file.bytes);
    const going = await commitAndSave(run, kind, slice);
    slice = [];
    rows = 0;
    return going;
  };
  const readAs = { path: file.path, encoding: file.encoding as "utf-8", delimiter: file.delimiter };
  const onBytes = (read: number): void => {
    bytes = read;
  };
  for await (const row of rowsOf(readAs, onBytes)) {
    const record = reader.add(row);
    if (record !== null) take(record);
    if (rows < sliceRows) continue;
    if (!(await flush())) return "cancelled";
    if (signal?.aborted) return "put-down";
  }
  const last = reader.end();
  if (last !== null) take(last);
  bytes = file.bytes;
  return (await flush()) ? "end" : "cancelled";
}

async function commitAndSave(run: Run, kind: RecordKind, slice: readonly Numbered[]): Promise<boolean> {
  const { deps, row, progress, nodes } = run;
  const hadSuch = row.files.slice(0, progress.file).some(({ record }) => record === kind.id);
  const context = {
    ...run.context,
    now: deps.clock.now(),
    lookUp: run.context.lookUp || hadSuch,
  };
  const done = await commitSlice(deps, context, kind, slice, progress);
  if (kind.personsAs !== null) {
    progress.nodeBytes = await nodes.append(done.nodes);
    progress.totals[kind.personsAs] = nodes.nodes.size;
  }
  return saveProgress(deps, row, progress, done.refused, context.now);
}

/** Whether codes met earlier are explained by words read now: asked, never assumed. */
function decisionsOf({ genders }: Progress): StoredDecision[] {
  const rows = Object.values(genders).reduce((sum, one) => sum + one, 0);
  return rows === 0 ? [] : [{ id: "gender-codes", facts: genders, rows, answer: null }];
}

/** Whether the files of an import are still there. */
export const missingFile = ({ files }: ImportRow): string | undefined =>
  files.find(({ path }) => !existsSync(path))?.name;
