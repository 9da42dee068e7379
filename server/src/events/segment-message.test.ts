import { describe, expect, test } from "vitest";
import type { Event } from "./event.ts";
import { readSegmentMessage } from "./segment-message.ts";

const received = Date.parse("2026-06-01T04:00:00Z");
let fresh = 0;
const reading = {
  source: 7,
  zone: "Asia/Shanghai",
  received,
  sentAt: undefined,
  type: undefined,
  freshId: () => `fresh-${fresh++}`,
};
const read = (item: unknown, more: object = {}): Event => {
  const event = readSegmentMessage(item, { ...reading, ...more });
  if (typeof event === "string") throw new Error(event);
  return event;
};
const track = { type: "track", userId: "u1", event: "Product Viewed", messageId: "m1" };

describe("what is refused, and why", () => {
  test.each([
    [null, "collect/not-an-object"],
    [[], "collect/not-an-object"],
    ["track", "collect/not-an-object"],
    [{ ...track, type: "purchase" }, "collect/unknown-type"],
    [{ ...track, userId: "" }, "collect/no-identity"],
    [{ ...track, userId: "u\0" }, "collect/no-identity"],
    [{ ...track, userId: { $ne: 1 } }, "collect/no-identity"],
    [{ ...track, userId: "u".repeat(501) }, "collect/no-identity"],
    [{ ...track, event: undefined }, "collect/no-event-name"],
    [{ ...track, event: " \0\0" }, "collect/no-event-name"],
    [{ ...track, event: "x".repeat(201) }, "collect/no-event-name"],
    [{ ...track, properties: [] }, "collect/properties-not-an-object"],
    [{ ...track, context: "web" }, "collect/properties-not-an-object"],
    [{ ...track, timestamp: "soon" }, "collect/bad-timestamp"],
    [{ ...track, messageId: 5 }, "collect/bad-message-id"],
    [{ ...track, properties: { text: "字".repeat(11_000) } }, "collect/too-large"],
    [{ type: "identify", userId: "u", traits: { text: "x".repeat(33_000) } }, "collect/too-large"],
    [{ type: "group", userId: "u" }, "collect/no-group"],
    [{ type: "alias", userId: "u" }, "collect/no-previous-id"],
  ])("%j: %s", (item, code) => expect(readSegmentMessage(item, reading)).toBe(code));
});

test("an order's money is exact, its lines are columns, unknown properties stay", () => {
  const event = read({
    ...track,
    event: "Order Completed",
    properties: {
      order_id: "T1001",
      currency: "CNY",
      products: [
        { product_id: "17916191097", category: "formula", price: 0.1, quantity: 3 },
        { sku: "D-M-80", category: "diapers", price: "129.00", quantity: 2 },
      ],
      店铺: "旗舰店",
    },
  });
  expect(event).toMatchObject({
    orderId: "T1001",
    amountFen: 25_830,
    quantity: 5,
    excluded: false,
    marks: [],
  });
  expect(event.items).toEqual([
    { sku: "17916191097", category: "formula", quantity: 3, amountFen: 30 },
    { sku: "D-M-80", category: "diapers", quantity: 2, amountFen: 25_800 },
  ]);
  expect(JSON.parse(event.properties)).toMatchObject({
    店铺: "旗舰店",
    products: [{ product_id: "17916191097" }, {}],
  });
});

test("revenue wins over the sum of the lines; a single product is one line", () => {
  const event = read({ ...track, properties: { sku: "A", price: 10, quantity: 2, revenue: "18.5" } });
  expect(event).toMatchObject({
    amountFen: 1850,
    quantity: 2,
    items: [{ sku: "A", quantity: 2, amountFen: 2000 }],
  });
});

test.each([
  [{ sku: "A", quantity: -2 }, ["quantity-negative"], true],
  [{ sku: "A", quantity: 0 }, ["quantity-negative"], true],
  [{ sku: "A", quantity: 10_000 }, ["quantity-high"], true],
  [{ sku: "A", quantity: 1e300 }, ["quantity-high"], true],
  [{ revenue: -5 }, ["amount-negative"], true],
  [{ revenue: "lots" }, ["amount-unreadable"], false],
  [{ revenue: 5, currency: "USD" }, ["currency-other"], true],
  [{ note: "13812345678" }, ["personal-data-masked"], false],
  [{ sku: "A", quantity: 999 }, [], false],
])("%j is kept and marked %j", (properties, marks, excluded) => {
  expect(read({ ...track, properties })).toMatchObject({ marks, excluded });
});

test.each(["1884-05-01T00:00:00Z", "2084-05-01T00:00:00Z", -2_700_000_000])(
  "a time that cannot be (%s) is kept at the time of receipt and marked",
  (timestamp) =>
    expect(read({ ...track, timestamp })).toMatchObject({ at: received, marks: ["time-impossible"] }),
);

