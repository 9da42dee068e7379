import type { Household } from "../household.ts";
import type { ShopsSettings } from "./plan.ts";
import type { ShopOrder } from "./shop-order.ts";

/** One list that a system of the brand's own, or an advertising platform, exports whole. */
export type BrandFile = {
  /** Under shops/, without its ending. */
  readonly path: string;
  readonly format: "csv" | "xlsx";
  readonly encoding: "gbk" | "utf-8" | "utf-8-bom";
  /** A line over the whole width before the header. */
  readonly title: string | null;
  readonly columns: readonly string[];
  /** Rows that come of a family, each with its moment, which they are put in order by. */
  readonly ofFamily?: (of: FamilySales) => readonly BrandRow[];
  /** Rows that come of the calendar, in order of time. */
  readonly ofCalendar?: (settings: ShopsSettings) => Iterable<readonly Cell[]>;
};

export type Cell = string | number;
export type BrandRow = { readonly at: number; readonly cells: readonly Cell[] };

/** A family with what it ordered in the months of the export. */
export type FamilySales = {
  readonly seed: number;
  readonly dirt: boolean;
  readonly household: Household;
  readonly orders: readonly ShopOrder[];
  /** The exports' last moment. */
  readonly until: number;
};
