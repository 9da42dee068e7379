import { type Chance, chanceOf, yes } from "../chance.ts";
import { cellOf } from "./cells.ts";
import type { ExportRow } from "./columns.ts";
import { dirtRates } from "./dirt.ts";
import type { ExportFile } from "./plan.ts";
import { paidFenAt, refundFenAt, type ShopOrder, statusAt } from "./shop-order.ts";

/** Between cells while rows wait to be put in order; no cell holds one. */
export const cellEnd = "\u001f";
export const rowEnd = "\n";

/** The rows of an order in one file, each ended; now and then a row stands there twice. */
export function rowsOf(order: ShopOrder, file: ExportFile, dirt: Chance | null): string {
  const { kind, form, exportedAt: at } = file;
  const row = {
    order,
    at,
    status: statusAt(order, at),
    paidFen: paidFenAt(order, at),
    refundFen: refundFenAt(order, at),
  };
  const items = kind.per === "order" ? order.items.slice(0, 1) : order.items;
  let text = "";
  for (const [i, item] of items.entries()) {
    const full: ExportRow = { ...row, item, isFirst: i === 0 };
    const cells = file.columns.map((column) => cellOf(column.of(full), column.kind, kind, form, dirt));
    const line = cells.join(cellEnd) + rowEnd;
    text += dirt && yes(dirt, dirtRates.twice) ? line + line : line;
  }
  return text;
}

/** The chance of an order's dirt in one file: the same whoever writes it. */
export const dirtOf = (seed: number, order: ShopOrder, file: ExportFile): Chance =>
  chanceOf(seed, "cells", order.id, file.index);
