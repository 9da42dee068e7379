import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { SavedMapping } from "@stork/contract/mappings.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ch, str } from "../../src/platform/clickhouse.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/*
 * What analysts bring rather than clerks: Parquet from a warehouse, JSON lines from a program, and a report of nobody's
 * format that somebody explained once.
 */

let app: WholeApp;
let path: string;
beforeAll(async () => {
  app = await wholeApp({ now: "2026-02-01T04:00:00Z" });
  ({ path } = await app.brand("analyst"));
});
afterAll(() => app.close());

async function preview(preset: string, name: string, content: string | Buffer): Promise<ImportPreview> {
  const form = new FormData();
  form.append("preset", preset);
  form.append("files", new Blob([content as never]), name);
  const headers = { authorization: `Bearer ${app.ownerKey}` };
  const response = await fetch(`${app.url}${path}/imports/preview`, { method: "POST", headers, body: form });
  expect(response.status).toBe(200);
  return (await response.json()) as ImportPreview;
}
async function bring(preset: string, upload: string): Promise<Import> {
  const started = await app.call<Import>("POST", `${path}/imports`, { upload, preset });
  expect(started.status).toBe(202);
  await app.runJobs();
  return (await app.call<Import>("GET", `${path}/imports/${started.body.id}`)).body;
}
const orders = async (): Promise<{ order: string; paidAt: string; amountFen: number }[]> => {
  const { body } = await app.call<{
    items: { fields: { order: string; paidAt: string; amountFen: number } }[];
  }>("GET", `${path}/records/order?limit=200`);
  return body.items.map(({ fields: { order, paidAt, amountFen } }) => ({ order, paidAt, amountFen }));
};

test("a Parquet file with its own types comes in whole", async () => {
  const file = join(app.engines.dir, "orders.parquet");
  const into = ch`file(${str(file)}, 'Parquet')`;
  await app.engines.clickhouse.command(ch`
    insert into function ${into}
    select concat('P', toString(number)) as order_id, toDateTime64('2026-01-05 02:00:00', 3, 'UTC') + number as paid_at,
      concat('1390000', leftPad(toString(number % 500), 4, '0')) as mobile, 'A' as product_id,
      toUInt8(1 + number % 3) as qty, toDecimal64('19.90', 2) as total, cast(null as Nullable(String)) as note
    from numbers(25000)`);
  const seen = await preview("auto", "orders.parquet", await readFile(file));
  expect(seen.files[0]).toMatchObject({ format: "parquet", likelyPreset: "orders", problem: null });
  const done = await bring("auto", seen.upload);
  expect(done).toMatchObject({ status: "done", rows: 25_000, added: 25_000, refused: 0 });
  expect(await orders()).toContainEqual({
    order: "P24999",
    paidAt: "2026-01-05T08:56:39.000Z",
    amountFen: 1990,
  });
});

test("JSON lines come in, inner fields by their path; a line that is no JSON is refused by itself", async () => {
  const lines = [
    {
      order_id: "J1",
      paid_at: "2026-01-06T10:00:00+08:00",
      buyer: { mobile: "13900001001" },
      product_id: "A",
      qty: 2,
      total: 39.8,
    },
    {
      order_id: "J2",
      paid_at: 1_767_664_800,
      buyer: { mobile: "13900001002" },
      product_id: "B",
      qty: 1,
      total: "19.90",
    },
  ];
  const content = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"order_id": "J3", \n`;
  const seen = await preview("orders", "orders.jsonl", content);
  expect(seen.files[0]).toMatchObject({ format: "json-lines", problem: null });
  expect(seen.files[0]?.columns).toContain("buyer.mobile");
  const done = await bring("orders", seen.upload);
  expect(done).toMatchObject({ status: "done", rows: 3, added: 2, refused: 1 });
  expect(done.reasons).toMatchObject([{ code: "not-json" }]);
  expect(await orders()).toContainEqual({ order: "J1", paidAt: "2026-01-06T02:00:00.000Z", amountFen: 3980 });
  expect(await orders()).toContainEqual({ order: "J2", paidAt: "2026-01-06T02:00:00.000Z", amountFen: 1990 });
});

test("what somebody said of a header once is applied when the header comes again, in another order too", async () => {
  const first = "流水,哪天,谁的电话,货,几件\nS1,2026-01-07 10:00:00,13900002001,A,1\n";
  expect((await preview("auto", "1.csv", first)).files[0]?.problem).not.toBeNull();
  const targets = { 流水: "order", 哪天: "paidAt", 谁的电话: "phone", 货: "sku", 几件: "quantity" };
  const saved = await app.call<SavedMapping>("POST", `${path}/mappings`, {
    name: "老系统",
    record: "order",
    columns: Object.entries(targets).map(([column, target]) => ({ column, target })),
  });
  expect(saved.status).toBe(201);

  const again = "哪天,流水 ,几件,货,谁的电话\n2026-01-08 10:00:00,S2,3,A,13900002001\n";
  const seen = await preview("auto", "2.csv", again);
  expect(seen.files[0]).toMatchObject({
    ...{ problem: null, savedMapping: "老系统", likelyPreset: "orders" },
    outlook: { kept: 1, refused: 0 },
  });
  expect(await bring("auto", seen.upload)).toMatchObject({ status: "done", added: 1, refused: 0 });
  expect((await orders()).map(({ order }) => order)).toContain("S2");

  // What is said of the file itself goes first.
  const other = await app.call<ImportPreview>("POST", `${path}/imports/preview/${seen.upload}`, {
    preset: "orders",
    mappings: { "2.csv": [{ column: "流水", target: "order" }] },
  });
  expect(other.status).toBe(404);
  const fresh = await preview("auto", "3.csv", again);
  const said = await app.call<ImportPreview>("POST", `${path}/imports/preview/${fresh.upload}`, {
    preset: "orders",
    mappings: { "3.csv": [{ column: "流水", target: "order" }] },
  });
  expect(said.body.files[0]).toMatchObject({ savedMapping: null });
  expect(said.body.files[0]?.problem).not.toBeNull();
});
