import { ch, u32 } from "../platform/clickhouse.ts";
import { findParts, named } from "./month-table.store.ts";
import { type FactTable, partitionOf, type Stores } from "./stored-kind.ts";

/** Level 9: about a quarter of the bytes of the engine's usual codec on events, and as quick to read. */
const codec = "ZSTD(9)";

/**
 * Presses one month of a table harder, for all workspaces that have rows in it: the table's codec is changed, the one
 * partition written anew, and the codec put back, so that inserts pay nothing for it but in that moment. (A TTL rule would
 * do the same, but waits for the engine's background work: seconds a month.) Answers the bytes before and after.
 */
export async function pressMonth(
  stores: Stores,
  { table }: FactTable,
  month: string,
): Promise<{ before: number; after: number }> {
  const { clickhouse } = stores;
  const partition = partitionOf(month);
  const before = (await findParts(stores, table)).get(partition)?.bytes ?? 0;
  const change = (text: string) => clickhouse.command(named(`alter table ${table} ${text}`));
  await change(`modify setting default_compression_codec = '${codec}'`);
  try {
    await clickhouse.command(
      ch`optimize table ${named(table)} partition ${u32(partition)} final settings optimize_skip_merged_partitions = 0`,
    );
  } finally {
    await change("reset setting default_compression_codec");
  }
  const after = (await findParts(stores, table)).get(partition)?.bytes ?? 0;
  return { before, after };
}

/** The workspaces that have rows in a month, by their ids. */
export async function workspacesIn(
  { clickhouse }: Pick<Stores, "clickhouse">,
  { table, at }: FactTable,
  month: string,
): Promise<number[]> {
  const rows = await clickhouse.query<{ workspace: number }>(ch`
    select distinct workspace from ${named(table)}
    where toYYYYMM(${named(at)}) = ${u32(partitionOf(month))} order by workspace`);
  return rows.map(({ workspace }) => workspace);
}
