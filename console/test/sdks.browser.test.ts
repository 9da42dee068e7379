import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Person } from "@stork/contract/people.ts";
import type { Source, TailEntry } from "@stork/contract/sources.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser, patienceMs } from "./browser.ts";

/**
 * The public browser SDKs, unmodified, on a shop's page of another origin, against the whole app: everything they send
 * has to arrive, also what they send while the page is being left.
 */
const modules = join(import.meta.dirname, "../../node_modules");
const scripts: Readonly<Record<string, string>> = {
  "/segment.js": join(modules, "@segment/analytics-next/dist/umd/index.js"),
  "/sensors.js": join(modules, "sa-sdk-javascript/sensorsdata.min.js"),
};

let house: WholeApp;
let shop: Server;
let shopUrl: string;
let browser: Browser;
let page: Page;
let made = 0;
let path: string;
let source: Source;

beforeAll(async () => {
  house = await wholeApp({ now: new Date().toISOString() });
  ({ path } = await house.brand("sdks"));
  shop = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://shop");
    const script = scripts[address.pathname];
    response.setHeader("content-type", script === undefined ? "text/html; charset=utf-8" : "text/javascript");
    // A bundle of the SDK that the page asks for beside it.
    const bundle = /\.bundle\.[0-9a-f]+\.js$/.test(address.pathname);
    if (bundle)
      return response.end(readFileSync(join(modules, "@segment/analytics-next/dist/umd", address.pathname)));
    if (script !== undefined) return response.end(readFileSync(script));
    response.end(`<!doctype html><title>奶粉</title><h1>一段奶粉</h1><button id="buy">加入购物车</button>`);
  });
  await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  browser = await openBrowser();
});
beforeEach(async () => {
  made += 1;
  source = (
    await house.call<Source>("POST", `${path}/sources`, {
      kind: made > 3 ? "sensors" : "http",
      name: `页面 ${made}`,
    })
  ).body;
  const context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${shopUrl}/milk?utm_source=weibo&utm_campaign=spring`);
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await house?.close();
});

const tail = async (): Promise<TailEntry[]> =>
  (await house.call<{ items: TailEntry[] }>("GET", `${path}/sources/${source.id}/tail`)).body.items;
const names = async (): Promise<string[]> =>
  (await tail()).map((one) => (one.outcome === "accepted" ? one.name : one.code)).sort();
const arrived = (...wanted: string[]) => expect.poll(names).toEqual(wanted.sort());
const person = async (identifier: string): Promise<Person> =>
  (await house.call<Person>("GET", `${path}/persons?identifier=${encodeURIComponent(identifier)}`)).body;
const seen = async (): Promise<Source> =>
  (await house.call<Source>("GET", `${path}/sources/${source.id}`)).body;

describe("Segment's analytics.js", () => {
  /** All that a shop configures: the key, and this server as the place of the settings. */
  const load = async (more: object = {}): Promise<void> => {
    await page.addScriptTag({ url: `${shopUrl}/segment.js` });
    await page.evaluate(
      ([writeKey, cdnURL, extra]) => {
        const { AnalyticsBrowser } = (
          globalThis as never as {
            AnalyticsNext: { AnalyticsBrowser: { load(...args: unknown[]): PromiseLike<unknown> } };
          }
        ).AnalyticsNext;
        const analytics = AnalyticsBrowser.load(
          { writeKey, cdnURL },
          { integrations: { "Segment.io": extra } },
        );
        Object.assign(globalThis, { analytics });
        return Promise.resolve(analytics).then(() => undefined);
      },
      [source.writeKey, house.url, more] as const,
    );
  };
  const call = (body: string): Promise<unknown> =>
    page.evaluate(`(async () => { const analytics = window.analytics; ${body} })()`);

  test("every call arrives, by no other setting than the key and this server", async () => {
    await load();
    await call(`
      await analytics.page("奶粉", { shelf: "formula" });
      await analytics.track("Product Viewed", { sku: "F-1", price: 258 });
      await analytics.identify("js-1", { phone: "13912345671", city: "上海" });
      await analytics.screen("订单");
      await analytics.group("vip");
      await analytics.alias("js-1-new", "js-1");
    `);
    await arrived("Page Viewed", "Product Viewed", "Identified", "Screen Viewed", "Grouped", "Aliased");
    const found = await person("user:js-1");
    expect(found.traits).toMatchObject({ city: "上海" });
    expect((await person("phone:13912345671")).id).toBe(found.id);
    expect(await seen()).toMatchObject({
      first: { state: "received", sdk: { name: "analytics.js" } },
      lastHour: { events: 6, refused: 0 },
    });
    const viewed = (await tail()).find((one) => one.outcome === "accepted" && one.name === "Page Viewed");
    expect(viewed).toMatchObject({
      properties: { shelf: "formula", campaign: { source: "weibo", name: "spring" } },
    });
  });

  test("what waits in a batch leaves with the page", async () => {
    await load({ deliveryStrategy: { strategy: "batching", config: { size: 50, timeout: 60_000 } } });
    await call(`for (let i = 0; i < 12; i += 1) analytics.track("Left " + (i % 2));
      await new Promise((done) => setTimeout(done, 100));`);
    expect(await names()).toEqual([]);
    await page.goto("about:blank");
    await arrived(...Array.from({ length: 12 }, (_, i) => `Left ${i % 2}`));
  });

  test("what is sent in the last moment with keepalive arrives", async () => {
    await load({ deliveryStrategy: { config: { keepalive: true } } });
    await call(`analytics.track("Checkout Started"); await new Promise((done) => setTimeout(done, 20));`);
    await page.goto("about:blank");
    await arrived("Checkout Started");
  });
});

describe("Sensors Analytics' JavaScript SDK", () => {
  const load = async (more: string): Promise<void> => {
    await page.addScriptTag({ url: `${shopUrl}/sensors.js` });
    await page.evaluate(`
      window.sensors = window.sensorsDataAnalytic201505;
      sensors.init({ server_url: ${JSON.stringify(`${house.url}/sa?project=default&token=${source.writeKey}`)},
        is_track_single_page: false, show_log: false, heatmap: { clickmap: "default", scroll_notice_map: "not_collect" },
        ${more} });
      sensors.quick("autoTrack");`);
  };
  const shopping = `
    sensors.track("ViewProduct", { sku: "F-1", price: 258 });
    sensors.login("sa-1");
    sensors.setProfile({ city: "上海", $name: "王小明" });
    sensors.setOnceProfile({ first_shop: "静安店" });
    sensors.incrementProfile({ points: 30 });
    sensors.appendProfile({ likes: ["奶粉", "绘本"] });`;
  const expected = [
    "Page Viewed",
    "ViewProduct",
    "Signed In",
    ...Array.from({ length: 5 }, () => "Identified"),
  ];

  test.each([
    ["image", `send_type: "image"`],
    ["ajax", `send_type: "ajax"`],
    ["beacon", `send_type: "beacon"`],
    [
      "a batch",
      `send_type: "ajax", batch_send: { datasend_timeout: 6000, send_interval: 500, storage_length: 200 }`,
    ],
  ])("by %s: the visitor who signs in is one person, with her traits", async (_way, more) => {
    await load(more);
    await page.evaluate(shopping);
    await arrived(...expected);
    const found = await person("user:sa-1");
    expect(found.traits).toMatchObject({ city: "上海", first_shop: "静安店", likes: ["奶粉", "绘本"] });
    expect(found.traits["points"]).toBeGreaterThanOrEqual(30);
    expect(found.identifiers.map(({ namespace }) => namespace)).toContain("anonymous");
    const viewed = (await tail()).find((one) => one.outcome === "accepted" && one.name === "Page Viewed");
    expect(viewed).toMatchObject({ properties: { title: "奶粉", sdk: "js", campaign: { source: "weibo" } } });
    expect((await seen()).first).toMatchObject({ state: "received", sdk: { name: "js" } });
  });

  test("a click, and what is tracked while leaving, go by beacon", async () => {
    await load(`send_type: "beacon"`);
    await page.evaluate(`addEventListener("pagehide", () => sensors.track("Leaving"))`);
    await page.click("#buy");
    await page.goto("about:blank");
    await expect.poll(names).toEqual(expect.arrayContaining(["Element Clicked", "Leaving", "Page Viewed"]));
  });
});
