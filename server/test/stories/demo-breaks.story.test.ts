import type { Breakage, DemoFeed } from "@stork/contract/demo.ts";
import type { QualityAlert, QualityAlertPage, QualityOverview } from "@stork/contract/quality.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demo } from "../../src/demo/demo.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

const path = "/api/v1/workspaces/demo";
const lookMs = 15_000;
const sendMs = 5_000;
const families = demo.families;
let app: WholeApp;

beforeAll(async () => {
  // The demo as everybody gets it, but for its size.
  demo.families = 80;
  app = await wholeApp({ now: "2026-11-18T02:59:00Z" });
  await app.app.ensureDemo(() => undefined);
});
afterAll(async () => {
  demo.families = families;
  await app?.close();
});

/** A quarter of a minute: what the shop sends in it, then a look of the watch. */
async function pass(): Promise<void> {
  for (let sent = 0; sent < lookMs; sent += sendMs) {
    app.clock.advance(sendMs);
    await app.runTask("demo.feed");
  }
  await app.runTask("quality.look");
}

const alerts = async (state = ""): Promise<QualityAlert[]> =>
  (await app.call<{ items: QualityAlert[] }>("GET", `${path}/quality/alerts${state}`)).body.items;

async function feed(kind: Breakage | null): Promise<DemoFeed> {
  const { body, status } = await app.call<DemoFeed>("POST", `${path}/demo/feed`, { break: kind });
  expect(status).toBe(200);
  return body;
}

/**
 * Breaks the feed and looks until the watch says so; answers after how many seconds, and the alert as it is when the
 * breakage has shown wherever it shows: it is one, though many fields are broken.
 */
async function broken(kind: Breakage, event: string, field: string) {
  const { breaking } = await feed(kind);
  const from = Date.parse(breaking?.from ?? "");
  while (app.clock.now().getTime() < from + 120_000) {
    await pass();
    const found = (await alerts("?state=open")).find(({ parts }) =>
      parts.some(
        (one) => one.indicator === breaking?.indicator && one.event === event && one.field === field,
      ),
    );
    if (found === undefined) continue;
    const seconds = (app.clock.now().getTime() - from) / 1000;
    for (let i = 0; i < 4; i += 1) await pass();
    const { body } = await app.call<QualityAlertPage>("GET", `${path}/quality/alerts/${found.id}`);
    expect(
      (await alerts()).filter(({ openedAt }) => Date.parse(openedAt) > from).map(({ title }) => title.zh),
    ).toEqual([body.title.zh]);
    expect(body.notes.filter(({ what }) => what === "opened")).toHaveLength(1);
    const part = body.parts.find((one) => one.event === event && one.field === field);
    return { ...body, seconds, examples: part?.examples ?? [] };
  }
  throw new Error(`${kind} was not found`);
}

/** What the page of sources and the page of quality say of each. */
const sending = async (): Promise<string[][]> => {
  const asked = await app.call<{ items: { sending: string }[] }>("GET", `${path}/sources`);
  const watched = await app.call<QualityOverview>("GET", `${path}/quality`);
  return [asked.body.items, watched.body.sources].map((ones) => ones.map((one) => one.sending));
};

test("the demo left alone, and its shop while it sends well, raise no alarm", async () => {
  const [asked, watched] = await sending();
  expect(asked).toEqual(watched);
  expect(asked).toContain("loaded");
  expect(asked).not.toContain("live");
  app.clock.advance(24 * 3_600_000);
  await app.runJobs();
  await app.runTask("quality.look");
  expect((await app.call<DemoFeed>("GET", `${path}/demo/feed`)).body).toMatchObject({
    ...{ source: { name: "微信小程序商城" }, state: "off", until: null, breaking: null },
  });
  expect(await feed(null)).toMatchObject({ state: "well", breaking: null });
  for (let i = 0; i < 8; i += 1) await pass();
  expect(await alerts()).toEqual([]);
  // Two a second; the hour of the clock has changed meanwhile.
  const { body } = await app.call<QualityOverview>("GET", `${path}/quality`);
  expect(body.sources.map(({ eventsLastHour }) => eventsLastHour)).toEqual([0, 0, 240, 0, 0]);
  const live = ["quiet", "quiet", "live", "quiet", "quiet"];
  expect(await sending()).toEqual([live, live]);
});

test("prices a hundredfold: found within 60 s, with rows that show it and the segment that stands on them", async () => {
  const found = await broken("prices", "Product Viewed", "price");
  expect(found.seconds).toBeLessThanOrEqual(60);
  expect(found.severity).toBe("critical");
  expect(found.examples.length).toBeGreaterThan(0);
  for (const { properties } of found.examples) expect(properties["price"]).toBeGreaterThan(1_000);
  expect(found.downstream.segments.map(({ name }) => name)).toEqual(["30 天内看过 300 元以上的初熙贝奶粉"]);
  await feed(null);
  for (let i = 0; i < 4; i += 1) await pass();
});

