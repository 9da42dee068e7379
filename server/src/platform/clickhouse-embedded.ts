import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@clickhouse/client";
import type { Bytes, ClickHouse, Statement } from "./clickhouse.ts";
import { asOne, jsonLines, withSettings } from "./clickhouse-text.ts";
import { canBeInsertedFrom, InsertFiles } from "./insert-file.ts";
import { createLane, type Lane } from "./lane.ts";
import type { NativeRows } from "./native-block.ts";
import { letGoOfInput } from "./standard-input.ts";
import { within } from "./within.ts";

// chdb is CommonJS: its types name the exports, Node's import of it does not.
const require = createRequire(import.meta.url);
const { createChdbConnection } = require("chdb/connection") as typeof import("chdb/connection");
const { Session } = require("chdb") as typeof import("chdb");

type Connection = ReturnType<typeof createChdbConnection>;
type Client = ReturnType<typeof createClient>;

/**
 * How many statements of a kind run side by side. A session does one thing at a time, so each kind has sessions of its
 * own: what is being committed never waits for a question, nor a question for a long rewrite.
 */
const sessions = { lines: 2, commands: 2, queries: 4 };

/** How the engine is set where it shares a machine with everything else; why: docs/decisions/0015. */
const settingsFile = join(import.meta.dirname, "clickhouse-embedded.xml");

/** Handing a small insert's bytes from thread to thread costs more than reading them in one. */
const largeInsert = 16 * 1024 * 1024;
const oneThread = { max_threads: 1, max_insert_threads: 1, input_format_parallel_parsing: 0 };
/** From this size on the way through a file is the cheaper one. */
const fileInsert = 1024 * 1024;

/** Where bytes are taken in, and files for those that are many. */
interface Desk {
  connection: Connection;
  files: InsertFiles;
}

async function insert(
  { connection, files }: Desk,
  table: string,
  pieces: readonly Buffer[],
  columns: readonly string[] | undefined,
): Promise<void> {
  const length = lengthOf(pieces);
  if (length === 0) return;
  // The engine's own parser reads the bytes; going through the client would build one string of them first.
  const settings = length < largeInsert ? oneThread : {};
  if (columns === undefined) {
    const values = asOne(pieces);
    await connection.chdb.rawInsert({ table, values, format: "JSONEachRow", settings });
  } else if (length < fileInsert) {
    await connection.chdb.rawInsert({
      ...{ table, values: asOne(pieces), settings },
      format: "TabSeparated",
      columns: [...columns],
    });
  } else {
    const how = { table, columns, format: "TabSeparated", settings: {} };
    await insertFromFile({ connection, files }, how, pieces);
  }
}

const lengthOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, piece) => sum + piece.length, 0);

interface FromFile extends Pick<NativeRows, "columns" | "settings"> {
  table: string;
  format: string;
}

async function insertFromFile(
  { connection, files }: Desk,
  { table, columns, format, settings }: FromFile,
  pieces: readonly Uint8Array[],
): Promise<void> {
  const all = { ...(lengthOf(pieces) < largeInsert ? oneThread : {}), ...settings };
  await files.holding(table, pieces, (path) => {
    const from = `insert into ${table} (${columns.join(", ")}) from infile '${path}'`;
    return connection.chdb.queryAsync(`${withSettings(from, all)} format ${format}`);
  });
}

