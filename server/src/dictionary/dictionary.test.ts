import fc from "fast-check";
import { expect, test } from "vitest";
import { kinds } from "../records/kinds.ts";
import { lineOf } from "../records/order-text.ts";
import { entriesOf } from "./entry.ts";
import { entryId, entryName } from "./entry-id.ts";
import { knownOf, sensitivityOf } from "./known.ts";
import { knownEvents } from "./known-events.ts";
import { Learner } from "./learner.ts";
import { lineageOf } from "./lineage.ts";
import { meantBy } from "./look-alike.ts";
import { merged } from "./merged.ts";
import { kindOfValue, typeOf } from "./value-kind.ts";

test("a name survives its id, whatever it holds", () => {
  const text = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(text, text, (event, name) => {
      const property = { kind: "property", event, name } as const;
      expect(entryName(entryId(property))).toEqual(property);
      const trait = { kind: "trait", event: "", name } as const;
      expect(entryName(entryId(trait))).toEqual(trait);
      const field = { kind: "field", event: "purchase-order", name } as const;
      expect(entryName(entryId(field))).toEqual(field);
    }),
  );
  expect(entryName("record:order")).toEqual({ kind: "record", event: "", name: "order" });
  for (const id of ["", "order", "property:x", "property:/x", "property:x/", "record:x/", "thing:x"])
    expect(entryName(id)).toBeNull();
});

test.each([
  ["19.9", "text"],
  [19.9, "number"],
  ["2026-05-01", "date"],
  ["20260501", "date"],
  ["2026-13-45", "text"],
  ["  ", "empty"],
  [null, "empty"],
  [[1], "list"],
  [{}, "object"],
] as const)("%j is of the kind %s", (value, kind) => expect(kindOfValue(value)).toBe(kind));

test("traits, which are kept as text, are read for what they hold", () => {
  expect(kindOfValue("12", true)).toBe("number");
  expect(kindOfValue("true", true)).toBe("boolean");
  expect(kindOfValue("杭州", true)).toBe("text");
});

test("an address is an object or a text; a colour that is a number disagrees", () => {
  const at = new Date("2026-06-01T00:00:00Z");
  const seen = (name: string, types: Record<string, number>) => ({
    ...{ kind: "trait" as const, event: "", name, source: 1, sourceName: "官网", rows: 100 },
    ...{ types, firstAt: at, lastAt: at },
  });
  const entries = entriesOf({
    seen: [seen("address", { object: 60, text: 40 }), seen("colour", { text: 60, number: 40 })],
    ...{ said: new Map(), figures: [], uses: new Map() },
  });
  const against = (id: string) => entries.find((one) => one.id === `trait:${id}`)?.against;
  expect(against("address")).toEqual([]);
  expect(against("colour")).toEqual(["number"]);
});

test("a few slips are no conflict, one in fifty is", () => {
  expect(typeOf({ number: 995, text: 5, empty: 500 })).toEqual({ type: "number", against: [] });
  expect(typeOf({ number: 98, text: 2 })).toEqual({ type: "number", against: ["text"] });
  expect(typeOf({ text: 60, date: 40 })).toEqual({ type: "text", against: [] });
  expect(typeOf({ empty: 9 })).toEqual({ type: null, against: [] });
});

test.each([
  ["OrderCompleted", "Order Completed"],
  ["order_completed", "Order Completed"],
  ["Order Complted", "Order Completed"],
  ["Prodcut Viewed", "Product Viewed"],
  ["Order Completed", null],
  ["Milk Warmed", null],
  ["Odr", null],
])("%s was probably meant as %s", (name, meant) =>
  expect(meantBy(name, ["Order Completed", "Product Viewed", "Cart Viewed"])).toBe(meant),
);

test("every event that a company's records tell of is known", () => {
  const told = Object.values(kinds).flatMap(({ events }) => [...events]);
  expect(told.filter((name) => knownEvents[name] === undefined)).toEqual([]);
});

test("what an order's event says of its products has people's names", () => {
  const line = {
    ...{ itemId: "1", sku: "FM-1", product: "P1", name: "奶粉", variant: "900g", category: "formula" },
    ...{ quantity: 2, amountFen: 100, isGift: false },
  };
  const told = Object.keys(JSON.parse(lineOf(line as never).product) as object);
  expect(told).toContain("price");
  for (const name of [...told, "brand"])
    expect(knownOf({ kind: "property", name: `products[].${name}` }), name).not.toBeNull();
  expect(knownOf({ kind: "property", name: "products[].brand" })?.label).toEqual({
    zh: "商品的品牌",
    en: "Brand of a product",
  });
});

