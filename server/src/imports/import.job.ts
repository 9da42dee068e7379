import { settleSaid } from "../people/said-again.store.ts";
import type { RecordStatements } from "../people/statements.store.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Records } from "../records/records.store.ts";
import { refusalFor } from "./import-files.client.ts";
import { withImportLock } from "./import-lock.store.ts";
import { type ImportDeps, missingFile, runImport } from "./import-run.store.ts";
import { findImport, finishImport, type ImportRow, importTask, undoTask } from "./imports.store.ts";
import { keepRawFiles } from "./raw-files.store.ts";
import { UnreadableFile } from "./reading/format.ts";
import { unreadableFile } from "./refusals.ts";
import { type UndoDeps, undoImport } from "./undo.store.ts";
import { dropFiles } from "./uploads.client.ts";

export interface ImportJobDeps extends ImportDeps {
  clickhouse: UndoDeps["clickhouse"];
  onCommitted: UndoDeps["onCommitted"];
  settleChildren: UndoDeps["settleChildren"];
  records: Records;
  recordStatements: RecordStatements;
  jobs: Jobs;
  log: Log;
  /** After how many days the files of imports are deleted; null: never. */
  rawFilesDays: (workspace: number) => Promise<number | null>;
}

const laterMs = 2_000;

/** Imports run as jobs in slices; a killed one goes on where it stopped. */
export function importTasks(deps: ImportJobDeps): Tasks {
  return {
    [importTask]: async (payload, { signal, lastAttempt }) => {
      const { import: id } = payload as { import: number };
      const row = await findImport(deps.db, id);
      if (row === null) return;
      const again = () =>
        deps.jobs.add(
          deps.db,
          importTask,
          { import: id },
          { key: `${importTask}:${id}`, runAt: new Date(deps.clock.now().getTime() + laterMs) },
        );
      // Ended, and stopped or killed before its files were put away.
      if (!isOpen(row)) {
        await settleSaid(deps.db, deps.vault, id);
        return void ((await putAway(deps, row, signal)) || (await again()));
      }
      let came: Came = "put-down";
      const had = await withImportLock(deps.db, row.workspace, async () => {
        came = await work(deps, id, signal, lastAttempt);
      });
      // Nobody waits for files to be put away: neither the next import nor taking this one back touches them.
      const isOver =
        had && came !== "put-down" && (came === "elsewhere" || (await putAway(deps, row, signal)));
      // Put down, or another import of this workspace is under way.
      if (!isOver) await again();
    },
    [undoTask]: async (payload) => {
      const { import: id } = payload as { import: number };
      const row = await findImport(deps.db, id);
      if (row?.status !== "undoing") return;
      const had = await withImportLock(deps.db, row.workspace, () => undoImport(deps, row));
      const runAt = new Date(deps.clock.now().getTime() + laterMs);
      if (!had) await deps.jobs.add(deps.db, undoTask, { import: id }, { key: `${undoTask}:${id}`, runAt });
    },
  };
}

const isOpen = ({ status }: ImportRow): boolean => status === "waiting" || status === "running";

/** What came of an import taken up: it ended, is to go on later, or another process had ended it. */
type Came = "ended" | "put-down" | "elsewhere";

async function work(
  deps: ImportJobDeps,
  id: number,
  signal: AbortSignal,
  lastAttempt: boolean,
): Promise<Came> {
  // Read again under the lock: its holder before may have got further.
  const row = await findImport(deps.db, id);
  if (row === null || !isOpen(row)) return "elsewhere";
  const fail = async (error: NonNullable<ImportRow["error"]>): Promise<Came> => {
    await settleSaid(deps.db, deps.vault, row.id);
    await finishImport(deps.db, row.id, { status: "failed", error, at: deps.clock.now() });
    return "ended";
  };
  const gone = missingFile(row);
  if (gone !== undefined)
    return fail({ code: unreadableFile.code, params: { file: gone, reason: "ENOENT" } });
  try {
    return (await runImport(deps, row, signal)) ? "ended" : "put-down";
  } catch (error) {
    if (error instanceof UnreadableFile) {
      const now = (await findImport(deps.db, id)) ?? row;
      const params = {
        file: row.files[now.progress.file]?.name ?? "",
        row: error.row ?? now.progress.rowsDone + 1,
      };
      return fail({ code: refusalFor(error.why).code, params });
    }
    const { code = "" } = error as { code?: string };
    deps.log.error(
      { event: "import-failed", import: id, error: (error as Error).name, code, lastAttempt },
      "import stopped",
    );
    if (!lastAttempt) throw error;
    return fail({ code: code || "unexpected", params: {} });
  }
}

/** Keeps the files as they were sent, sealed, and drops the uploads; false when the server stopped in the middle of it. */
async function putAway(deps: ImportJobDeps, row: ImportRow, signal: AbortSignal): Promise<boolean> {
  try {
    if (missingFile(row) === undefined) await keepRawFiles(deps, row, signal);
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
  await dropFiles(
    deps.dataDir,
    row.files.map(({ path }) => path),
    row.id,
  );
  return true;
}
