import { sql } from "kysely";
import { type ClickHouse, ch, instant, u32, u64 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import type { Stamp } from "./membership.store.ts";

/** Before membership is written: what a kill leaves half done is known to whoever writes next. One writer a workspace. */
export async function beginWriting(db: Db, workspace: number, { at, version }: Stamp): Promise<void> {
  await sql`insert into membership_writing (workspace_id, version, at) values (${workspace}, ${version}, ${at})`.execute(
    db,
  );
}

export async function endWriting(db: Db, workspace: number): Promise<void> {
  await sql`delete from membership_writing where workspace_id = ${workspace}`.execute(db);
}

/** Those whom a writer that died had moved, but had not written to the log of changes, are written there now. */
export async function finishWriting(db: Db, clickhouse: ClickHouse, workspace: number): Promise<void> {
  const { rows } = await sql<{ version: string; at: Date }>`
    select version, at from membership_writing where workspace_id = ${workspace}`.execute(db);
  const [left] = rows;
  if (left === undefined) return;
  await clickhouse.command(ch`
    insert into membership_change (workspace, segment, person, member, at)
    select workspace, segment, person, member, changed from membership
    where workspace = ${u32(workspace)} and version = ${u64(left.version)} and (segment, person) not in (
      select segment, person from membership_change
      where workspace = ${u32(workspace)} and at = ${instant(left.at)})`);
  await endWriting(db, workspace);
}

/** From when on changes may be missing in the log, as they are being written; null when nothing is. */
export async function writingSince(db: Db, workspace: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select at from membership_writing where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.at ?? null;
}