test("a wrong clock is corrected by sentAt; a right one leaves the time as it was said", () => {
  const timestamp = "2026-06-01T02:00:00.000Z";
  const at = Date.parse(timestamp);
  expect(read({ ...track, timestamp }, { sentAt: new Date(received - 400).toISOString() }).at).toBe(at);
  const hourSlow = new Date(received - 3_600_000).toISOString();
  expect(read({ ...track, timestamp }, { sentAt: hourSlow }).at).toBe(at + 3_600_000);
  expect(read({ ...track, timestamp, sentAt: hourSlow }).at).toBe(at + 3_600_000);
  expect(read({ ...track, timestamp, sentAt: hourSlow, receivedAt: hourSlow }).at).toBe(at);
});

test("who it is: ids, traits, device and external ids, in the shop's namespaces", () => {
  const event = read({
    type: "identify",
    userId: 42,
    anonymousId: "a-1",
    traits: { phone: "138 1234 5678", email: "m@example.cn", name: "王小明", city: "上海" },
    context: {
      device: { id: "dev-9" },
      externalIds: [
        { type: "openid:mini", id: "oAbC" },
        { type: "unionid", id: "uX" },
        { type: "user", id: "hijack" },
        5,
      ],
    },
  });
  expect(event.identifiers.map(({ namespace, value }) => `${namespace}:${value}`)).toEqual([
    "user:42",
    "anonymous:a-1",
    "phone:138 1234 5678",
    "email:m@example.cn",
    "device:dev-9",
    "openid:mini:oAbC",
    "unionid:uX",
  ]);
  expect(event.said).toEqual([{ kind: "traits", traits: { name: "王小明", city: "上海" } }]);
  expect(event.properties).toBe("{}");
});

test("children, due date and consent are statements of their own", () => {
  const { said, marks } = read({
    type: "identify",
    userId: "u",
    traits: {
      children: [{ id: "c1", birthday: "2025/3/1", gender: "女", name: "豆豆" }, { birthday: "soon" }],
      dueDate: "2026-09-01",
      marketingConsent: true,
      consents: { child: false, health: "no", orders: false },
    },
    context: { consent: { categoryPreferences: { marketing: false, sharing: true, Advertising: true } } },
  });
  expect(said).toEqual([
    { kind: "child", key: "c1", bornOn: "2025-03-01", gender: "female", genderCode: "女", name: "豆豆" },
    { kind: "child", dueOn: "2026-09-01" },
    { kind: "consent", purpose: "marketing", state: "granted" },
    { kind: "consent", purpose: "child", state: "withdrawn" },
    { kind: "consent", purpose: "marketing", state: "withdrawn" },
    { kind: "consent", purpose: "sharing", state: "granted" },
  ]);
  expect(marks).toEqual(["child-date-unreadable"]);
});

test("the same message id is the same event for one source and another one for the next", () => {
  expect(read(track).message).toBe(read({ ...track, properties: { a: 1 } }).message);
  expect(read(track).message).not.toBe(read(track, { source: 8 }).message);
});

test("without a message id the content tells a retry, when it has its own time", () => {
  const { messageId: _, ...bare } = track;
  const timed = { ...bare, timestamp: "2026-06-01T01:00:00Z" };
  expect(read(timed).message).toBe(read({ ...timed, sentAt: "2026-06-01T03:59:00Z" }).message);
  expect(read(timed).message).not.toBe(read({ ...timed, properties: { a: 1 } }).message);
  expect(read(bare).message).not.toBe(read(bare).message);
});

test("an alias is a word about two ids, not about the device that it was sent from", () => {
  const sent = { type: "alias", previousId: "old", context: { device: { id: "tablet-1" } } };
  const previous = ["anonymous", "user"].map((namespace) => ({ namespace, value: "old" }));
  expect(read({ ...sent, userId: "new", anonymousId: "browser" })).toMatchObject({
    identifiers: [{ namespace: "user", value: "new" }, ...previous],
  });
  expect(read({ ...sent, anonymousId: "browser" })).toMatchObject({
    identifiers: [...previous, { namespace: "anonymous", value: "browser" }],
  });
});

test("pages, screens, groups and aliases have names and keep their own fields", () => {
  expect(
    read({ type: "page", anonymousId: "a", name: "奶粉专区", category: "奶粉", properties: { url: "/x" } }),
  ).toMatchObject({
    name: "Page Viewed",
    properties: '{"name":"奶粉专区","category":"奶粉","url":"/x"}',
  });
  expect(read({ type: "group", userId: "u", groupId: "g", traits: { plan: "vip" } })).toMatchObject({
    name: "Grouped",
    said: [],
    properties: '{"groupId":"g","traits":{"plan":"vip"}}',
  });
  expect(read({ type: "alias", userId: "new", previousId: "old" })).toMatchObject({
    rule: "alias",
    identifiers: [
      { namespace: "user", value: "new" },
      { namespace: "anonymous", value: "old" },
      { namespace: "user", value: "old" },
    ],
  });
});
