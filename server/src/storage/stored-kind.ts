import type { Words } from "@stork/contract/common.ts";
import type { MonthOfData, Policy, Tier } from "@stork/contract/storage.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";

export interface Stores {
  db: Db;
  clickhouse: ClickHouse;
  /** Removes kept files of imports, by their paths under the data folder. */
  removeRawFiles?(paths: readonly string[]): Promise<void>;
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
  /** Deletes these months from its table, in one go: the engine takes seconds for each deletion, however small. */
  remove(stores: Stores, workspace: number, months: readonly string[]): Promise<void>;
}

/** A YYYY-MM of the number 202405 that a partition has. */
export const monthOf = (partition: number | string): string => {
  const text = String(partition);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}`;
};
/** The instant at which the newest of these months is over. */
export const endOf = (months: readonly string[]): Date => {
  const [year = 1970, month = 1] = (months.toSorted().at(-1) ?? "").split("-").map(Number);
  return new Date(Date.UTC(year, month, 1));
};
export const partitionOf = (month: string): number => Number(month.replace("-", ""));
