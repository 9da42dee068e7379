import { createHash } from "node:crypto";
import { type ClickHouse, ch, str } from "../platform/clickhouse.ts";

/** Ids are dense, so the map is an array: 8 bytes a node. Beyond this many nodes it needs another layout. */
const mostNodes = 500_000_000;

/**
 * Makes the dictionary person_map, `on` a cluster or '', and loads it. One that stands as it should is kept: making it
 * anew takes the old one from under whoever reads it or makes it too, another server on the same engine.
 */
export async function makePersonMap(
  clickhouse: ClickHouse,
  on: string,
  load: () => Promise<void>,
): Promise<void> {
  const wanted = await definition(clickhouse, on);
  let keep = await stands(clickhouse, wanted.version);
  for (let left = 5; ; left -= 1) {
    try {
      if (!keep) await clickhouse.command({ text: wanted.text, params: {} });
      return await load();
    } catch (error) {
      if (left === 0) throw error;
      // One that stood may hold a password of before; one just made may be another server's by now.
      keep = !keep && (await stands(clickhouse, wanted.version));
    }
  }
}

/** The statement, and what tells it from others: a hash of its words but for the password. */
async function definition(clickhouse: ClickHouse, on: string): Promise<{ text: string; version: string }> {
  const [place] = await clickhouse.query<{ name: string }>(ch`select currentDatabase() as name`);
  const query = `select node, person from ${quotedName(place?.name ?? "default")}.person_of final`;
  const written = (credentials: string) => `person_map${on} (node UInt64, person UInt64) primary key node
    source(clickhouse(${credentials}query ${quoted(query)}))
    layout(flat(initial_array_size 1024 max_array_size ${mostNodes})) lifetime(0)`;
  // The engine's own loader signs in as we do; the embedded engine asks for nothing.
  const { signIn } = clickhouse;
  const user = signIn === undefined ? "" : `user ${quoted(signIn.user)} `;
  const password = signIn === undefined ? "" : `password ${quoted(signIn.password)} `;
  const version = createHash("sha256").update(written(user)).digest("hex");
  return {
    text: `create or replace dictionary ${written(user + password)} comment ${quoted(version)}`,
    version,
  };
}

async function stands(clickhouse: ClickHouse, version: string): Promise<boolean> {
  const found = await clickhouse.query(
    ch`select 1 from system.tables
      where database = currentDatabase() and name = 'person_map' and comment = ${str(version)}`,
  );
  return found.length > 0;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
export const quotedName = (name: string): string =>
  `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