test("nothing is known of names that every object has", () => {
  expect(knownOf({ kind: "event", name: "constructor" })).toBeNull();
  expect(sensitivityOf({ kind: "trait", name: "宝宝过敏源" })).toBe("sensitive");
  expect(sensitivityOf({ kind: "property", name: "手机号" })).toBe("personal");
  expect(sensitivityOf({ kind: "property", name: "sku" })).toBe("internal");
});

const row = (name: string, properties: object, at = 1000, said: readonly object[] = []) =>
  ({
    event: { name, properties: JSON.stringify(properties), at, said },
    node: 1,
    origin: { workspace: 1, source: 7, import: 0, received: at },
  }) as never;

test("the learner counts every row, looks into some, and keeps no value", () => {
  const learner = new Learner();
  const traits = { kind: "traits", traits: { city: "杭州", "13812345678": "x" } };
  for (let i = 0; i < 500; i += 1)
    learner.see(1, [
      row("Bottle Warmed", { degrees: i, "13812345678": 1 }, 1000 + i, i === 0 ? [traits] : []),
    ]);
  const seen = learner.take();
  expect(seen.find(({ kind }) => kind === "event")).toMatchObject({ rows: 500, firstAt: 1000, lastAt: 1499 });
  expect(seen.find(({ kind }) => kind === "property")).toMatchObject({
    name: "degrees",
    rows: 40,
    types: { number: 40 },
  });
  expect(seen.map(({ name }) => name).sort()).toEqual(["Bottle Warmed", "city", "degrees"]);
  expect(JSON.stringify(seen)).not.toContain("杭州");
  expect(learner.take()).toEqual([]);
});

test("a sender that makes names of its data does not fill the memory", () => {
  const learner = new Learner();
  for (let i = 0; i < 30_000; i += 1) learner.see(1, [row(`event ${i}`, {})]);
  expect(learner.overflow).toBe(10_000);
  expect(learner.take()).toHaveLength(20_000);
});

test("what could not be written is added to what came since", () => {
  const learner = new Learner();
  learner.see(1, [row("a", { x: 1 }, 5)]);
  const lost = learner.take();
  learner.see(1, [row("a", { x: "1" }, 9)]);
  learner.giveBack(lost);
  expect(learner.take()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "event", rows: 2, firstAt: 5, lastAt: 9 }),
      expect.objectContaining({ kind: "property", types: { number: 1, text: 1 } }),
    ]),
  );
});

test("saying something confirms; only what is named is touched; retired stays retired", () => {
  const first = merged(null, { meaning: { zh: "温奶" } });
  expect(first).toEqual({ said: { meaning: { zh: "温奶" } }, status: "confirmed" });
  const second = merged(first, { meaning: { en: "Milk warmed" }, unit: "°C", status: "retired" });
  expect(second).toEqual({
    said: { meaning: { zh: "温奶", en: "Milk warmed" }, unit: "°C" },
    status: "retired",
  });
  expect(merged(second, { owner: "数据组" }).status).toBe("retired");
});

test("the picture leads from source to campaign and leaves out what nobody uses", () => {
  const source = { source: { id: "7", name: "小程序" }, rows: 1, types: {}, firstAt: "", lastAt: "" };
  const entry = (id: string, kind: string, event: string | null, name: string) =>
    ({ id, kind, event, name, label: null, seenFrom: [source] }) as never;
  const entries = [
    entry("event:Order Completed", "event", null, "Order Completed"),
    entry("property:Order Completed/total", "property", "Order Completed", "total"),
    entry("property:Order Completed/coupon", "property", "Order Completed", "coupon"),
    entry("event:Cart Viewed", "event", null, "Cart Viewed"),
  ];
  const user = (kind: string, id: string, entries: string[], segments: string[] = []) =>
    ({ kind, id, name: { zh: id, en: id }, entries, segments }) as never;
  const users = [
    user("segment", "3", ["event:Order Completed", "property:Order Completed/total"]),
    user("campaign", "9", [], ["3"]),
  ];
  const whole = lineageOf(entries, users, [], null);
  expect(whole.nodes.map(({ id }) => id).sort()).toEqual(
    ["campaign:9", "event:Order Completed", "property:Order Completed/total", "segment:3", "source:7"].sort(),
  );
  expect(whole.edges).toContainEqual({ from: "segment:3", to: "campaign:9" });
  const one = lineageOf(entries, users, [], "property:Order Completed/coupon");
  expect(one.nodes.map(({ id }) => id).sort()).toEqual(
    ["event:Order Completed", "property:Order Completed/coupon", "source:7"].sort(),
  );
  expect(lineageOf(entries, users, [], "event:Nothing").nodes).toEqual([]);
});
