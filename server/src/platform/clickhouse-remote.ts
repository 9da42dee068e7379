import { Readable } from "node:stream";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { Bytes, ClickHouse, Statement } from "./clickhouse.ts";
import { asOne, jsonLines, withSettings } from "./clickhouse-text.ts";
import type { NativeRows } from "./native-block.ts";

/** A ClickHouse server or cluster over HTTP: http(s)://user:password@host:8123/database. */
export function openRemoteClickHouse(url: string): ClickHouse {
  const client = createClient({
    url,
    application: "stork",
    request_timeout: 300_000,
    max_open_connections: 24,
    keep_alive: { enabled: true },
    // What fails is thrown to the caller, who knows what to say of it.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      // The acknowledgement promises committed rows: an insert through a Distributed table waits for the shards.
      distributed_foreground_insert: 1,
      wait_end_of_query: 1,
      // Keeps the connection of a long query alive through proxies.
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: "20000",
    },
  });
  const take = async (table: string, form: string, bytes: Buffer, settings: NativeRows["settings"] = {}) => {
    const { stream } = await client.exec({
      query: `insert into ${table} ${form}`,
      values: Readable.from([bytes], { objectMode: false }),
      clickhouse_settings: settings,
    });
    await drained(stream);
  };
  const insertLines = async (table: string, values: Bytes, columns?: readonly string[]) => {
    const lines = asOne(values);
    if (lines.length === 0) return;
    const form = columns === undefined ? "format JSONEachRow" : `(${columns.join(", ")}) format TabSeparated`;
    await take(table, form, lines);
  };
  const { username, password } = new URL(url);
  const signIn = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    embedded: false,
    ...(username === "" ? {} : { signIn }),
    async query<Row>(statement: Statement, settings?: Record<string, string | number>) {
      const answer = await client.query({
        query: withSettings(statement.text, settings),
        query_params: { ...statement.params },
        format: "JSONEachRow",
      });
      return (await answer.json()) as Row[];
    },
    async *stream<Row>(statement: Statement) {
      const answer = await client.query({
        query: statement.text,
        query_params: { ...statement.params },
        format: "JSONEachRow",
        // Rows must flow while the query runs.
        clickhouse_settings: { wait_end_of_query: 0 },
      });
      for await (const rows of answer.stream()) yield rows.map((row) => row.json()) as Row[];
    },
    async *streamLines(statement: Statement) {
      const { stream } = await client.exec({
        query: `${statement.text} format JSONEachRow`,
        query_params: { ...statement.params },
        clickhouse_settings: { wait_end_of_query: 0 },
      });
      for await (const chunk of stream) yield chunk as Buffer;
    },
    async command(statement) {
      await client.command({ query: statement.text, query_params: { ...statement.params } });
    },
    insert: (table, rows) => insertLines(table, jsonLines(rows)),
    insertLines,
    insertNative: async (table, { rows, columns, pieces, settings }) => {
      if (rows === 0) return;
      await take(table, `(${columns.join(", ")}) format Native`, Buffer.concat(pieces), settings);
    },
    ping: async () => (await client.ping({ select: true })).success,
    close: () => client.close(),
  };
}

/** The connection is free again only when its answer was read to the end. */
async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}
