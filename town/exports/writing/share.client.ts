import { join } from "node:path";
import { Appender } from "../../writing/appender.client.ts";
import { type Chunks, type Slices, Spill } from "../../writing/spill.client.ts";
import type { FamilySales } from "../brand-file.ts";
import { brandFiles } from "../brand-files.ts";
import { familyOrders } from "../family-orders.ts";
import { type ExportFile, planOf, type ShopsSettings } from "../plan.ts";
import { cellEnd, dirtOf, rowEnd, rowsOf } from "../rows.ts";
import type { ShopOrder } from "../shop-order.ts";
import { identityTruth, orderTruth } from "../truth.ts";

/** A run of families whose rows one thread puts aside by file. */
export type ShareJob = {
  readonly kind: "share";
  readonly settings: ShopsSettings;
  readonly from: number;
  readonly to: number;
  readonly dir: string;
};
export type Share = {
  readonly dir: string;
  readonly chunks: Chunks[];
  readonly orders: number;
  readonly rows: number;
  readonly repeated: number;
};

export const truthNames = ["orders.jsonl", "identities.jsonl"] as const;

/** A slice is a file: its number stands above the moment, which keeps rows of one file in order of time. */
const span = 2 ** 33;
const slicesOf = (files: readonly ExportFile[]): Slices => ({
  fromMs: 0,
  spanMs: span,
  count: files.length + brandFiles.length,
});

const inside =
  (order: ShopOrder) =>
  (file: ExportFile): boolean =>
    file.platform.id === order.platform && order.placedAt >= file.from && order.placedAt < file.to;

const countRows = (text: string): number => text.split("\n").length - 1;

/** Lists are put aside after the shops' files. Moments are counted from before anybody joined. */
function addLists(spill: Spill, files: readonly ExportFile[], of: FamilySales): void {
  for (const [i, file] of brandFiles.entries()) {
    for (const { at, cells } of file.ofFamily?.(of) ?? [])
      spill.add(
        (files.length + i) * span + Math.floor((at - of.until) / 1000) + span / 2,
        cells.join(cellEnd) + rowEnd,
      );
  }
}

/** Writes are synchronous: the thread cannot run ahead of its disk, so nothing piles up in memory. */
export function* writeShare({ settings, from, to, dir }: ShareJob): Generator<number, Share, undefined> {
  const files = planOf(settings);
  const byPlatform = Map.groupBy(files, ({ platform }) => platform.id);
  const buffer = Math.min(65_536, Math.max(4_096, Math.floor((24 * 2 ** 20) / files.length)));
  const spill = new Spill(join(dir, "rows"), slicesOf(files), buffer);
  const [orderLines, identities] = truthNames.map((name) => new Appender(join(dir, name))) as [
    Appender,
    Appender,
  ];
  const counts = { orders: 0, rows: 0, repeated: 0 };
  const until = Math.max(...files.map(({ to }) => to));
  for (let index = from; index < to; index++) {
    const { household, orders } = familyOrders(settings, index);
    const exported: ShopOrder[] = [];
    for (const order of orders) {
      const holding = (byPlatform.get(order.platform) ?? []).filter(inside(order));
      if (holding.length === 0) continue;
      exported.push(order);
      counts.orders += 1;
      orderLines.add(`${JSON.stringify(orderTruth(order, holding))}\n`);
      const seen = new Set<string>();
      for (const file of holding) {
        const text = rowsOf(order, file, settings.dirt ? dirtOf(settings.seed, order, file) : null);
        spill.add(file.index * span + (order.placedAt - file.from), text);
        const rows = countRows(text);
        const needed = seen.has(file.kind.id) ? 0 : file.kind.per === "order" ? 1 : order.items.length;
        seen.add(file.kind.id);
        counts.rows += rows;
        counts.repeated += rows - needed;
      }
    }
    const sales: FamilySales = {
      seed: settings.seed,
      dirt: settings.dirt,
      household,
      orders: exported,
      until,
    };
    identities.add(identityTruth(sales));
    addLists(spill, files, sales);
    if ((index - from) % 500 === 499) yield 500;
  }
  orderLines.close();
  identities.close();
  return { dir, chunks: spill.close(), ...counts };
}
