import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type Pack, pack } from "tar-stream";
import type { ClickHouse, Statement } from "../../platform/clickhouse.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Postgres } from "../../platform/postgres.ts";
import { beginBackup, endBackup } from "./backups.store.ts";
import { formatVersion, type Header, type Manifest } from "./format.ts";
import { piecesOf, Tally } from "./pieces.ts";
import { findFactTables, findMigrations, findSequences, findStateTables } from "./tables.store.ts";

export interface BackupDeps {
  postgres: Postgres;
  clickhouse: ClickHouse;
  clock: Clock;
  dataDir: string;
  version: string;
}

/**
 * Both engines as they were at one moment, while they go on. PostgreSQL's snapshot is taken first, and the questions to
 * ClickHouse are all opened just after, each of which sees its table as it is then however long it is read. So the facts
 * are never older than what PostgreSQL says of them: an import's progress never runs ahead of its rows. Facts that came
 * between the two may speak of nodes that PostgreSQL's side does not know yet; restoring leaves those out.
 */
export function makeBackup(deps: BackupDeps, by: string, sealedKey: Buffer | null): Pack {
  const tar = pack();
  void write(deps, tar, by, sealedKey).catch((error: Error) => tar.destroy(error));
  return tar;
}

async function write(deps: BackupDeps, tar: Pack, by: string, sealedKey: Buffer | null): Promise<void> {
  const { postgres, clickhouse, clock } = deps;
  const { db } = postgres;
  const startedAt = clock.now();
  const entry = entriesOf(tar);
  const manifest: Manifest = { postgres: {}, clickhouse: {}, sequences: {}, files: {} };
  let problem: unknown;
  let id: number | undefined;
  const client = await postgres.pool.connect();
  try {
    const tables = await findStateTables(db);
    await client.query("begin isolation level repeatable read read only");
    // The first question fixes the snapshot.
    await client.query("select 1");
    id = await beginBackup(db, by, startedAt);
    const facts = await openFacts(clickhouse);
    const header: Header = {
      ...{ format: formatVersion, version: deps.version, startedAt: startedAt.toISOString() },
      migrations: await findMigrations(db, clickhouse),
    };
    await entry("header.json", Buffer.from(JSON.stringify(header)));
    if (sealedKey !== null) await entry("master.key.sealed", sealedKey);
    for (const { name, columns } of tables) {
      const rows = client.query(
        copyTo(`copy ${quoted(name)} (${columns.map(quotedName).join(", ")}) to stdout`),
      );
      manifest.postgres[name] = { columns, ...(await pieces(entry, `postgres/${name}`, "copy", rows)) };
    }
    for (const { name, columns, lines } of facts)
      manifest.clickhouse[name] = { columns, ...(await pieces(entry, `clickhouse/${name}`, "jsonl", lines)) };
    for (const file of await coldFilesOf(client))
      manifest.files[file] = await fileInto(tar, deps.dataDir, file);
    manifest.sequences = await findSequences(db);
    await entry("manifest.json", Buffer.from(JSON.stringify(manifest)));
    tar.finalize();
  } catch (error) {
    problem = error;
    throw error;
  } finally {
    await client.query("rollback").catch(() => {});
    client.release();
    const held = [...Object.values(manifest.postgres), ...Object.values(manifest.clickhouse)];
    if (id !== undefined)
      await endBackup(db, id, {
        at: clock.now(),
        rows: held.reduce((sum, { rows }) => sum + rows, 0),
        bytes: entry.bytes(),
        problem: problem === undefined ? null : failed,
      });
  }
}

const failed = {
  zh: "备份没有做完，文件不能用来恢复。请查看服务日志后重做。",
  en: "The backup was not finished; its file cannot be restored from. See the server's log and make another.",
};

type Entry = ((name: string, body: Buffer) => Promise<void>) & { bytes(): number };

function entriesOf(tar: Pack): Entry {
  let bytes = 0;
  const entry = (name: string, body: Buffer) =>
    new Promise<void>((resolve, reject) => {
      bytes += body.length;
      tar.once("error", reject);
      tar.entry({ name, mode: 0o600 }, body, (error) => {
        tar.off("error", reject);
        // The reader is slower than we are: wait until it wants more.
        if (error) reject(error);
        else resolve();
      });
    });
  return Object.assign(entry, { bytes: () => bytes });
}

async function pieces(entry: Entry, folder: string, kind: "copy" | "jsonl", rows: AsyncIterable<Buffer>) {
  const tally = new Tally();
  let number = 0;
  for await (const piece of piecesOf(rows, tally)) {
    number += 1;
    await entry(`${folder}/${String(number).padStart(6, "0")}.${kind}.zst`, piece);
  }
  return { rows: tally.rows, sha256: tally.sha256() };
}

/** Opens a stream on every table at once, so that all see the same moment; what is read of each waits for its turn. */
async function openFacts(clickhouse: ClickHouse) {
  const tables = await findFactTables(clickhouse);
  const opened = tables.map(({ name, columns }) => {
    const statement: Statement = {
      text: `select ${columns.map(backticked).join(", ")} from ${name}`,
      params: {},
    };
    const rows = clickhouse.streamLines(statement)[Symbol.asyncIterator]();
    return { name, columns, rows, first: rows.next() };
  });
  await Promise.all(opened.map(({ first }) => first));
  return opened.map(({ name, columns, rows, first }) => ({
    name,
    columns,
    lines: (async function* () {
      for (let chunk = await first; chunk.done !== true; chunk = await rows.next()) yield chunk.value;
    })(),
  }));
}

async function coldFilesOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ file: string }>(
    "select file from storage_archive where state = 'cold' order by id",
  );
  return rows.map(({ file }) => file);
}

async function fileInto(tar: Pack, dataDir: string, file: string): Promise<number> {
  const path = join(dataDir, file);
  const { size } = await stat(path);
  await new Promise<void>((resolve, reject) => {
    const into = tar.entry({ name: `files/${file}`, size, mode: 0o600 }, (error) =>
      error ? reject(error) : resolve(),
    );
    createReadStream(path).on("error", reject).pipe(into);
  });
  return size;
}

const quotedName = (name: string): string => pg.escapeIdentifier(name);
const quoted = (name: string): string => name.split(".").map(quotedName).join(".");
const backticked = (name: string): string => `\`${name}\``;
