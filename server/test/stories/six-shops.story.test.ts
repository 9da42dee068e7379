import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Import } from "@stork/contract/imports.ts";
import { type Score, scoreOrders, type TrueOrder } from "@stork/town/score.ts";
import { writeShops } from "@stork/town/shops.client.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ask,
  type Brought,
  bringShops,
  type Desk,
  onlineShops,
  readLines,
} from "../../../bench/six-shops/bringing.ts";
import { ordersOf, personsOf } from "../../../bench/six-shops/orders-read.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/**
 * An agency brings what its six shops exported in a quarter: each platform's own files, months that overlap, rows said
 * twice, orders that changed since, other programs' dates, amounts in fen, garbled names, test and brush orders. Every
 * order is held against what it truly was. `bench six-shops` does the same at a larger scale.
 */
const settings = { seed: 7, families: 300, until: "2026-07-01", months: 2, dirt: true };
let app: WholeApp;
let desk: Desk;
let folder = "";
let brought: Brought;
let truth: TrueOrder[];
let score: Score;
let buyers: Score;

beforeAll(async () => {
  app = await wholeApp({ now: "2026-07-08T02:00:00Z" });
  const { path } = await app.brand("shops");
  folder = join(app.engines.dir, "six-shops");
  await writeShops({ ...settings, out: folder });
  desk = {
    url: app.url + path,
    key: app.ownerKey,
    settle: async (id) => {
      await app.runJobs();
      return await ask<Import>(desk, "GET", `/imports/${id}`);
    },
  };
  brought = await bringShops(desk, folder, onlineShops);
  const shops: readonly string[] = onlineShops;
  const orders = await readLines<TrueOrder>(join(folder, "truth", "orders.jsonl"));
  truth = orders.filter(({ platform }) => shops.includes(platform));
  const read = await ordersOf(desk);
  score = scoreOrders(truth, read);
  const some = truth.slice(0, 120);
  const theirs = read.filter(({ order }) => some.some((one) => one.order === order));
  buyers = scoreOrders(some, theirs, { personOf: await personsOf(desk, some) });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

test("every order comes out just as it was", () => {
  expect(truth.length).toBeGreaterThan(300);
  expect(score.examples).toEqual([]);
  expect(score.exact / score.orders).toBeGreaterThanOrEqual(0.995);
});

test("the buyer is whoever the account and the phone on the order lead to", () => {
  expect(buyers.examples).toEqual([]);
  expect(buyers.wrong.buyer).toBe(0);
});

test("no order is there twice, none was invented, no row of sums became one", () => {
  expect((score.duplicates + score.invented) / score.orders).toBeLessThan(0.001);
  expect(score.missing).toBe(0);
});

test("only rows that are no orders were refused", () => {
  expect(brought.refused, JSON.stringify(brought.reasons)).toBeLessThan(25);
});

test("the same files once more change nothing", async () => {
  await bringShops(desk, folder, ["wechat"]);
  expect(scoreOrders(truth, await ordersOf(desk))).toMatchObject({
    ...{ exact: score.exact, duplicates: 0, invented: score.invented },
  });
});
