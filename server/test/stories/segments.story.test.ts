import type { CountAnswer, MembersPage, Segment, Vocabulary } from "@stork/contract/segments.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { until } from "../until.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let writeKey: string;
const now = "2026-06-01T04:00:00.000Z";

beforeAll(async () => {
  app = await wholeApp({ now });
  ({ path, writeKey } = await app.brand("milk"));
});
afterAll(() => app.close());

let messages = 0;
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
const event = (userId: string, name: string, properties: object = {}, days = 1) => ({
  type: "track",
  messageId: `m${++messages}`,
  userId,
  event: name,
  properties,
  timestamp: daysAgo(days),
});
const order = (userId: string, category: string, revenue: number, days = 1) =>
  event(
    userId,
    "Order Completed",
    {
      order_id: `o${messages}`,
      revenue,
      products: [{ sku: `${category}-1`, category, price: revenue, quantity: 1 }],
    },
    days,
  );
const identify = (userId: string, traits: object) => ({
  type: "identify",
  messageId: `m${++messages}`,
  userId,
  traits,
  timestamp: daysAgo(0),
});

const count = async (where: unknown) =>
  (await app.call<CountAnswer>("POST", `${path}/segments/count`, { where })).body;
const save = async (name: string, where: unknown) =>
  app.call<Segment>("POST", `${path}/segments`, { name, where });
const read = async (id: string) => (await app.call<Segment>("GET", `${path}/segments/${id}`)).body;
const members = async (id: string, query = "") =>
  (await app.call<z.infer<typeof MembersPage>>("GET", `${path}/segments/${id}/members${query}`)).body;

describe("a marketer builds a segment", () => {
  test("counts while editing, with the sentence and a warning for a name nobody uses", async () => {
    await app.collect(writeKey, [
      order("anna", "formula", 300),
      order("anna", "formula", 200, 40),
      order("bella", "diapers", 99.5),
      event("cora", "Product Viewed", { category: "formula", sku: "f-1", price: 10 }),
      identify("anna", {
        name: "王小明",
        phone: "13912340678",
        city: "杭州",
        children: [{ birthday: "2026-01-01" }],
      }),
      identify("cora", { city: "上海" }),
    ]);
    const bought = {
      kind: "did",
      event: "Order Completed",
      where: [{ property: "category", op: "=", value: "formula" }],
    };
    const answer = await count(bought);
    expect(answer).toMatchObject({
      persons: 1,
      warnings: [],
      sentence: { zh: "有过「完成订单」（类目是奶粉）" },
    });
    expect((await count({ kind: "not", of: bought })).persons).toBe(2);
    expect(
      (
        await count({
          kind: "did",
          event: "Order Completed",
          sum: { property: "amount", op: ">=", value: 99.5 },
        })
      ).persons,
    ).toBe(2);
    expect((await count({ kind: "stage", in: ["3-6"] })).persons).toBe(1);
    expect((await count({ kind: "childAge", fromDays: 151, toDays: 151 })).persons).toBe(1);
    expect((await count({ kind: "trait", key: "city", op: "in", value: ["杭州", "上海"] })).persons).toBe(2);

    const odd = await count({
      kind: "all",
      of: [
        { kind: "did", event: "Product Viewed", where: [{ property: "colour", op: "=", value: "red" }] },
        { kind: "trait", key: "vip", op: "=", value: true },
      ],
    });
    expect(odd.persons).toBe(0);
    expect(odd.warnings.map(({ en }) => en)).toEqual([
      "the event “Product Viewed” has not been seen with a property “colour”",
      "nobody has the trait “vip” yet",
    ]);
    const sealed = await count({ kind: "trait", key: "phone", op: "exists" });
    expect(sealed).toMatchObject({ persons: 0, warnings: [{ en: expect.stringContaining("vault") }] });
    expect(
      (await count({ kind: "did", event: "Nothing", where: [{ property: "x", op: "exists" }] })).warnings,
    ).toHaveLength(1);
  });

  test("mistakes are named by place, in the caller's language", async () => {
    const where = {
      kind: "all",
      of: [
        { kind: "member", segment: "999" },
        { kind: "trait", key: "city", op: "in", value: "x" },
      ],
    };
    const refused = await app.call(
      "POST",
      `${path}/segments/count`,
      { where },
      { headers: { "accept-language": "en" } },
    );
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: "segments/invalid-condition",
        errors: [
          { path: "where.of.0.segment", message: "there is no segment 999" },
          { path: "where.of.1.value" },
        ],
      },
    });
    for (const bad of [
      { kind: "stage", in: ["7-8"] },
      { kind: "what" },
      { kind: "all" },
      null,
      { kind: "did", event: "x", extra: 1 },
    ]) {
      expect((await app.call("POST", `${path}/segments/count`, { where: bad })).status).toBe(400);
    }
    const deep = `${'{"kind":"not","of":'.repeat(8000)}{"kind":"stage","in":["0-1"]}${"}".repeat(8000)}`;
    expect((await app.call("POST", `${path}/segments/count`, `{"where":${deep}}`)).status).toBe(400);
  });

  test("the vocabulary offers what has arrived", async () => {
    const { body } = await app.call<Vocabulary>("GET", `${path}/segments/vocabulary`);
    const orders = body.events.find(({ name }) => name === "Order Completed");
    expect(orders).toMatchObject({ count: 3, label: { zh: "完成订单" } });
    expect(orders?.properties).toContainEqual({
      name: "category",
      type: "text",
      examples: ["diapers", "formula"],
    });
    expect(orders?.properties).toContainEqual({ name: "amount", type: "number", examples: [] });
    expect(body.traits).toContainEqual({ key: "city", type: "text", persons: 2, examples: ["上海", "杭州"] });
    expect(JSON.stringify(body)).not.toContain("13912340678");
    expect(JSON.stringify(body)).not.toContain("王小明");
  });
});

