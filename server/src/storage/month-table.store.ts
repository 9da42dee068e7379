import type { MonthOfData } from "@stork/contract/storage.ts";
import { ch, type Statement, str, u32 } from "../platform/clickhouse.ts";
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
    remove: async ({ clickhouse }, workspace, month) => {
      if (month === null) return 0;
      const which = ch`workspace = ${u32(workspace)} and toYYYYMM(${named(at)}) = ${u32(partitionOf(month))}`;
      const [before] = await clickhouse.query<{ rows: number }>(
        ch`select count() as rows from ${named(table)} where ${which}`,
      );
      await clickhouse.command(ch`delete from ${named(table)} where ${which}`);
      return before?.rows ?? 0;
    },
  };
}

/** Of each month the rows and bytes on disk, and which share of the rows is pressed harder than usual. */
export async function findParts(
  { clickhouse }: Pick<Stores, "clickhouse">,
  table: string,
): Promise<Map<number, Part>> {
  const rows = await clickhouse.query<Part>(ch`
    select toUInt32OrZero(partition_id) as month, sum(rows) as rows, sum(bytes_on_disk) as bytes,
      sumIf(rows, default_compression_codec like 'ZSTD%') / greatest(sum(rows), 1) as pressed
    from system.parts where active and database = currentDatabase() and table = ${str(table)}
    group by month order by month`);
  return new Map(rows.map((part) => [part.month, part]));
}
