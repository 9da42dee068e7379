import type { Words } from "@stork/contract/common.ts";
import type { Backup } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import type { Db } from "../../platform/postgres.ts";

export async function findBackups(db: Db): Promise<Backup[]> {
  const { rows } = await sql<
    Omit<Backup, "id" | "startedAt" | "finishedAt"> & { id: number; startedAt: Date; finishedAt: Date | null }
  >`
    select id, started_at as "startedAt", finished_at as "finishedAt", rows, bytes, by, problem
    from backup order by id desc limit 20`.execute(db);
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

export async function beginBackup(db: Db, by: string, at: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into backup (started_at, by) values (${at}, ${by}) returning id`.execute(db);
  return (rows[0] as { id: number }).id;
}

export async function endBackup(
  db: Db,
  id: number,
  end: { at: Date; rows: number; bytes: number; problem: Words | null },
): Promise<void> {
  const problem = end.problem === null ? null : JSON.stringify(end.problem);
  await sql`
    update backup set finished_at = ${end.at}, rows = ${end.rows}, bytes = ${end.bytes},
      problem = ${problem}::jsonb where id = ${id}`.execute(db);
}
