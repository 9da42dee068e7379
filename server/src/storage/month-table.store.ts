import type { MonthOfData } from "@stork/contract/storage.ts";
import { ch, list, type Statement, str, u32 } from "../platform/clickhouse.ts";
import { type FactTable, type KindOfStorage, monthOf, partitionOf, type Stores } from "./stored-kind.ts";

/** Names of tables and columns are ours, written in kinds/; nothing that came from outside becomes one. */
export const named = (text: string): Statement => ({ text, params: {} });

interface Part {
  month: number;
  rows: number;
  bytes: number;
  pressed: number;
}

/** Measuring and deleting for a table of facts that is partitioned by month. */
export function monthTable({ table, at }: FactTable): Pick<KindOfStorage, "measure" | "remove"> {
  return {
    measure: async ({ clickhouse }, workspace) => {
      const [mine, parts] = await Promise.all([
        clickhouse.query<{ month: number; rows: number }>(ch`
          select toYYYYMM(${named(at)}) as month, count() as rows from ${named(table)}
          where workspace = ${u32(workspace)} group by month order by month`),
        findParts({ clickhouse }, table),
      ]);
      return mine.map(({ month, rows }): MonthOfData => {
        const part = parts.get(month);
        // A month holds the rows of all workspaces: each has its share of the bytes.
        const bytes = part === undefined || part.rows === 0 ? 0 : (part.bytes * rows) / part.rows;
        const tier = part !== undefined && part.pressed > 0.5 ? "warm" : "hot";
        return { month: monthOf(month), tier, rows, bytes: Math.round(bytes) };
      });
    },
    remove: async ({ clickhouse }, workspace, months) => {
      await clickhouse.command(ch`delete from ${named(table)} where workspace = ${u32(workspace)}
        and toYYYYMM(${named(at)}) in ${list("UInt32", months.map(partitionOf))}`);
    },
  };
}

/** Of each month the rows and bytes on disk, and which share of the rows is pressed harder than usual. */
export async function findParts(
  { clickhouse }: Pick<Stores, "clickhouse">,
  table: string,
): Promise<Map<number, Part>> {
  const rows = await clickhouse.query<Part>(ch`
    select toUInt32OrZero(part.partition_id) as month, sum(part.rows) as rows, sum(part.bytes_on_disk) as bytes,
      sumIf(part.rows, part.default_compression_codec like 'ZSTD%') / greatest(sum(part.rows), 1) as pressed
    from system.parts as part
    where part.active and part.database = currentDatabase() and part.table = ${str(table)}
    group by month order by month`);
  return new Map(rows.map((part) => [part.month, part]));
}
