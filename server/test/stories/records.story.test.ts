import { gzipSync } from "node:zlib";
import type { Overview } from "@stork/contract/outcomes.ts";
import type { Person, TimelineEntry } from "@stork/contract/people.ts";
import type { QuarantinePage } from "@stork/contract/quarantine.ts";
import type { RecordBatchAnswer } from "@stork/contract/records.ts";
import type { CountAnswer } from "@stork/contract/segments.ts";
import type { RecordHistory, StoredRecord } from "@stork/contract/stored-records.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** The developer of a shop pushes what its systems hold, and corrects it as the days go by. */
describe("a shop's developer pushes records", () => {
  let app: WholeApp;
  let path: string;
  beforeAll(async () => {
    app = await wholeApp({ now: "2026-06-10T04:00:00Z" });
    ({ path } = await app.brand("records"));
  });
  afterAll(() => app?.close());

  const push = (kind: string, records: unknown[]) =>
    app.call<RecordBatchAnswer>("POST", `${path}/records/${kind}:batch`, { records });
  const get = async <Body>(way: string) => (await app.call<Body>("GET", path + way)).body;
  const gmv = async (from: string, to: string) => {
    const { now } = await get<Overview>(`/overview?from=${from}&to=${to}`);
    return { fen: now.gmvFen, orders: now.orders, buyers: now.buyers };
  };
  const order = (number: string, more: object = {}) => ({
    ...{
      order: number,
      shop: "官网",
      paidAt: "2026-05-31 20:00:00",
      amount: "268.00",
      changedAt: "2026-06-01",
    },
    identifiers: [{ namespace: "phone", value: "13912345678" }],
    items: [{ sku: "FOR-1", name: "牧原珠 婴幼儿配方奶粉 1段 800克", quantity: 2, price: 134 }],
    ...more,
  });

  test("orders are taken; a bad one is answered by its place and kept to be put right", async () => {
    const batch = [order("A1"), order("", {}), order("A2", { items: [{ sku: "X", quantity: "two" }] })];
    const { status, body } = await push("order", batch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, added: 1, changed: 0 });
    expect(body.rejected.map(({ index, code, path: at }) => [index, code, at])).toEqual([
      [1, "records/invalid", "order"],
      [2, "records/invalid", "items[0].quantity"],
    ]);
    const held = await get<z.infer<typeof QuarantinePage>>("/quarantine?kind=record");
    expect(held.total).toBe(2);
    expect(await gmv("2026-05-31", "2026-05-31")).toEqual({ fen: 26_800, orders: 1, buyers: 1 });
  });

  test("sent again, it is counted once; a later correction moves it to another day and amount", async () => {
    expect((await push("order", [order("A1")])).body).toMatchObject({ accepted: 1, unchanged: 1 });
    const corrected = order("A1", { amount: 199, paidAt: "2026-06-01 00:10:00", changedAt: "2026-06-03" });
    expect((await push("order", [corrected])).body).toMatchObject({ changed: 1 });
    expect((await push("order", [order("A1", { amount: 5, changedAt: "2026-06-02" })])).body).toMatchObject({
      older: 1,
    });
    expect(await gmv("2026-05-31", "2026-05-31")).toEqual({ fen: 0, orders: 0, buyers: 0 });
    expect(await gmv("2026-06-01", "2026-06-01")).toEqual({ fen: 19_900, orders: 1, buyers: 1 });
    const { items } = await get<{ items: StoredRecord[] }>("/records/order");
    expect(items).toMatchObject([{ key: "官网 A1", fields: { amountFen: 19_900, status: "paid" } }]);
    const address = `/records/order/history?key=${encodeURIComponent("官网 A1")}&limit=2`;
    const newest = await get<z.infer<typeof RecordHistory>>(address);
    const older = await get<z.infer<typeof RecordHistory>>(`${address}&after=${newest.next}`);
    expect(older.next).toBeNull();
    const versions = [...newest.versions, ...older.versions];
    expect(versions.map(({ fields, counts }) => [fields["amountFen"], counts])).toEqual([
      [19_900, true],
      [500, false],
      [26_800, false],
    ]);
  });

  test("the buyer turns out to be somebody else: both pages tell the truth", async () => {
    await push("order", [
      order("A1", { changedAt: "2026-06-05", identifiers: [{ namespace: "phone", value: "13700001111" }] }),
    ]);
    const sales = async (phone: string) => {
      const { id } = await get<Person>(`/persons?identifier=phone:${phone}`);
      const { items } = await get<{ items: TimelineEntry[] }>(`/persons/${id}/timeline`);
      return items.filter(({ name }) => name === "Order Completed").length;
    };
    expect([await sales("13912345678"), await sales("13700001111")]).toEqual([0, 1]);
  });

  test("members bring children, and segments find them", async () => {
    const member = {
      ...{ member: "M1001", programme: "crm", joinedAt: "2026-01-05", tier: "gold" },
      identifiers: [{ namespace: "phone", value: "13700001111" }],
      traits: { name: "李梅", city: "杭州市" },
      children: [{ bornOn: "2026-03-01", gender: "女" }],
      consents: [{ purpose: "marketing", state: "granted" }],
    };
    expect((await push("member", [member])).body).toMatchObject({ added: 1 });
    const count = async (where: object) =>
      (await app.call<CountAnswer>("POST", `${path}/segments/count`, { where })).body.persons;
    expect(await count({ kind: "stage", in: ["3-6"] })).toBe(1);
    expect(await count({ kind: "trait", key: "tier", op: "=", value: "gold" })).toBe(1);
    const person = await get<Person>("/persons?identifier=member:crm:M1001");
    expect(person.children).toMatchObject([{ bornOn: "2026-03-01" }]);
  });

  test("everything else has its place, packed or not", async () => {
    const rest: Record<string, object[]> = {
      product: [{ sku: "FOR-1", name: "牧原珠 婴幼儿配方奶粉 1段 900g×6", price: 268 }],
      stock: [{ sku: "FOR-1", place: "杭州仓", at: "2026-06-09", onHand: 120 }],
      "purchase-order": [
        { number: "PO1", sku: "FOR-1", quantity: 600, orderedAt: "2026-06-01", expectedAt: "2026-07-01" },
      ],
      spend: [{ platform: "ocean-engine", day: "2026-06-09", campaign: "618", spend: "1234.56", clicks: 40 }],
      ticket: [
        {
          ticket: "T1",
          openedAt: "2026-06-08 09:00",
          text: "宝宝拉肚子，电话13912345678",
          identifiers: [{ namespace: "phone", value: "13700001111" }],
        },
      ],
      review: [{ review: "R1", sku: "FOR-1", rating: 5, text: "好吃", at: "2026-06-08" }],
      survey: [{ response: "1", survey: "NPS 6月", at: "2026-06-08", nps: 9 }],
    };
    for (const [kind, records] of Object.entries(rest)) {
      const response = await fetch(`${app.url}${path}/records/${kind}:batch`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${app.ownerKey}`,
          "content-type": "application/json",
          "content-encoding": "gzip",
        },
        body: gzipSync(JSON.stringify({ records })),
      });
      expect([kind, response.status, await response.json()]).toMatchObject([kind, 200, { added: 1 }]);
    }
    const { items } = await get<{ items: { id: string; records: number }[] }>("/records");
    expect(
      items
        .filter(({ records }) => records === 1)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...Object.keys(rest), "order", "member"].sort());
    const [product] = (await get<{ items: StoredRecord[] }>("/records/product")).items;
    expect(product?.fields).toMatchObject({ category: "formula", count: 6, each: 900, unit: "g", stage: 1 });
    const [ticket] = (await get<{ items: StoredRecord[] }>("/records/ticket")).items;
    expect(JSON.stringify(ticket)).not.toContain("13912345678");
  });

  test("what cannot be taken is said plainly", async () => {
    expect((await push("order", [{}])).status).toBe(422);
    expect((await push("cheese", [{}])).status).toBe(404);
    expect(
      (await app.call("POST", `${path}/records/order:batch`, { records: [order("Z")] }, { key: null }))
        .status,
    ).toBe(401);
    const many = Array.from({ length: 5001 }, () => ({}));
    expect((await push("order", many)).body).toMatchObject({ code: "records/too-many" });
    const broken = await fetch(`${app.url}${path}/records/order:batch`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${app.ownerKey}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body: "no gzip at all",
    });
    expect(broken.status).toBe(400);
    const { body } = await app.call<{ paths: object }>("GET", "/api/v1/openapi.json");
    expect(Object.keys(body.paths).filter((one) => one.endsWith(":batch"))).toHaveLength(9);
  });
});
