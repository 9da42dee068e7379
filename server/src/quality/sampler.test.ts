import { describe, expect, test } from "vitest";
import type { CommittedRow } from "../events/committed-row.ts";
import { isDamaged } from "./damage.ts";
import { lookAtFields } from "./look-at-fields.ts";
import { Sampler } from "./sampler.ts";
import type { Tally } from "./tally.ts";

const at = Date.UTC(2026, 5, 1, 12);
const row = (i: number, more: Partial<CommittedRow["event"]> = {}, received = at): CommittedRow => ({
  node: i,
  origin: { workspace: 1, source: 2, import: 0, received },
  event: {
    ...{
      identifiers: [{ namespace: "user", value: "u" }],
      rule: "same-message",
      message: String(i),
      at: received - 500,
    },
    ...{
      type: "track",
      name: "Product Viewed",
      orderId: "",
      amountFen: 0,
      quantity: 0,
      items: [],
      marks: [],
    },
    ...{ excluded: false, properties: '{"sku":"秘密值","price":258.5}', said: [] },
    ...more,
  },
});
const looked = (properties: object): Tally => {
  const tally: Tally = new Map();
  lookAtFields(tally, { properties: JSON.stringify(properties), amountFen: 0, items: [] });
  return tally;
};

describe("the sampler", () => {
  test("counts every event and looks into a few, whatever arrives", () => {
    const sampler = new Sampler();
    sampler.take(
      1,
      Array.from({ length: 5000 }, (_, i) => row(i)),
    );
    const [cell] = sampler.flush();
    expect(cell?.counts.get("events")).toBe(5000);
    expect(cell?.counts.get("sampled")).toBeLessThan(100);
    expect(sampler.flush()).toEqual([]);
  });

  test("does not hold against a file that one report tells of an order and another of its goods", () => {
    const sampler = new Sampler();
    const order = row(1, { name: "Order Completed", orderId: "1", amountFen: 100 });
    sampler.take(1, [order, { ...order, origin: { ...order.origin, import: 7 } }]);
    const [cell] = sampler.flush();
    const counted = ["orders", "orders-imported", "orders-without-items"].map((key) => cell?.counts.get(key));
    expect(counted).toEqual([2, 1, 1]);
  });

  test("counts names that are data together, however many days they come; names gone for a week make room", () => {
    const sampler = new Sampler();
    const names = new Set<string>();
    const send = (from: number, received: number) => {
      for (let i = from; i < from + 300; i += 1) sampler.take(1, [row(i, { name: `Order ${i}` }, received)]);
      sampler.take(1, [row(0, { name: "Order 0" }, received)]);
      return sampler.flush().map(({ name }) => name);
    };
    for (let day = 0; day < 6; day += 1)
      for (const name of send(day * 300, at + day * 86_400_000)) names.add(name);
    expect(names.size).toBe(401);
    expect(names.has("*")).toBe(true);
    expect(send(9_000, at + 15 * 86_400_000)).toEqual(expect.arrayContaining(["Order 9000", "Order 0"]));
  });

  test("spreads its sample over what comes, once it knows how much that is", () => {
    const sampler = new Sampler();
    sampler.take(
      1,
      Array.from({ length: 5000 }, (_, i) => row(i)),
    );
    sampler.flush();
    const late = (i: number) => row(i, i < 2500 ? {} : { properties: '{"sku":"A"}' });
    sampler.take(
      1,
      Array.from({ length: 5000 }, (_, i) => late(i)),
    );
    const counts = sampler.flush()[0]?.counts;
    const share = (counts?.get("there price") ?? 0) / (counts?.get("sampled") ?? 1);
    expect(share).toBeCloseTo(0.5, 1);
  });

  test("keeps minutes, late and future events and the nameless apart", () => {
    const sampler = new Sampler();
    const anonymous = { identifiers: [{ namespace: "anonymous", value: "a" }] };
    sampler.take(1, [
      row(1, { at: at - 3 * 3_600_000 }),
      row(2, { at: at + 600_000 }),
      row(3, anonymous, at + 60_000),
    ]);
    const [first, second] = sampler.flush().sort((x, y) => x.minute - y.minute);
    expect([first?.counts.get("late"), first?.counts.get("ahead"), first?.counts.get("anonymous")]).toEqual([
      1,
      1,
      undefined,
    ]);
    expect(second?.counts.get("anonymous")).toBe(1);
    expect(second?.minute).toBe(at + 60_000);
  });

  test("keeps no value of what it looks into", () => {
    const sampler = new Sampler();
    sampler.take(1, [row(1)]);
    const kept = JSON.stringify([...(sampler.flush()[0]?.counts.keys() ?? [])]);
    expect(kept).toContain("there sku");
    expect(kept).not.toMatch(/秘密值|258/);
  });

  test("adds up names beyond any shop's together", () => {
    const sampler = new Sampler();
    sampler.take(
      1,
      Array.from({ length: 2000 }, (_, i) => row(i, { name: `click_${i}` })),
    );
    const cells = sampler.flush();
    expect(cells.length).toBeLessThan(410);
    expect(cells.reduce((sum, { counts }) => sum + (counts.get("events") ?? 0), 0)).toBe(2000);
  });
});

describe("field names beyond any event's", () => {
  const junk = (i: number) => row(i, { properties: JSON.stringify({ sku: "F-1", [`id_${i}`]: i }) });
  const heard = (sampler: Sampler): string[] => {
    const names = new Set<string>();
    for (let i = 0; i < 2_000; i += 1) {
      sampler.take(1, [junk(i)]);
      for (const { counts } of sampler.flush()) for (const key of counts.keys()) names.add(key);
    }
    return [...names].filter((key) => key.startsWith("there "));
  };

  test("are not counted: a sender whose field names are data cannot fill the profiles", () => {
    const names = heard(new Sampler());
    expect(names.length).toBeLessThanOrEqual(200);
    expect(names).toContain("there sku");
  });

  test("leave those alone that are known to come", () => {
    expect(heard(new Sampler(() => new Map([["id_1999", null]])))).toContain("there id_1999");
  });
});

describe("fields", () => {
  test("are there, or not, of a type and a size; the first of a list stands for all", () => {
    const tally = looked({
      price: "258.00",
      gone: null,
      blank: " ",
      products: [{ name: "奶粉", quantity: 2 }],
      vip: true,
    });
    expect(tally.get("digits price")).toBe(1);
    expect(tally.has("there gone") || tally.has("there blank")).toBe(false);
    expect(tally.get("text products[].name")).toBe(1);
    expect(tally.get("v2 products[].quantity")).toBe(1);
    expect(tally.get("flag vip")).toBe(1);
    expect(looked({}).get("empty")).toBe(1);
  });

  test("of any shape are looked at without end or error", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`f${i}`, { a: { b: { c: { d: i } } } }]),
    );
    expect(looked(wide).size).toBeLessThan(200);
    const tally: Tally = new Map();
    lookAtFields(tally, { properties: "not json", amountFen: 0, items: [] });
    expect(tally.get("empty")).toBe(1);
  });

  test.each(["\ufffd\ufffd奶粉", "锟斤拷锟斤拷", "å¥¶ç²‰", "????"])("%s is damaged", (text) => {
    expect(isDamaged(text)).toBe(true);
  });
  test.each(["婴儿奶粉三段", "Aptamil 爱他美", "真的吗？？", "NB84片", "ok?"])("%s is not", (text) => {
    expect(isDamaged(text)).toBe(false);
  });
});
