import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { exportedLines } from "../export.ts";
import type { TownSettings } from "../settings.ts";
import { type Family, familyAt } from "../town.ts";
import { childLines, familyTruth, orderLines, truthFiles } from "../truth.ts";
import { Appender } from "./appender.client.ts";
import { type Chunks, type Slices, Spill, sortedSlice, writeAll } from "./spill.client.ts";

/** A run of families written by one thread into files of its own. */
export type PartJob = {
  readonly kind: "part";
  readonly settings: TownSettings;
  readonly from: number;
  readonly to: number;
  readonly dir: string;
  readonly slices: Slices;
};
export type Part = {
  readonly dir: string;
  readonly messages: Chunks[];
  readonly orders: Chunks[];
  readonly messageCount: number;
  readonly orderCount: number;
};
/** Puts slices in order and writes them at their places in the final file. */
export type SortJob = {
  readonly kind: "sort";
  readonly target: string;
  readonly slices: readonly { readonly offset: number; readonly parts: { path: string; chunks: Chunks }[] }[];
};

const spillBytes = 24 * 2 ** 20;

function refundedOrders(family: Family): Set<unknown> {
  const refunds = family.messages.filter(({ event }) => event === "Order Refunded");
  return new Set(refunds.map(({ properties }) => properties?.["order_id"]));
}

/** Writes are synchronous: the thread cannot run ahead of its disk, so nothing piles up in memory. */
export function* writePart({ settings, from, to, dir, slices }: PartJob): Generator<number, Part, undefined> {
  const bufferBytes = Math.min(65_536, Math.max(4_096, Math.floor(spillBytes / slices.count)));
  const messages = new Spill(join(dir, "messages"), slices, bufferBytes);
  const orders = new Spill(join(dir, "orders"), slices, Math.max(4_096, bufferBytes >> 2));
  const [people, children, lines, identities] = truthFiles.map((name) => new Appender(join(dir, name))) as [
    Appender,
    Appender,
    Appender,
    Appender,
  ];
  let messageCount = 0;
  let orderCount = 0;
  for (let index = from; index < to; index++) {
    const family = familyAt(settings, index);
    for (const message of family.messages)
      messages.add(Date.parse(message.timestamp), `${JSON.stringify(message)}\n`);
    const refunded = refundedOrders(family);
    for (const order of family.shopping.orders) {
      orders.add(order.at, exportedLines(order, family.household, refunded.has(order.id)));
    }
    people.add(`${JSON.stringify(familyTruth(family))}\n`);
    children.add(childLines(family));
    lines.add(orderLines(family));
    for (const use of family.uses) identities.add(`${JSON.stringify(use)}\n`);
    messageCount += family.messages.length;
    orderCount += family.shopping.orders.length;
    if ((index - from) % 500 === 499) yield 500;
  }
  for (const file of [people, children, lines, identities]) file.close();
  return { dir, messages: messages.close(), orders: orders.close(), messageCount, orderCount };
}

export function sortSlices({ target, slices }: SortJob): void {
  const file = openSync(target, "r+");
  for (const { offset, parts } of slices) writeAll(file, sortedSlice(parts), offset);
  closeSync(file);
}
