import { Analytics } from "@segment/analytics-node";
import type { Person } from "@stork/contract/people.ts";
import type { Source, TailEntry } from "@stork/contract/sources.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let writeKey: string;
beforeAll(async () => {
  app = await wholeApp({ now: new Date().toISOString() });
  ({ path, writeKey } = await app.brand("collect"));
});
afterAll(() => app.close());

/** The SDK as a shop would install it; every error it meets is kept. */
function sdk() {
  const analytics = new Analytics({ writeKey, host: app.url, maxRetries: 0, flushAt: 20 });
  const errors: unknown[] = [];
  analytics.on("error", (error) => errors.push(error));
  return { analytics, errors };
}

const person = (identifier: string) =>
  app.call<Person>("GET", `${path}/persons?identifier=${encodeURIComponent(identifier)}`);

describe("a shop installs the public SDK, unmodified", () => {
  test("a mother browses, signs in and buys; the shop sees one person with her child and her order", async () => {
    const { analytics, errors } = sdk();
    const month = 30 * 86_400_000;
    const birthday = new Date(app.clock.now().getTime() - 5 * month).toISOString().slice(0, 10);
    analytics.page({
      anonymousId: "visit-1",
      name: "奶粉",
      properties: { url: "https://shop.example/milk" },
    });
    analytics.track({
      anonymousId: "visit-1",
      event: "Product Viewed",
      properties: { sku: "F-1", category: "formula", price: 258 },
    });
    analytics.identify({
      userId: "m-1",
      anonymousId: "visit-1",
      traits: {
        phone: "13912345670",
        name: "王小明",
        city: "上海",
        marketingConsent: true,
        children: [{ birthday, gender: "女" }],
      },
    });
    analytics.track({
      userId: "m-1",
      event: "Order Completed",
      properties: { order_id: "T1", revenue: 516.5, products: [{ sku: "F-1", quantity: 2, price: 258.25 }] },
    });
    analytics.screen({ userId: "m-1", name: "订单" });
    analytics.group({ userId: "m-1", groupId: "vip" });
    analytics.alias({ userId: "m-1", previousId: "old-1" });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);

    const found = await person("phone:13912345670");
    expect(found.status).toBe(200);
    expect(found.body.children).toMatchObject([
      { bornOn: birthday, gender: "female", stage: "3-6", source: "stated" },
    ]);
    expect(found.body.orders).toMatchObject({ count: 1, amountFen: 51_650 });
    expect(found.body.consents).toMatchObject([{ purpose: "marketing", state: "granted" }]);
    expect(found.body.traits).toMatchObject({ city: "上海" });
    for (const identifier of ["user:m-1", "anonymous:visit-1", "user:old-1"])
      expect((await person(identifier)).body.id).toBe(found.body.id);
  });

  test("a flush of hundreds arrives once, also when the shop's server sends it all again", async () => {
    const { analytics, errors } = sdk();
    for (const round of [1, 2])
      for (let i = 0; i < 250; i += 1)
        analytics.track({
          userId: `f-${i % 50}`,
          event: "Product Added",
          messageId: `flush-${i}`,
          properties: { round, quantity: 1 },
        });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);
    const count = await app.call<{ persons: number }>("POST", `${path}/segments/count`, {
      where: { kind: "did", event: "Product Added", count: { op: "=", value: 5 } },
    });
    expect(count.body.persons).toBe(50);
  });

  test("what the SDK cannot deliver it is told: a wrong key, a bad event", async () => {
    const wrong = new Analytics({ writeKey: "wrong", host: app.url, maxRetries: 0 });
    const errors: { reason?: unknown; code?: string }[] = [];
    wrong.on("error", (error) => errors.push(error));
    wrong.track({ userId: "u", event: "E" });
    await wrong.closeAndFlush();
    expect(errors).toHaveLength(1);
  });
});

test("the source shows what arrives, live and masked", async () => {
  const sources = await app.call<{ items: Source[] }>("GET", `${path}/sources`);
  const source = sources.body.items.find((one) => one.writeKey === writeKey) as Source;
  expect(source.eventsToday).toBeGreaterThanOrEqual(257);
  expect(source.eventsTotal).toBe(source.eventsToday);
  app.clock.advance(1000);
  await app.collect(writeKey, [
    {
      type: "track",
      userId: "secret-member-77",
      event: "Live",
      properties: { note: "call 13912345670", sku: "X" },
    },
  ]);
  const recent = await app.call<{ items: TailEntry[] }>("GET", `${path}/sources/${source.id}/tail`);
  expect(recent.body.items[0]).toMatchObject({
    name: "Live",
    identifier: "user:se****77",
    properties: { note: "call [phone]", sku: "X" },
  });
  expect(recent.body.items).toHaveLength(50);
  expect(JSON.stringify(recent.body)).not.toMatch(/13912345670|王小明|secret-member/);
});

test("a removed source takes nothing more; what came stays; nobody else sees its key", async () => {
  const made = await app.call<Source>("POST", `${path}/sources`, { name: "小程序" });
  expect(made).toMatchObject({
    status: 201,
    body: { kind: "http", writeKey: expect.stringMatching(/^wk_/) },
  });
  await app.collect(made.body.writeKey, [{ type: "track", userId: "u1", event: "Once" }]);
  expect((await app.call("DELETE", `${path}/sources/${made.body.id}`)).status).toBe(204);
  await expect(
    app.collect(made.body.writeKey, [{ type: "track", userId: "u1", event: "Twice" }]),
  ).rejects.toThrow("401");
  expect((await app.call("DELETE", `${path}/sources/${made.body.id}`)).status).toBe(404);
  expect((await app.call("GET", `${path}/sources/9999/tail`)).status).toBe(404);
  const key = await app.call<{ key: string }>("POST", `${path}/keys`, {
    name: "reader",
    scopes: ["collect:read"],
  });
  const seen = await app.call<{ items: Source[] }>("GET", `${path}/sources`, undefined, {
    key: key.body.key,
  });
  expect(seen.body.items.every((one) => /^wk_\*{4}/.test(one.writeKey))).toBe(true);
});
