import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type Header as EntryHeader, extract } from "tar-stream";
import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Postgres } from "../platform/postgres.ts";
import { Trouble } from "../platform/trouble.ts";
import { formatVersion, Header, Manifest, pieceOf } from "./backup/format.ts";
import { Tally, unpack } from "./backup/pieces.ts";
import { findFactTables, findMigrations, findStateTables } from "./backup/tables.store.ts";
import { type ColdFiles, coldFiles } from "./cold.client.ts";

export interface RestoreDeps {
  postgres: Postgres;
  clickhouse: ClickHouse;
  dataDir: string;
  cold: ColdFiles | null;
  /** Takes the sealed master key, or throws what is wrong with it. */
  takeKey(sealed: Buffer): Promise<void>;
  tell(table: string, rows: number): void;
}

export interface Restored {
  rows: number;
  tables: number;
  madeAt: string;
  /** Facts of people whom PostgreSQL's side of the backup did not know yet. */
  leftOut: number;
}

/** Reads a backup into empty engines that have been migrated. Nothing is changed in engines that hold anything. */
export async function restore(deps: RestoreDeps, source: Readable): Promise<Restored> {
  await refuseFull(deps);
  const state = new Restoring(deps);
  const tar = extract();
  const read = (async () => {
    for await (const entry of tar) await state.take(entry.header, entry as unknown as Body);
  })();
  await Promise.all([pipeline(source, tar).catch(cutShort), read.catch(cutShort)]);
  return state.finish();
}

const cutShort = (error: Error): never => {
  if (error instanceof Trouble) throw error;
  throw new Trouble(
    `这不是完整的育见备份（${error.message}）。`,
    `This is no whole backup of Stork (${error.message}).`,
    error,
  );
};

async function refuseFull({ postgres, clickhouse }: RestoreDeps): Promise<void> {
  const { rows } = await sql<{ full: boolean }>`select exists (select from workspace) as full`.execute(
    postgres.db,
  );
  const [facts] = await clickhouse.query<{ rows: number }>(ch`select count() as rows from event`);
  if (rows[0]?.full !== true && (facts?.rows ?? 0) === 0) return;
  throw new Trouble(
    "要恢复到的地方已经有数据。请用 STORK_DATA 指定一个空目录（或空的数据库）再恢复。",
    "There is data where you want to restore to. Name an empty folder in STORK_DATA (or empty databases) and restore there.",
  );
}

type Body = AsyncIterable<Uint8Array>;

class Restoring {
  readonly #deps: RestoreDeps;
  readonly #tallies = new Map<string, Tally>();
  #header: Header | undefined;
  #manifest: Manifest | undefined;
  #prepared = false;
  #columns = new Map<string, string[]>();

  constructor(deps: RestoreDeps) {
    this.#deps = deps;
  }

  async take({ name, size = 0 }: EntryHeader, body: Body): Promise<void> {
    if (name.startsWith("files/")) return this.#file(name.slice("files/".length), size, body);
    const bytes = await whole(body);
    if (name === "header.json") await this.#begin(Header.parse(JSON.parse(bytes.toString())));
    else if (name === "manifest.json") this.#manifest = Manifest.parse(JSON.parse(bytes.toString()));
    else if (name === "master.key.sealed") await this.#deps.takeKey(bytes);
    else {
      const piece = pieceOf(name);
      if (piece !== null && this.#prepared) await this.#piece(piece.engine, piece.table, await unpack(bytes));
    }
  }

  async #begin(header: Header): Promise<void> {
    this.#header = header;
    const { postgres, clickhouse } = this.#deps;
    const mine = await findMigrations(postgres.db, clickhouse);
    const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();
    if (
      header.format !== formatVersion ||
      !same(header.migrations.postgres, mine.postgres) ||
      !same(header.migrations.clickhouse, mine.clickhouse)
    )
      throw new Trouble(
        `备份由育见 ${header.version} 的另一种数据版本所做。请用那个版本恢复，再升级。`,
        `The backup was made by a Stork (${header.version}) with other tables. Restore it with that version, then upgrade.`,
      );
    const tables = await findStateTables(postgres.db);
    // What the migrations and the job queue put there by themselves makes room for what the backup holds.
    await sql
      .raw(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")} restart identity cascade`)
      .execute(postgres.db);
    for (const { name, columns } of tables) this.#columns.set(`postgres/${name}`, columns);
    for (const { name, columns } of await findFactTables(clickhouse))
      this.#columns.set(`clickhouse/${name}`, columns);
    this.#prepared = true;
  }

  async #piece(engine: "postgres" | "clickhouse", table: string, lines: Buffer): Promise<void> {
    const key = `${engine}/${table}`;
    const columns = this.#columns.get(key);
    if (columns === undefined) throw new Error(`unknown table ${table}`);
    const tally = this.#tallies.get(key) ?? new Tally();
    this.#tallies.set(key, tally);
    tally.add(lines);
    const { postgres, clickhouse, tell } = this.#deps;
    if (engine === "clickhouse") await clickhouse.insertLines(table, lines);
    else {
      const client = await postgres.pool.connect();
      try {
        const names = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
        await pipeline([lines], client.query(copyFrom(`copy ${quoted(table)} (${names}) from stdin`)));
      } finally {
        client.release();
      }
    }
    tell(table, tally.rows);
  }