test("a field turns null: found within 60 s", async () => {
  const found = await broken("null", "Product Viewed", "price");
  expect(found.seconds).toBeLessThanOrEqual(60);
  expect(found.examples.length).toBeGreaterThan(0);
  for (const { properties } of found.examples) expect(properties["price"]).toBeNull();
  expect(found.downstream.segments).toHaveLength(1);
  await feed(null);
  for (let i = 0; i < 4; i += 1) await pass();
});

test("damaged by GBK: found within 60 s, as one alert of all the fields with rows of each", async () => {
  const found = await broken("gbk", "Product Viewed", "brand");
  expect(found.seconds).toBeLessThanOrEqual(60);
  expect(found.parts.length).toBeGreaterThan(4);
  for (const { examples, indicator } of found.parts)
    if (indicator === "text-garbled") expect(examples.length).toBeGreaterThan(0);
  expect(found.title.zh).toContain(`乱码，共 ${found.parts.length} 处`);
  expect(found.examples.length).toBeGreaterThan(0);
  expect(found.downstream.segments).toHaveLength(1);
  await feed(null);
  for (let i = 0; i < 4; i += 1) await pass();
});

test("the source stops: found within 60 s, with the last rows that came and all that stands on it", async () => {
  const found = await broken("stop", "", "");
  expect(found.seconds).toBeLessThanOrEqual(60);
  expect(found.severity).toBe("critical");
  expect(found.examples.length).toBeGreaterThan(0);
  expect(found.downstream.segments.length).toBeGreaterThan(3);
  expect(found.downstream.journeys.length).toBeGreaterThan(0);
});

test("nothing of this is done elsewhere than in the demo, nor by who may not change sources", async () => {
  await app.brand("own");
  const own = "/api/v1/workspaces/own/demo/feed";
  expect((await app.call<DemoFeed>("GET", own)).body.source).toBeNull();
  const refused = await app.call<{ code: string }>("POST", own, { break: "stop" });
  expect([refused.status, refused.body.code]).toEqual([409, "demo/not-the-demo"]);
  const { body } = await app.call<{ key: string }>("POST", `${path}/keys`, {
    ...{ name: "reader", scopes: ["collect:read"] },
  });
  expect((await app.call("POST", `${path}/demo/feed`, { break: null }, { key: body.key })).status).toBe(403);
});

test("a source connected four minutes ago, of which nothing else is known: each of them found, too", async () => {
  const { path: own, writeKey } = await app.brand("new");
  let sent = 0;
  type Goods = { name: string | null; price: number };
  const well = (): Goods => ({ name: "婴儿奶粉三段", price: 20 + ((sent * 7_919) % 400) });
  async function passNew(goods: (() => Goods) | null): Promise<string[]> {
    for (let i = 0; i < lookMs; i += sendMs) {
      app.clock.advance(sendMs);
      const at = app.clock.now().getTime();
      const batch = Array.from({ length: 10 }, (_, k) => {
        sent += 1;
        const timestamp = new Date(at - k * 400).toISOString();
        const common = {
          type: "track",
          event: "Product Viewed",
          messageId: `n${sent}`,
          userId: `u${sent % 90}`,
        };
        return { ...common, timestamp, properties: { sku: `S${sent % 50}`, ...(goods ?? well)() } };
      });
      if (goods !== null) await app.collect(writeKey, batch);
    }
    await app.runTask("quality.look");
    const { body } = await app.call<{ items: QualityAlert[] }>("GET", `${own}/quality/alerts?state=open`);
    return body.items.map(({ indicator, field }) => `${indicator} ${field}`.trim());
  }
  for (let i = 0; i < 16; i += 1) expect(await passNew(well)).toEqual([]);
  const breakages: [string, (() => Goods) | null][] = [
    ["field-missing name", () => ({ ...well(), name: null })],
    ["price-shift price", () => ({ ...well(), price: well().price * 100 })],
    ["text-garbled name", () => ({ ...well(), name: "濠村效濂剁矇涓夋\ufffd" })],
    ["source-silent", null],
  ];
  for (const [alert, goods] of breakages) {
    const looks: string[][] = [];
    for (let i = 0; i < 4 && !looks.flat().includes(alert); i += 1) looks.push(await passNew(goods));
    expect(looks.flat()).toContain(alert);
    for (let i = 0; i < 2; i += 1) await passNew(well);
  }
});
