import { createRequire } from "node:module";
import type { ClickHouse, Statement } from "./clickhouse.ts";
import { jsonLines, withSettings } from "./clickhouse-text.ts";

// chdb is CommonJS: its types name the exports, Node's import of it does not.
const require = createRequire(import.meta.url);
const { createChdbConnection } = require("chdb/connection") as typeof import("chdb/connection");
const { Session } = require("chdb") as typeof import("chdb");

/** The engine inside this process, on a directory that no other process may hold at the same time. */
export async function openEmbeddedClickHouse(path: string): Promise<ClickHouse> {
  const { createClient } = await import("@clickhouse/client");
  const connection = createChdbConnection({ path });
  const client = createClient({ connection: connection as never });
  const insertLines = async (table: string, lines: Buffer) => {
    // The engine's own parser reads the bytes; going through the client would build one string of them first.
    if (lines.length > 0) await connection.chdb.rawInsert({ table, format: "JSONEachRow", values: lines });
  };
  let closing: Promise<void> | undefined;
  return {
    async query<Row>(statement: Statement, settings?: Record<string, string | number>) {
      const answer = await client.query({
        query: withSettings(statement.text, settings),
        query_params: statement.params,
        format: "JSONEachRow",
      });
      return (await answer.json()) as Row[];
    },
    async *stream<Row>(statement: Statement) {
      // A session has one stream at a time, so each stream gets its own; they share the engine.
      const session = new Session(path);
      try {
        const options = { format: "JSONEachRow" as const };
        yield* rowsOf<Row>(session.queryStreamBind(statement.text, statement.params, options));
      } finally {
        session.close();
      }
    },
    async command(statement) {
      await client.command({ query: statement.text, query_params: statement.params });
    },
    insert: (table, rows) => insertLines(table, jsonLines(rows)),
    insertLines,
    ping: async () => (await client.ping()).success,
    close: () => {
      closing ??= client.close();
      return closing;
    },
  };
}

/** Rows in the chunks they arrive in. */
async function* rowsOf<Row>(stream: AsyncIterable<{ text(): string }>): AsyncIterable<Row[]> {
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + chunk.text()).split("\n");
    rest = lines.pop() ?? "";
    const rows = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
    if (rows.length > 0) yield rows;
  }
  if (rest !== "") yield [JSON.parse(rest) as Row];
}
