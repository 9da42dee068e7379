import type { OrderItem, OrderStatus, PlatformId, ShopOrder } from "./shop-order.ts";

/**
 * What a cell is, so that it is written in its platform's form and gets the dirt of its kind. `money` is given in fen,
 * `time` in milliseconds since 1970, `serial` is a number that programs like to break (an order's, a product's).
 */
export type CellKind = "plain" | "serial" | "money" | "time" | "count" | "phone" | "name" | "place" | "title";

/** One row of an export being written: an article of an order as it stood at a moment. */
export type ExportRow = {
  readonly order: ShopOrder;
  readonly item: OrderItem;
  readonly isFirst: boolean;
  readonly at: number;
  readonly status: OrderStatus;
  readonly paidFen: number;
  readonly refundFen: number;
};

export type Column = {
  readonly name: string;
  readonly kind: CellKind;
  readonly of: (row: ExportRow) => string | number | null;
};

export const column = (
  name: string,
  kind: CellKind,
  of: (row: ExportRow) => string | number | null,
): Column => ({ name, kind, of });

/** A column that the platform has and that says nothing here. */
export const empty = (name: string): Column => column(name, "plain", () => "");
export const zero = (name: string): Column => column(name, "money", () => 0);
export const always = (name: string, text: string): Column => column(name, "plain", () => text);

/** One kind of file that a platform exports. */
export type FileKind = {
  readonly id: string;
  readonly format: "csv" | "xlsx";
  readonly encoding: "gbk" | "utf-8" | "utf-8-bom";
  readonly lineEnd: "\n" | "\r\n";
  /** One row for each order, or one for each article. */
  readonly per: "order" | "article";
  readonly columns: readonly Column[];
  /** What the platform exported before it changed its report at the turn of 2026. */
  readonly older?: readonly Column[];
  /** How it writes numbers that a spreadsheet would spoil. */
  readonly serial: "plain" | "formula" | "tab-before" | "tab-after";
  readonly dates: "dashes" | "slashes";
  /** Rows before the header, merged over the whole width. */
  readonly title: boolean;
  /** Whether a row of sums ends the file. */
  readonly total: boolean;
  /** Without its ending, e.g. ExportOrderList202601021003. */
  readonly name: (exported: string) => string;
};

export type Platform = {
  readonly id: PlatformId;
  readonly shop: string;
  readonly kinds: readonly FileKind[];
  readonly status: Readonly<Record<OrderStatus, string>>;
  /** One order is one article here, so that a basket becomes several orders. */
  readonly singleArticle: boolean;
  readonly namespace: string | null;
};