  async #file(name: string, bytes: number, body: Body): Promise<void> {
    const path = normalize(name);
    // A name in a tar is not to be trusted: nothing is written outside the folders of cold data and of originals.
    if (!/^(cold|raw)\//.test(path) || path.includes("..")) throw new Error(`unexpected file ${name}`);
    const { cold, dataDir } = this.#deps;
    const place = path.startsWith("cold/") && cold !== null ? cold : coldFiles(dataDir);
    await place.put(path, bytes, body);
  }

  async finish(): Promise<Restored> {
    const manifest = this.#manifest;
    if (this.#header === undefined || manifest === undefined) return cutShort(new Error("manifest.json"));
    let rows = 0;
    let tables = 0;
    for (const engine of ["postgres", "clickhouse"] as const)
      for (const [table, held] of Object.entries(manifest[engine])) {
        const tally = this.#tallies.get(`${engine}/${table}`) ?? new Tally();
        if (tally.rows !== held.rows || tally.sha256() !== held.sha256)
          cutShort(new Error(`${table}: ${tally.rows} of ${held.rows} rows`));
        rows += held.rows;
        tables += 1;
      }
    const { db } = this.#deps.postgres;
    await this.#forgetMissing(db);
    for (const [name, value] of Object.entries(manifest.sequences))
      if (value > 0) await sql`select setval(${name}::regclass, ${value})`.execute(db);
    return { rows, tables, madeAt: this.#header.startedAt, leftOut: await this.#leaveOut() };
  }

  /** Original files that were not in the backup (deleted while it was made, or made by an older version). */
  async #forgetMissing(db: Postgres["db"]): Promise<void> {
    const { rows } = await sql<{ path: string }>`select path from raw_file`.execute(db);
    const missing = rows.filter(({ path }) => !existsSync(join(this.#deps.dataDir, path)));
    await sql`delete from raw_file where path = any(${missing.map(({ path }) => path)}::text[])`.execute(db);
  }

  /** See makeBackup: facts of the moment between the two snapshots whose people are not there. */
  async #leaveOut(): Promise<number> {
    const { postgres, clickhouse } = this.#deps;
    for (let from = 0; ; ) {
      const { rows } = await sql<{ workspace: number; node: number; created: Date }>`
        select workspace_id as workspace, id as node, created_at as created from node
        where id > ${from} order by id limit 100000`.execute(postgres.db);
      if (rows.length === 0) break;
      await clickhouse.insert(
        "node",
        rows.map(({ created, ...row }) => ({
          ...row,
          created: created.toISOString().replace(/[TZ]/g, " ").trim(),
        })),
      );
      from = rows.at(-1)?.node ?? from;
    }
    const unknown = ch`node not in (select node from node)`;
    const [found] = await clickhouse.query<{ rows: number }>(
      ch`select count() as rows from event where ${unknown}`,
    );
    if ((found?.rows ?? 0) === 0) return 0;
    await clickhouse.command(ch`delete from event where ${unknown}`);
    await clickhouse.command(ch`delete from trait where ${unknown}`);
    return found?.rows ?? 0;
  }
}

async function whole(body: Body): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const quoted = (name: string): string =>
  name
    .split(".")
    .map((part) => pg.escapeIdentifier(part))
    .join(".");
