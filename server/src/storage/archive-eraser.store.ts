import { sql } from "kysely";
import { ch, list, type Statement, u32 } from "../platform/clickhouse.ts";
import type { ErasedSubject, Eraser } from "../platform/eraser.ts";
import { type ArchiveRow, findArchives } from "./archive.store.ts";
import type { ColdFiles } from "./cold.client.ts";
import type { Stores } from "./stored-kind.ts";

/**
 * Months of facts in Parquet files. A file that holds anything of hers is written anew without it, beside the old one,
 * counted, and put in its place; the life cycle of data waits meanwhile.
 */
export function archivesEraser({ db, clickhouse, cold }: Stores & { cold: ColdFiles | null }): Eraser {
  const found = async (files: ColdFiles, archive: ArchiveRow, subject: ErasedSubject): Promise<number> => {
    const which = hers(archive, [subject]);
    if (which === null) return 0;
    const [row] = await clickhouse.query<{ found: number }>(
      ch`select count() as found from ${files.tableOf(archive.file)} where ${which}`,
    );
    return Number(row?.found ?? 0);
  };
  const archivesOf = async (workspace: number) =>
    (await findArchives(db, workspace)).filter(({ state }) => state === "cold");

  async function rewrite(files: ColdFiles, archive: ArchiveRow, subjects: readonly ErasedSubject[]) {
    const which = hers(archive, subjects);
    if (which === null) return;
    const file = archive.file.replace(/(?:-e\d+)?\.parquet$/, (end) => `-e${numberOf(end) + 1}.parquet`);
    await files.makeRoom(file);
    await clickhouse.command(
      ch`insert into function ${files.tableOf(file)} select * from ${files.tableOf(archive.file)} where not (${which})`,
    );
    const [row] = await clickhouse.query<{ rows: number }>(
      ch`select count() as rows from ${files.tableOf(file)}`,
    );
    const bytes = await files.bytesOf(file);
    await sql`
      update storage_archive set file = ${file}, rows = ${Number(row?.rows ?? 0)}, bytes = ${bytes}
      where id = ${archive.id}`.execute(db);
    await files.remove(archive.file);
  }

  return {
    place: "files: cold",
    words: { zh: "归档文件（Parquet）", en: "Archived months (Parquet)" },
    erase: async (subjects) => {
      const counts = subjects.map(() => 0);
      if (cold === null) return counts;
      await db.connection().execute(async (connection) => {
        // The lock of the life cycle (life-cycle.job.ts).
        await sql`select pg_advisory_lock(7184)`.execute(connection);
        try {
          for (const workspace of new Set(subjects.map((subject) => subject.workspace))) {
            for (const archive of await archivesOf(workspace)) {
              // Killed between the new file and the old one's removal, the old one is still there.
              await cold.remove(before(archive.file));
              let any = 0;
              for (const [i, subject] of subjects.entries()) {
                const rows = subject.workspace === workspace ? await found(cold, archive, subject) : 0;
                counts[i] = (counts[i] as number) + rows;
                any += rows;
              }
              if (any > 0) await rewrite(cold, archive, subjects);
            }
          }
        } finally {
          await sql`select pg_advisory_unlock(7184)`.execute(connection);
        }
      });
      return counts;
    },
    search: async (subject) => {
      let rows = 0;
      if (cold !== null)
        for (const archive of await archivesOf(subject.workspace))
          rows += await found(cold, archive, subject);
      return rows;
    },
  };
}

/** The file that this one took the place of; itself never. */
const before = (file: string): string =>
  file.replace(/(?:-e(\d+))?\.parquet$/, (_, number?: string) => {
    if (number === undefined) return ".parquet.part";
    return number === "1" ? ".parquet" : `-e${Number(number) - 1}.parquet`;
  });

const numberOf = (end: string): number => Number(/-e(\d+)/.exec(end)?.[1] ?? 0);

/** Events stand under nodes; changes of membership under persons. */
function hers({ workspace, kind }: ArchiveRow, subjects: readonly ErasedSubject[]): Statement | null {
  const nodes = subjects.filter((one) => one.workspace === workspace).flatMap(({ nodes: own }) => [...own]);
  if (nodes.length === 0) return null;
  const column: Statement = { text: kind === "events" ? "node" : "person", params: {} };
  return ch`workspace = ${u32(workspace)} and ${column} in ${list("UInt64", nodes)}`;
}
