import type { Words } from "@stork/contract/common.ts";
import type { MonthOfData, Policy, Tier } from "@stork/contract/storage.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";

export interface Stores {
  db: Db;
  clickhouse: ClickHouse;
}

/** A table of facts kept by the month in which its rows fall. */
export interface FactTable {
  table: string;
  /** The column by which a row belongs to a month. */
  at: string;
}

/** The questions that each kind of data answers about how it is kept. */
export interface KindOfStorage {
  label: Words;
  /** What it is, and what is lost with it. */
  what: Words;
  tiers: readonly Tier[];
  /** Until a workspace says otherwise. */
  policy: Policy;
  /** The table, where it can be pressed harder or moved into files; null where it can only be deleted. */
  facts: FactTable | null;
  /** Rows and bytes by month, of what is in its table. */
  measure(stores: Stores, workspace: number): Promise<MonthOfData[]>;
  /** Deletes one month (null: all that is over `olderThan`). Answers how many rows are gone. */
  remove(stores: Stores, workspace: number, month: string | null, olderThan: Date): Promise<number>;
}

/** A YYYY-MM of the number 202405 that a partition has. */
export const monthOf = (partition: number | string): string => {
  const text = String(partition);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}`;
};
export const partitionOf = (month: string): number => Number(month.replace("-", ""));
