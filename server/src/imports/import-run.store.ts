import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PersonMap } from "../people/person-map.store.ts";
import { forgetSaid, settleSaid } from "../people/said-again.store.ts";
import type { Clock } from "../platform/clock.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { recordSalt } from "../records/record-hash.ts";
import {
  finishImport,
  type ImportRow,
  type StoredDecision,
  saveProgress,
  tellAgain,
  tellAhead,
} from "./imports.store.ts";
import type { RecordKind } from "./preset.ts";
import { presetOf } from "./presets.ts";
import { againOf, aheadOf } from "./reading/ahead.ts";
import { commitSlice, type SliceDeps } from "./reading/commit-slice.store.ts";
import { openNodeFile } from "./reading/node-file.client.ts";
import type { ImportFile, Progress } from "./reading/progress.ts";
import { openReader, type Reader } from "./reading/reader.client.ts";
import type { Slice } from "./reading/slice.ts";

export interface ImportDeps extends SliceDeps {
  clock: Clock;
  /** Asked at an import's end for whose its nodes are. */
  personMap: Pick<PersonMap, "settled">;
  /** Where uploads and what an import notes down are kept. */
  dataDir: string;
}

/**
 * Rows that are committed together. Four slices are held at a time, as text, as records, on their way and being
 * committed: more rows take more memory and make a kill cost more; fewer cost more transactions and more parts to merge.
 */
const sliceRows = 20_000;
/** What it was once: an import under way goes on by the slices it began with. */
const formerSliceRows = 10_000;

const tellMs = 250;

/** A running import: what it was given and how far it is. */
interface Run {
  deps: ImportDeps;
  row: ImportRow;
  zone: string;
  progress: Progress;
  nodes: Awaited<ReturnType<typeof openNodeFile>>;
  /** When the slice before was done with. */
  since: number;
}

/**
 * Reads an import's files from where it stopped last, slice by slice, to the end: a thread reads and cleans the next
 * slices while one is committed. Answers false when it was put down before the end.
 */
export async function runImport(deps: ImportDeps, row: ImportRow, signal?: AbortSignal): Promise<boolean> {
  const workspace = await findWorkspace(deps.db, row.workspace);
  if (workspace === null) throw new Error(`import ${row.id} has no workspace`);
  const progress = structuredClone(row.progress);
  const nodes = await openNodeFile(
    join(deps.dataDir, "uploads", `import-${row.id}.nodes`),
    progress.nodeBytes,
  );
  const run: Run = {
    deps,
    row,
    progress,
    nodes,
    zone: workspace.timeZone,
    since: deps.clock.now().getTime(),
  };
  await deps.vault.ready(row.workspace);
  progress.receiving ??= run.since;
  progress.sliceRows ??= progress.rows > 0 ? formerSliceRows : sliceRows;
  delete progress.again;
  if (progress.rowsDone > 0) progress.again = { rows: 0, of: progress.rowsDone, secondsLeft: null };
  try {
    if (!(await save(run, []))) return true;
    for (; progress.file < row.files.length; progress.file += 1, progress.rowsDone = 0) {
      const file = row.files[progress.file] as ImportFile;
      const end = await readFile(run, file, signal);
      if (end === "put-down") return false;
      if (end === "cancelled") {
        await settleSaid(deps.db, deps.vault, row.id);
        await deps.personMap.settled();
        return true;
      }
      progress.bytesBefore += file.bytes;
      progress.bytesRead = 0;
    }
    const decisions = decisionsOf(progress);
    await save(run, []);
    await settleSaid(deps.db, deps.vault, row.id);
    await deps.personMap.settled();
    const status = decisions.length > 0 ? "needs-decision" : "done";
    await finishImport(deps.db, row.id, { status, decisions, at: deps.clock.now() });
    return true;
  } finally {
    forgetSaid(deps.vault, row.id);
    await nodes.close();
  }
}

const save = ({ deps, row, progress }: Run, refused: Parameters<typeof saveProgress>[3]): Promise<boolean> =>
  saveProgress(deps, row, progress, refused, deps.clock.now());