describe("a saved segment", () => {
  test("has its members at once, masked, and follows events by itself", async () => {
    const saved = await save("买过奶粉", {
      kind: "did",
      event: "Order Completed",
      where: [{ property: "category", op: "=", value: "formula" }],
    });
    expect(saved).toMatchObject({ status: 201, body: { persons: 1, entered7Days: 0, freshAt: now } });
    const { id } = saved.body;
    expect((await members(id)).items).toMatchObject([{ name: "王**", phone: "139****0678" }]);

    await app.collect(writeKey, [order("bella", "formula", 120)]);
    await until(async () => (await members(id)).total === 2);
    expect(await read(id)).toMatchObject({ persons: 2, entered7Days: 1, left7Days: 0 });
    const first = await members(id, "?limit=1");
    const second = await members(id, `?limit=1&after=${first.next}`);
    expect([...first.items, ...second.items].map(({ person }) => person)).toEqual(
      (await members(id)).items.map(({ person }) => person),
    );
  });

  test("two persons who turn out to be one count once", async () => {
    const {
      body: { id },
    } = await save("看过", { kind: "did", event: "Product Viewed" });
    await app.collect(writeKey, [event("dora", "Product Viewed"), event("emma", "Product Viewed")]);
    await until(async () => (await members(id)).total === 3);
    // Different users of one source stay two; a shared member id of a shop makes them one.
    await app.collect(writeKey, [
      {
        type: "track",
        messageId: "j1",
        anonymousId: "x1",
        event: "Visit",
        context: { externalIds: [{ id: "77", type: "member:tmall" }] },
        timestamp: daysAgo(0),
      },
      {
        type: "track",
        messageId: "j2",
        userId: "dora",
        event: "Visit",
        context: { externalIds: [{ id: "77", type: "member:tmall" }] },
        timestamp: daysAgo(0),
      },
      { type: "track", messageId: "j3", anonymousId: "x1", event: "Product Viewed", timestamp: daysAgo(0) },
    ]);
    // Worked in after all of that: when she is there, so is what came before her.
    await app.collect(writeKey, [event("fiona", "Product Viewed")]);
    await until(async () => (await members(id)).total === 4);
    expect((await count({ kind: "did", event: "Product Viewed" })).persons).toBe(4);
  });

  test("time alone takes people out", async () => {
    const {
      body: { id },
    } = await save("30 天内买过", { kind: "did", event: "Order Completed", withinDays: 30 });
    expect((await read(id)).persons).toBe(2);
    app.clock.advance(30 * 86_400_000);
    // The server looks every few seconds; the moved clock says that more than a minute has passed.
    await until(async () => (await read(id)).persons === 0);
    expect((await read(id)).left7Days).toBe(2);
    app.clock.set(now);
  });

  test("can be part of another, but not of itself, and stays while it is used", async () => {
    const a = (await save("A", { kind: "did", event: "Order Completed" })).body;
    const b = (await save("B", { kind: "not", of: { kind: "member", segment: a.id } })).body;
    expect(b.sentence.zh).toBe("不满足「属于人群「A」」");
    const circle = await app.call("PATCH", `${path}/segments/${a.id}`, {
      where: { kind: "member", segment: b.id },
    });
    expect(circle).toMatchObject({ status: 409, body: { code: "segments/cycle" } });
    expect(await app.call("DELETE", `${path}/segments/${a.id}`)).toMatchObject({
      status: 409,
      body: { code: "segments/in-use" },
    });
    const before = (await read(b.id)).persons;
    await app.call("PATCH", `${path}/segments/${a.id}`, { name: "A2", where: { kind: "any", of: [] } });
    expect((await read(a.id)).persons).toBe(0);
    expect((await read(b.id)).persons).toBeGreaterThan(before ?? 0);
    expect((await app.call("DELETE", `${path}/segments/${b.id}`)).status).toBe(204);
    expect((await app.call("DELETE", `${path}/segments/${a.id}`)).status).toBe(204);
    expect(await app.call("GET", `${path}/segments/${a.id}`)).toMatchObject({
      status: 404,
      body: { code: "segments/unknown" },
    });
  });
});

test("odd text in a condition is text, wherever it stands; what no database keeps is refused", async () => {
  const texts = [
    "'",
    '"',
    "\\",
    "\t",
    "\n",
    "{p0:String}",
    "😀",
    "';select 1--",
    "%",
    "__proto__",
    "constructor",
  ];
  for (const odd of [...texts, "\u0000", "\ud800"]) {
    for (const where of [
      { kind: "trait", key: odd, op: "=", value: odd },
      {
        kind: "did",
        event: odd,
        where: [
          { property: odd, op: "contains", value: odd },
          { property: "category", op: "in", value: [odd, odd] },
        ],
        sum: { property: odd, op: ">", value: 1e308 },
      },
      { kind: "not", of: { kind: "trait", key: odd, op: "exists" } },
    ]) {
      const { status } = await app.call<CountAnswer>("POST", `${path}/segments/count`, { where });
      expect(status, JSON.stringify(where)).toBe(texts.includes(odd) ? 200 : 400);
    }
    const saved = await save(odd, { kind: "trait", key: odd, op: "=", value: odd });
    expect(saved.status).toBe(texts.includes(odd) ? 201 : 400);
    if (saved.status === 201)
      expect(saved.body).toMatchObject({ name: odd, persons: 0, where: { key: odd } });
  }
});
