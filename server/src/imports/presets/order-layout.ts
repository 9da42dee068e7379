import type { OrderStatus } from "@stork/contract/records.ts";
import type { Row, Target } from "../preset.ts";

/** What is particular to a platform's report of orders; the rest is read alike by the targets' ids. */
export interface OrderReport {
  id: string;
  label: { zh: string; en: string };
  /** tmall, jd …: the orders' platform, and the namespace of its members. */
  platform: string | ((row: Row) => string);
  /** Where `member` names an account: member:tmall. null: nothing in the report is an account's name. */
  member: string | null | ((row: Row) => string);
  /** Which part of an order the report states; "lines" for one that is joined to another report by the order's number. */
  part?: "lines";
  /** Whether a row's `amount` is the whole order's or its own line's. */
  amounts: "order" | "line";
  targets: readonly Target[];
  /** Words of its status that the general list reads otherwise, or not at all. */
  statuses?: Readonly<Record<string, OrderStatus | "closed">>;
  /** Where a price and a number of pieces are all that is said of an order's amount. */
  needsPayment?: boolean;
}