/** The engine inside this process, on a directory that no other process may hold at the same time. */
export async function openEmbeddedClickHouse(path: string): Promise<ClickHouse> {
  // With each insert it looks for more rows in the standard input: what is there fails the insert, and of two inserts that
  // look at once one may wait for ever at a pipe that says nothing.
  letGoOfInput();
  // Whoever opens the folder first says how the engine is set, for all others.
  const first = new Session(path, { connectionArgs: [`--config-file=${settingsFile}`] });
  const control = createChdbConnection({ path });
  const connections: Connection[] = [control];
  const open = (): Connection => {
    const connection = createChdbConnection({ path });
    connections.push(connection);
    return connection;
  };
  const clients = (count: number): Client[] =>
    Array.from({ length: count }, () => createClient({ connection: open() as never }));
  const folder = canBeInsertedFrom(path) ? path : mkdtempSync(join(tmpdir(), "stork-insert-"));
  const files = await InsertFiles.in(folder);
  const desks = Array.from({ length: sessions.lines }, (): Desk => ({ connection: open(), files }));
  const lines = createLane(desks);
  const commands = createLane(clients(sessions.commands));
  const queries = createLane(clients(sessions.queries));
  const streams = createCount();

  const insertLines = (table: string, values: Bytes, columns?: readonly string[]) =>
    lines.use((desk) => insert(desk, table, Buffer.isBuffer(values) ? [values] : values, columns));
  const texts = async function* (statement: Statement): AsyncGenerator<string> {
    const session = new Session(path);
    streams.add(1);
    try {
      const options = { format: "JSONEachRow" as const };
      for await (const chunk of session.queryStreamBind(statement.text, statement.params, options))
        yield chunk.text();
    } finally {
      session.close();
      streams.add(-1);
    }
  };
  let closing: Promise<void> | undefined;
  return {
    embedded: true,
    query: <Row>(statement: Statement, settings?: Record<string, string | number>) =>
      queries.use(async (client) => {
        const answer = await client.query({
          query: withSettings(statement.text, settings),
          query_params: statement.params,
          format: "JSONEachRow",
        });
        return (await answer.json()) as Row[];
      }),
    stream: <Row>(statement: Statement) => rowsOf<Row>(texts(statement)),
    async *streamLines(statement: Statement) {
      for await (const text of texts(statement)) yield Buffer.from(text);
    },
    command: (statement) =>
      commands.use(async (client) => {
        await client.command({ query: statement.text, query_params: statement.params });
      }),
    insert: (table, rows) => insertLines(table, jsonLines(rows)),
    insertLines,
    insertNative: async (table, { rows, columns, pieces, settings }) => {
      const how = { table, columns, format: "Native", settings };
      if (rows > 0) await lines.use((desk) => insertFromFile(desk, how, pieces));
    },
    ping: async () => (await control.ping({ select: true })).success,
    close: () => {
      closing ??= closeAll(connections, control, { lines, commands, queries, streams }).then(async () => {
        first.close();
        await files.close();
        if (folder !== path) await rm(folder, { recursive: true, force: true });
      });
      return closing;
    },
  };
}

interface Running {
  lines: Lane<Desk>;
  commands: Lane<Client>;
  queries: Lane<Client>;
  streams: Count;
}

/** How long a close waits for what still writes, in tries of a tenth of a second. */
const patience = { questionsFirst: 12, tries: 600 };

/**
 * Questions are called off; what writes is waited for. A session closed in the middle of a statement, or a process that
 * ends in one, would wait for the statement's end, however long that is.
 */
async function closeAll(connections: Connection[], control: Connection, running: Running): Promise<void> {
  const { lines, commands, queries, streams } = running;
  const quiet = () => Promise.all([lines.idle(), commands.idle(), queries.idle(), streams.none()]);
  for (
    let tries = 0;
    tries < patience.tries && !(await within(tries === 0 ? 300 : 100, quiet()));
    tries += 1
  ) {
    const which =
      tries < patience.questionsFirst
        ? "match(query, '(?i)^\\\\s*(select|with)')"
        : "query not ilike 'kill%'";
    // Some statements, a new table among them, cannot be called off: they end when they have ended.
    await control.chdb.queryAsync(`kill query where ${which} async`).catch(() => {});
  }
  if (!(await within(0, quiet()))) throw new Error("a statement of the embedded engine did not end");
  await Promise.all(connections.map((connection) => connection.close()));
}

interface Count {
  add(change: 1 | -1): void;
  count(): number;
  none(): Promise<void>;
}

function createCount(): Count {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    add(change) {
      count += change;
      if (count > 0) return;
      for (const done of waiting) done();
      waiting = [];
    },
    count: () => count,
    none: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}

/** Rows in the chunks they arrive in. */
async function* rowsOf<Row>(stream: AsyncIterable<string>): AsyncIterable<Row[]> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    const rows = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
    if (rows.length > 0) yield rows;
  }
  if (rest !== "") yield [JSON.parse(rest) as Row];
}
