import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { QualityAlert, QualityAlertPage, QualityOverview } from "@stork/contract/quality.ts";
import type { ScoreCard } from "@stork/contract/score-card.ts";
import type { SupplierSheet } from "@stork/contract/suppliers.ts";
import iconv from "iconv-lite";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellHistory } from "../ordinary-shop.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** Eight in the evening in Shanghai, when mothers shop. */
const start = "2026-05-13T12:00:00Z";
const lookMs = 15_000;
const perLook = 15;

let app: WholeApp;
let path: string;
let writeKey: string;
let source: number;

beforeAll(async () => {
  app = await wholeApp({ now: start });
  ({ path, writeKey } = await app.brand("feed"));
  const { body } = await app.call<{ items: { id: string }[] }>("GET", `${path}/sources`);
  source = Number(body.items[0]?.id);
  const { rows } = await app.engines.postgres.pool.query<{ id: number }>(
    "select id from workspace where slug = 'feed'",
  );
  await tellHistory(app.engines, rows[0]?.id ?? 0, source);
});
afterAll(async () => {
  receiver?.close();
  await app?.close();
});

let receiver: Server | undefined;
const received: { headers: Record<string, string>; body: string }[] = [];

/** Somebody's chat room, which takes webhooks; the first it does not answer. */
async function openReceiver(): Promise<string> {
  let fails = 1;
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString("utf8");
    });
    request.on("end", () => {
      const refused = fails > 0;
      fails -= 1;
      if (!refused) received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(refused ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
}

let sent = 0;
interface Product {
  price: number | null;
  name: string;
}
const draw = () => {
  sent += 1;
  return ((Math.imul(sent, 2_654_435_761) >>> 0) + 0.5) / 2 ** 32;
};
const usual = (): Product => ({
  price:
    Math.round(
      100 * Math.exp(4.6 + 0.9 * Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw())),
    ) / 100,
  name: "婴儿奶粉三段",
});

/** A quarter of a minute of the shop, then a look of the watch. */
async function pass(product: (() => Product) | null): Promise<void> {
  if (product !== null) {
    const at = app.clock.now().getTime();
    const events = Array.from({ length: perLook }, (_, i) => {
      const { price, name } = product();
      const timestamp = new Date(at + (i * lookMs) / perLook).toISOString();
      const common = { type: "track", userId: `m-${i}`, messageId: `live-${sent}-${i}`, timestamp };
      const goods = { sku: `S-${i}`, name, category: "formula", price };
      return i % 12 === 0
        ? {
            ...{ ...common, event: "Order Completed" },
            properties: {
              order_id: `L${sent}`,
              revenue: price,
              status: "paid",
              products: [{ ...goods, quantity: 1 }],
            },
          }
        : { ...common, event: "Product Viewed", properties: goods };
    });
    app.clock.advance(lookMs);
    await app.collect(writeKey, events);
  } else app.clock.advance(lookMs);
  await app.app.tasks["quality.look"]?.(
    {},
    { jobId: "1", attempt: 1, lastAttempt: true, signal: new AbortController().signal },
  );
}

const alerts = async (state?: string): Promise<QualityAlert[]> =>
  (
    await app.call<{ items: QualityAlert[] }>(
      "GET",
      `${path}/quality/alerts${state ? `?state=${state}` : ""}`,
    )
  ).body.items;

/** Seconds until an alert of this kind is there; the feed goes on being broken meanwhile. */
async function secondsUntil(indicator: string, product: (() => Product) | null): Promise<number> {
  for (let seconds = lookMs / 1000; seconds <= 120; seconds += lookMs / 1000) {
    await pass(product);
    const open = await alerts("open");
    if (open.some(({ parts }) => parts.some((part) => part.indicator === indicator))) return seconds;
  }
  return Number.POSITIVE_INFINITY;
}

async function wellAgain(): Promise<void> {
  for (let i = 0; i < 40 && (i < 14 || (await alerts("open")).length > 0); i += 1) await pass(usual);
}

describe("a shop's feed breaks, with nothing configured", () => {
  test("while it is well nothing is said", async () => {
    for (let i = 0; i < 26; i += 1) await pass(usual);
    expect(await alerts()).toEqual([]);
    const { body } = await app.call<QualityOverview>("GET", `${path}/quality`);
    expect(body.sources[0]?.learnedAt).not.toBeNull();
    expect(body.sources[0]?.score).toBeGreaterThan(95);
    expect(body.sources[0]?.eventsLastHour).toBe(26 * perLook);
  });

  test("a field turns null: found within 60 s, with rows that show it, and well again by itself", async () => {
    await app.call("POST", `${path}/segments`, {
      name: "买得贵",
      where: { kind: "did", event: "Product Viewed", where: [{ property: "price", op: ">", value: 300 }] },
    });
    await app.call("POST", `${path}/journeys`, {
      name: "看了贵的",
      entry: { kind: "event", event: "Product Viewed", where: [{ property: "price", op: ">", value: 300 }] },
      steps: [{ kind: "exit" }],
    });
    expect(await secondsUntil("field-missing", () => ({ ...usual(), price: null }))).toBeLessThanOrEqual(60);
    await pass(() => ({ ...usual(), price: null }));
    const found = (await alerts("open")).find(
      (one) => one.indicator === "field-missing" && one.field === "price",
    );
    expect(found).toMatchObject({ event: "Product Viewed", field: "price", severity: "critical" });
    // As people call them, not as the sender writes them.
    expect(found?.title.zh).toMatch(/：字段缺失.*共 \d 处（浏览商品 · 单价、/);
    const { body } = await app.call<QualityAlertPage>("GET", `${path}/quality/alerts/${found?.id}`);
    expect(body.examples.length).toBeGreaterThan(0);
    expect(body.examples.every((event) => event.properties["price"] === null)).toBe(true);
    expect(body.examples[0]?.identifier).not.toContain("m-1");
    expect(body.downstream.segments.map(({ name }) => name)).toEqual(["买得贵"]);
    expect(body.downstream.journeys.map(({ name }) => name)).toEqual(["看了贵的"]);
    await wellAgain();
    expect(await alerts("open")).toEqual([]);
  });

  test("prices a hundredfold: found within 60 s", async () => {
    const hundredfold = () => {
      const product = usual();
      return { ...product, price: Math.round((product.price ?? 0) * 100) };
    };
    expect(await secondsUntil("price-shift", hundredfold)).toBeLessThanOrEqual(60);
  });

  test("damaged by GBK: found within 60 s; staff are told by webhook, signed, though it failed at first", async () => {
    const settings = { url: await openReceiver() };
    const channel = await app.call<{ id: string; secret: string }>("POST", `${path}/channels`, {
      ...{ kind: "webhook", name: "值班群", settings },
    });
    const item = { channel: channel.body.id, to: null, severity: "warning", resolved: true, language: "zh" };
    const set = await app.call("PUT", `${path}/quality/notifications`, { items: [item] });
    expect(set.status).toBe(200);
    const damaged = iconv.encode("婴儿奶粉三段", "gbk").toString("utf8");
    expect(await secondsUntil("text-garbled", () => ({ ...usual(), name: damaged }))).toBeLessThanOrEqual(60);
    await wellAgain();
    expect(await alerts("open")).toEqual([]);
    const told = received.map(({ headers, body }) => {
      const id = headers["webhook-id"] ?? "";
      const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
      expect(headers["webhook-signature"]).toBe(new Webhook(channel.body.secret).sign(id, at, body));
      return JSON.parse(body) as { data: { subject: string; alert: Record<string, string> } };
    });
    const opened = told.find(({ data }) => data.alert.what === "opened" && data.alert.field === "name");
    expect(opened?.data.alert.indicator).toBe("text-garbled");
    expect(opened?.data.subject).toContain("乱码");
    expect(told.some(({ data }) => data.alert.what === "resolved")).toBe(true);
    const page = await app.call<QualityAlertPage>(
      "GET",
      `${path}/quality/alerts/${opened?.data.alert["id"]}`,
    );
    expect(page.body.notes.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["opened", "told", "resolved"]),
    );
  });

  test("the source stops: found within 60 s, and no more is said of what that explains", async () => {
    expect(await secondsUntil("source-silent", null)).toBeLessThanOrEqual(60);
    expect((await alerts("open")).map(({ indicator }) => indicator)).toEqual(["source-silent"]);
  });

  test("somebody takes it on, then snoozes it with a reason; it wakes when it is still not well", async () => {
    const [alert] = await alerts("open");
    const way = `${path}/quality/alerts/${alert?.id}`;
    expect(
      (await app.call<QualityAlert>("POST", `${way}/acknowledge`, { note: "已联系店铺" })).body.state,
    ).toBe("acknowledged");
    expect((await app.call("POST", `${way}/snooze`, { until: start, note: "x" })).status).toBe(422);
    const until = new Date(app.clock.now().getTime() + 60_000).toISOString();
    const snoozed = await app.call<QualityAlert>("POST", `${way}/snooze`, { until, note: "店铺维护" });
    expect(snoozed.body).toMatchObject({ state: "snoozed", note: "店铺维护" });
    for (let i = 0; i < 6; i += 1) await pass(null);
    expect((await alerts("open")).map(({ id }) => id)).toEqual([alert?.id]);
    const { notes } = (await app.call<QualityAlertPage>("GET", way)).body;
    expect(notes.map(({ what }) => what)).toContain("woken");
    await wellAgain();
    expect((await alerts("resolved")).some(({ id }) => id === alert?.id)).toBe(true);
    expect((await app.call("POST", `${way}/acknowledge`, {})).status).toBe(409);
  });

  test("what is switched off is not watched; thresholds are the workspace's own", async () => {
    const way = `${path}/quality/indicators/text-garbled`;
    expect((await app.call("PATCH", way, { off: true })).body).toMatchObject({
      off: true,
      ownThreshold: null,
    });
    const damaged = iconv.encode("婴儿奶粉三段", "gbk").toString("utf8");
    for (let i = 0; i < 4; i += 1) await pass(() => ({ ...usual(), name: damaged }));
    expect((await alerts("open")).filter(({ indicator }) => indicator === "text-garbled")).toEqual([]);
    expect((await app.call("PATCH", way, { off: false, ownThreshold: 0.5 })).body).toMatchObject({
      ownThreshold: 0.5,
    });
    expect((await app.call("PATCH", `${path}/quality/indicators/nothing`, { off: true })).status).toBe(404);
  });

  test("the month's card adds up what was wrong and what was done, and prints", async () => {
    const { body: card } = await app.call<ScoreCard>("GET", `${path}/quality/card`);
    expect(card.month).toBe("2026-05");
    expect(card.total).toBeGreaterThan(50);
    expect(card.total).toBeLessThan(100);
    expect(card.alerts.length).toBeGreaterThanOrEqual(4);
    expect(card.done.map(({ what }) => what.zh)).toContain("暂停告警：来源中断");
    const reply = await fetch(`${app.url}${path}/quality/card.pdf`, {
      headers: { authorization: `Bearer ${app.ownerKey}` },
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(reply.headers.get("content-type")).toBe("application/pdf");
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    // The heading, as a PDF writes Chinese: 数据质量月报.
    expect(bytes.toString("latin1")).toContain("6570636e8d2891cf6708 62a5".replace(" ", ""));
    expect((await app.call("GET", `${path}/quality/card?month=2027-01`)).status).toBe(422);
  });

  test("a supplier is marked over eight dimensions, by what is measured and what is stated", async () => {
    const lawfulness = {
      contract: true,
      originStated: true,
      consentProven: null,
      purposeFits: true,
      minorsGuarded: false,
      audited: null,
    };
    const { body, status } = await app.call<SupplierSheet>("PUT", `${path}/quality/suppliers/${source}`, {
      ...{ supplier: "某数据公司", lawfulness, paidFen: 500_000, fairPriceFen: 100, note: "" },
    });
    expect(status).toBe(200);
    expect(body.scores).toHaveLength(8);
    expect(body.scores.find(({ dimension }) => dimension === "lawfulness")?.score).toBe(50);
    expect(body.pricePerUsableFen).toBeGreaterThan(0);
    expect(
      (await app.call<{ items: unknown[] }>("GET", `${path}/quality/suppliers`)).body.items,
    ).toHaveLength(1);
    expect((await app.call("DELETE", `${path}/quality/suppliers/${source}`)).status).toBe(204);
    const { items } = (await app.call<{ items: unknown[] }>("GET", `${path}/quality/suppliers`)).body;
    expect(items).toEqual([]);
  });
});
