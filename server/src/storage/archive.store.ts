import type { Archive, StoredKind } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import { ch, instant, joined, type Statement, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { withoutWriters } from "../records/writer.store.ts";
import type { ColdFiles } from "./cold.client.ts";
import { named } from "./month-table.store.ts";
import { type FactTable, partitionOf, type Stores } from "./stored-kind.ts";

export type ArchiveState = "writing" | "written" | "cold" | "returning";
export interface ArchiveRow {
  id: number;
  workspace: number;
  kind: StoredKind;
  month: string;
  file: string;
  cutoff: Date;
  state: ArchiveState;
  rows: number;
  bytes: number;
  bytesBefore: number;
  at: Date;
}

const columns = sql.raw(`id, workspace_id as workspace, kind, month, file, cutoff, state, rows, bytes,
  bytes_before as "bytesBefore", at`);

export async function findArchives(db: Db, workspace: number): Promise<ArchiveRow[]> {
  const { rows } = await sql<ArchiveRow>`
    select ${columns} from storage_archive where workspace_id = ${workspace} order by month, id`.execute(db);
  return rows;
}

export const shownArchive = ({ id, kind, month, rows, bytes, at, file }: ArchiveRow): Archive => ({
  ...{ id: String(id), kind, month, rows, bytes, file },
  at: at.toISOString(),
});

/** What a kill left half-way, in any workspace. */
export async function findUnfinished(db: Db): Promise<ArchiveRow[]> {
  const { rows } = await sql<ArchiveRow>`
    select ${columns} from storage_archive where state <> 'cold' order by id`.execute(db);
  return rows;
}

export async function beginArchive(
  db: Db,
  one: Pick<ArchiveRow, "workspace" | "kind" | "month" | "cutoff" | "bytesBefore">,
): Promise<ArchiveRow> {
  const { rows } = await sql<ArchiveRow>`
    insert into storage_archive (workspace_id, kind, month, file, cutoff, state, bytes_before, at)
    values (${one.workspace}, ${one.kind}, ${one.month}, '', ${one.cutoff}, 'writing', ${one.bytesBefore}, ${one.cutoff})
    returning ${columns}`.execute(db);
  const begun = rows[0] as ArchiveRow;
  const file = `cold/w${one.workspace}/${one.kind}/${one.month}-${begun.id}.parquet`;
  await sql`update storage_archive set file = ${file} where id = ${begun.id}`.execute(db);
  return { ...begun, file };
}

async function setState(db: Db, id: number, state: ArchiveState, rows = -1, bytes = -1): Promise<void> {
  await sql`
    update storage_archive set state = ${state},
      rows = case when ${rows}::bigint < 0 then rows else ${rows}::bigint end,
      bytes = case when ${bytes}::bigint < 0 then bytes else ${bytes}::bigint end
    where id = ${id}`.execute(db);
}

export async function forgetArchive(db: Db, id: number): Promise<void> {
  await sql`delete from storage_archive where id = ${id}`.execute(db);
}

/** Told at the seams of a move, for tests that stop it there. */
export type AtSeam = (state: ArchiveState) => Promise<void> | void;

/**
 * Writes an archive's file and holds its rows against the table's, by number and checksum. The rows are still in their
 * table after it; a kill before that leaves a file that is written anew.
 */
export async function writeArchive(
  { db, clickhouse }: Stores,
  cold: ColdFiles,
  facts: FactTable,
  archive: ArchiveRow,
): Promise<ArchiveRow> {
  if (archive.state !== "writing") return archive;
  await cold.makeRoom(archive.file);
  const once = facts.table === "event" ? ch`event final` : named(facts.table);
  const which = rowsOf(facts, archive);
  await clickhouse.command(
    ch`insert into function ${cold.tableOf(archive.file)} select * from ${once} where ${which}`,
  );
  const rows = await rowsHeld(clickhouse, cold, facts, archive);
  if (rows === null) {
    await cold.remove(archive.file);
    throw new Error(`the archive ${archive.file} does not hold what its table holds`);
  }
  const written = { state: "written" as const, rows, bytes: await cold.bytesOf(archive.file) };
  await setState(db, archive.id, written.state, written.rows, written.bytes);
  return { ...archive, ...written };
}

/** How many rows an archive's file holds; null when they are not those that its table holds now. */
async function rowsHeld(
  clickhouse: Stores["clickhouse"],
  cold: ColdFiles,
  facts: FactTable,
  archive: ArchiveRow,
): Promise<number | null> {
  const file = cold.tableOf(archive.file);
  const once = facts.table === "event" ? ch`event final` : named(facts.table);
  const [[there], [here]] = await Promise.all([
    clickhouse.query<Sum>(ch`select ${sums} from ${file}`),
    clickhouse.query<Sum>(ch`select ${sums} from ${once} where ${rowsOf(facts, archive)}`),
  ]);
  return there?.sum === here?.sum && there?.rows === here?.rows ? (there?.rows ?? 0) : null;
}

/**
 * Takes the rows of written archives of one table out of it: those and no others, since rows that arrived meanwhile were
 * received after the cutoff. Those that bear an earlier instant all the same (a slice of an import under way, an event
 * told again by an undo) would go without being in the file: while nobody can write such rows each file is held against
 * its table once more, one that falls short is written anew next time, and the others' rows are deleted. One deletion for
 * all, as the engine takes seconds for each.
 */
export async function takeOut(
  { db, clickhouse }: Stores,
  cold: ColdFiles,
  facts: FactTable,
  written: readonly ArchiveRow[],
  seam: AtSeam = () => {},
): Promise<ArchiveRow[]> {
  if (written.length === 0) return [];
  await seam("written");
  const workspaces = written.map(({ workspace }) => workspace);
  return withoutWriters(db, workspaces, () => takeOutAlone({ db, clickhouse }, cold, facts, written));
}

async function takeOutAlone(
  { db, clickhouse }: Stores,
  cold: ColdFiles,
  facts: FactTable,
  written: readonly ArchiveRow[],
): Promise<ArchiveRow[]> {
  const archives: ArchiveRow[] = [];
  for (const archive of written)
    if ((await rowsHeld(clickhouse, cold, facts, archive)) !== null) archives.push(archive);
    else await setState(db, archive.id, "writing");
  if (archives.length === 0) return [];
  const which = joined(
    archives.map((archive) => ch`(${rowsOf(facts, archive)})`),
    " or ",
  );
  await clickhouse.command(ch`delete from ${named(facts.table)} where ${which}`);
  for (const { id } of archives) await setState(db, id, "cold");
  return archives;
}

/** The rows that belong into an archive's file. A row of an event that came after the cutoff is not among them. */
function rowsOf({ table, at }: FactTable, { workspace, month, cutoff }: ArchiveRow): Statement {
  const before = table === "event" ? ch` and received <= ${instant(cutoff)}` : ch``;
  return ch`workspace = ${u32(workspace)} and toYYYYMM(${named(at)}) = ${u32(partitionOf(month))}${before}`;
}

interface Sum {
  rows: number;
  sum: string;
}
/** Of all columns of all rows, whatever their order. */
const sums = named("count() as rows, toString(sum(cityHash64(*))) as sum");

/**
 * Brings an archive's rows back into their table. Done again after a kill it comes to the same: events count once however
 * often they are written, and of other tables what came back before is cleared away first.
 */
export async function bringBack(
  { db, clickhouse }: Stores,
  cold: ColdFiles,
  facts: FactTable,
  archive: ArchiveRow,
  seam: AtSeam = () => {},
): Promise<void> {
  if (archive.state === "returning" && facts.table !== "event")
    await clickhouse.command(ch`delete from ${named(facts.table)} where ${rowsOf(facts, archive)}`);
  await setState(db, archive.id, "returning");
  const file = cold.tableOf(archive.file);
  await clickhouse.command(ch`insert into ${named(facts.table)} select * from ${file}`);
  await seam("returning");
  await forgetArchive(db, archive.id);
  await cold.remove(archive.file);
}