async function readFile(
  run: Run,
  file: ImportFile,
  signal: AbortSignal | undefined,
): Promise<"end" | "cancelled" | "put-down"> {
  const { progress, row } = run;
  const preset = file.preset ?? row.preset;
  const kind = presetOf(preset)?.kinds.find(({ id }) => id === file.record);
  if (kind === undefined) throw new Error(`no such record: ${file.record}`);
  const reader = await openReader({
    ...{ preset, file, zone: run.zone, now: row.startedAt.getTime() },
    ...{ rowsDone: progress.rowsDone, sliceRows: progress.sliceRows ?? sliceRows },
    salt: recordSalt(run.deps.vault, row.workspace),
  });
  const stopTelling =
    progress.rows === 0
      ? tellReading(run, reader)
      : progress.again !== undefined
        ? tellReadingAgain(run, reader, progress.again.of)
        : () => undefined;
  try {
    let next = reader.next();
    for (;;) {
      const slice = await next;
      if (progress.rows > 0) stopTelling();
      // The pace is that of new rows.
      if (progress.again !== undefined) run.since = run.deps.clock.now().getTime();
      delete progress.again;
      if (slice === null) return "end";
      // Handed over while this one is committed; a failure is met in its turn.
      next = reader.next();
      next.catch(() => undefined);
      const goesOn = await takeSlice(run, kind, slice, reader);
      slice.letGo();
      if (!goesOn) return "cancelled";
      if (signal?.aborted) return "put-down";
    }
  } finally {
    stopTelling();
    await reader.close();
  }
}

/** Says how far reading is until the first slice is in: of a small file that is all there is to say. */
function tellReading({ deps, row }: Run, reader: Reader): () => void {
  const bytesTotal = row.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return tellOften(deps, reader.bytesRead, (read, seconds) =>
    tellAhead(deps.db, row.id, aheadOf(read, bytesTotal, seconds)),
  );
}

/** Says how far an import taken up again is with the rows that it had read before. */
function tellReadingAgain({ deps, row, progress }: Run, reader: Reader, of: number): () => void {
  const { rows } = progress;
  return tellOften(deps, reader.rowsRead, (read, seconds) =>
    tellAgain(deps.db, row.id, rows, againOf(read, of, seconds)),
  );
}

/** Until it is stopped; what is not told now is told the next time. */
function tellOften(
  { clock }: ImportDeps,
  far: () => number,
  tell: (read: number, seconds: number) => Promise<void>,
): () => void {
  const began = clock.now().getTime();
  let told = 0;
  const timer = setInterval(() => {
    const read = far();
    if (read === told) return;
    told = read;
    void tell(read, (clock.now().getTime() - began) / 1000).catch(() => undefined);
  }, tellMs);
  return () => clearInterval(timer);
}

/** False when the import was cancelled meanwhile. */
async function takeSlice(run: Run, kind: RecordKind, slice: Slice, reader: Reader): Promise<boolean> {
  const { deps, row, progress, nodes } = run;
  const file = row.files[progress.file] as ImportFile;
  const origin = { workspace: row.workspace, source: file.source ?? row.source, import: row.id };
  const done = await commitSlice(deps, origin, kind, { slice, reader }, progress);
  if (kind.personsAs !== null) {
    progress.nodeBytes = await nodes.append(done.nodes);
    progress.totals[kind.personsAs] = nodes.nodes.size;
  }
  progress.bytesRead = Math.min(slice.bytes, file.bytes);
  // Said with this slice, so that the next, done again after a kill, is received at the same instant.
  progress.receiving = Math.max(deps.clock.now().getTime(), (progress.receiving ?? 0) + 1);
  tellPace(run, slice.rows);
  return save(run, done.refused);
}

/** Rows a second of late: each slice counts for a third, what was before for the rest. */
function tellPace(run: Run, rows: number): void {
  const now = run.deps.clock.now().getTime();
  const seconds = (now - run.since) / 1000;
  run.since = now;
  if (seconds <= 0) return;
  const before = run.progress.rate;
  const pace = rows / seconds;
  run.progress.rate = before === undefined ? pace : before * 0.67 + pace * 0.33;
}

/** Whether codes met earlier are explained by words read now: asked, never assumed. */
function decisionsOf({ genders }: Progress): StoredDecision[] {
  const rows = Object.values(genders).reduce((sum, one) => sum + one, 0);
  return rows === 0 ? [] : [{ id: "gender-codes", facts: genders, rows, answer: null }];
}

/** Whether the files of an import are still there. */
export const missingFile = ({ files }: ImportRow): string | undefined =>
  files.find(({ path }) => !existsSync(path))?.name;
