import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { type Pack, pack } from "tar-stream";
import type { ClickHouse, Statement } from "../../platform/clickhouse.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Postgres } from "../../platform/postgres.ts";
import { type ColdFiles, coldFiles } from "../cold.client.ts";
import { beginBackup, endBackup } from "./backups.store.ts";
import { type Entries, entriesOf } from "./entries.ts";
import { formatVersion, type Header, type Manifest } from "./format.ts";
import { piecesOf, Tally } from "./pieces.ts";
import { findFactTables, findMigrations, findSequences, findStateTables } from "./tables.store.ts";

export interface BackupDeps {
  postgres: Postgres;
  clickhouse: ClickHouse;
  clock: Clock;
  dataDir: string;
  cold: ColdFiles | null;
  version: string;
  /** For how long a reader may take nothing. */
  patienceMs?: number;
}

/** While a backup is read a transaction stands and nothing is cleaned up: one that stalls is let go of. */
const readerPatienceMs = 120_000;

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
  const { postgres, clock, patienceMs = readerPatienceMs } = deps;
  const { db } = postgres;
  const startedAt = clock.now();
  const entries = entriesOf(tar, patienceMs);
  const manifest: Manifest = { postgres: {}, clickhouse: {}, sequences: {}, files: {} };
  let problem: unknown;
  let id: number | undefined;
  try {
    const files = await writeTables(deps, entries, manifest, {
      ...{ startedAt, sealedKey },
      // After the snapshot, so that no backup knows of itself as begun and never ended.
      onSnapshot: async () => {
        id = await beginBackup(db, by, startedAt);
      },
    });
    for (const file of files) await fileInto(deps, entries, file, manifest);
    manifest.sequences = await findSequences(db);
    await entries.add("manifest.json", Buffer.from(JSON.stringify(manifest)));
    tar.finalize();
  } catch (error) {
    problem = error;
    throw error;
  } finally {
    const held = [...Object.values(manifest.postgres), ...Object.values(manifest.clickhouse)];
    if (id !== undefined)
      await endBackup(db, id, {
        at: clock.now(),
        rows: held.reduce((sum, { rows }) => sum + rows, 0),
        bytes: entries.bytes(),
        problem: problem === undefined ? null : failed,
      });
  }
}

/** The tables of both engines as of one moment; answers the files that go along, which are read after it. */
async function writeTables(
  { postgres, clickhouse, version }: BackupDeps,
  entries: Entries,
  manifest: Manifest,
  {
    startedAt,
    sealedKey,
    onSnapshot,
  }: { startedAt: Date; sealedKey: Buffer | null; onSnapshot: () => Promise<void> },
): Promise<KeptFile[]> {
  const { db } = postgres;
  const client = await postgres.pool.connect();
  let facts: Awaited<ReturnType<typeof openFacts>> = [];
  let isWhole = false;
  try {
    const tables = await findStateTables(db);
    await client.query("begin isolation level repeatable read read only");
    // The first question fixes the snapshot.
    await client.query("select 1");
    await onSnapshot();
    facts = await openFacts(clickhouse);
    const header: Header = {
      ...{ format: formatVersion, version, startedAt: startedAt.toISOString() },
      migrations: await findMigrations(db, clickhouse),
    };
    await entries.add("header.json", Buffer.from(JSON.stringify(header)));
    if (sealedKey !== null) await entries.add("master.key.sealed", sealedKey);
    for (const { name, columns } of tables) {
      const rows = client.query(
        copyTo(`copy ${quoted(name)} (${columns.map(quotedName).join(", ")}) to stdout`),
      );
      manifest.postgres[name] = { columns, ...(await pieces(entries, `postgres/${name}`, "copy", rows)) };
    }
    const files = await filesOf(client);
    for (const { name, columns, lines } of facts)
      manifest.clickhouse[name] = {
        columns,
        ...(await pieces(entries, `clickhouse/${name}`, "jsonl", lines)),
      };
    isWhole = true;
    return files;
  } finally {
    // Of a backup that nobody reads on nothing stays open: rows half copied would be waited for without end.
    if (isWhole) await client.query("rollback").catch(() => {});
    client.release(!isWhole);
    await Promise.all(facts.map(({ close }) => close()));
  }
}

const failed = {
  zh: "备份没有做完，文件不能用来恢复。请查看服务日志后重做。",
  en: "The backup was not finished; its file cannot be restored from. See the server's log and make another.",
};

async function pieces({ add }: Entries, folder: string, kind: "copy" | "jsonl", rows: AsyncIterable<Buffer>) {
  const tally = new Tally();
  let number = 0;
  for await (const piece of piecesOf(rows, tally)) {
    number += 1;
    await add(`${folder}/${String(number).padStart(6, "0")}.${kind}.zst`, piece);
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
    close: async () => {
      await rows.return?.();
    },
  }));
}

interface KeptFile {
  file: string;
  /** A month of cold data, without which the backup is nothing; an original of an import may have been deleted since. */
  isCold: boolean;
}

async function filesOf(client: pg.PoolClient): Promise<KeptFile[]> {
  const cold = await client.query<{ file: string }>(
    "select file from storage_archive where state = 'cold' order by id",
  );
  const raw = await client.query<{ file: string }>(
    "select path as file from raw_file order by import_id, number",
  );
  return [
    ...cold.rows.map(({ file }) => ({ file, isCold: true })),
    ...raw.rows.map(({ file }) => ({ file, isCold: false })),
  ];
}

async function fileInto(
  { dataDir, cold }: BackupDeps,
  entries: Entries,
  { file, isCold }: KeptFile,
  manifest: Manifest,
): Promise<void> {
  const place = isCold && cold !== null ? cold : coldFiles(dataDir);
  const opened = await place.open(file).catch((error: NodeJS.ErrnoException) => {
    if (isCold || error.code !== "ENOENT") throw error;
    return null;
  });
  if (opened === null) return;
  await entries.addFile(`files/${file}`, opened.bytes, opened.body);
  manifest.files[file] = opened.bytes;
}

const quotedName = (name: string): string => pg.escapeIdentifier(name);
const quoted = (name: string): string => name.split(".").map(quotedName).join(".");
const backticked = (name: string): string => `\`${name}\``;
