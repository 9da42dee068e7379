import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Delivery, Webhook as Shown } from "@stork/contract/webhooks.ts";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../until.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** A developer's server is told of orders and of who enters a segment; it fails, comes back, and is told once of each. */

interface Got {
  id: string;
  headers: Record<string, string>;
  body: { type: string; data: Record<string, unknown> };
}

const now = "2026-06-01T04:00:00.000Z";
let app: WholeApp;
let path: string;
let writeKey: string;
let receiver: Server;
let url = "";
let secret = "";
let hook = "";
let answer = 200;
let got: Got[] = [];
let all: Got[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    void readAll(request).then((text) => {
      // As a receiver should: nothing is looked at before the signature holds.
      const headers = request.headers as Record<string, string>;
      const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
      const right = new Webhook(secret).sign(headers["webhook-id"] ?? "", at, text);
      if (headers["webhook-signature"] !== right) answer = 401;
      const one = { id: headers["webhook-id"] ?? "", headers, body: JSON.parse(text) };
      all.push(one);
      if (answer === 200) got.push(one);
      response.writeHead(answer, answer === 302 ? { location: "http://127.0.0.1:9/" } : {}).end("thanks");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  app = await wholeApp({ now });
  ({ path, writeKey } = await app.brand("outgoing"));
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  receiver.close();
});

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

let sent = 0;
const order = (userId: string, total = 100) => ({
  ...{ type: "track", messageId: `w${++sent}`, userId, event: "Order Completed" },
  properties: { order_id: `o${sent}`, total, currency: "CNY", phone: "13812345678" },
  timestamp: now,
});
const shown = async () =>
  (await app.call<{ items: Shown[] }>("GET", `${path}/webhooks`)).body.items.find(({ id }) => id === hook);
const log = async (query = "") =>
  (await app.call<{ items: Delivery[] }>("GET", `${path}/webhooks/${hook}/deliveries${query}`)).body.items;

test("only a safe address and known segments are taken; the secret is shown once", async () => {
  const make = (body: object) =>
    app.call<Shown & { secret: string; code: string }>("POST", `${path}/webhooks`, body);
  const wants = { events: ["Order Completed"] };
  expect((await make({ name: "x", url: "http://example.com/", wants })).body.code).toBe(
    "webhooks/insecure-address",
  );
  expect((await make({ name: "x", url: "https://u:p@example.com/", wants })).status).toBe(400);
  expect((await make({ name: "x", url, wants: {} })).status).toBe(400);
  expect((await make({ name: "x", url, wants: { segments: ["77"] } })).body.code).toBe(
    "webhooks/unknown-segment",
  );
  const made = await make({ name: "ERP", url, wants });
  expect(made.status).toBe(201);
  ({ secret, id: hook } = made.body);
  expect(secret).toMatch(/^whsec_/);
  expect(await shown()).not.toHaveProperty("secret");
  const test = await app.call<{ delivered: boolean }>("POST", `${path}/webhooks/${hook}/test`);
  expect(test.body).toEqual({ delivered: true, answer: "200" });
  expect(got.pop()?.body.type).toBe("test");
});

test("an order is told, signed, without anything that identifies; sent again it is not told again", async () => {
  const one = order("mother-1");
  await app.collect(writeKey, [one]);
  await until(() => got.length === 1);
  const told = got[0] as Got;
  expect(told.body).toMatchObject({
    type: "event",
    data: { event: "Order Completed", orderId: "o1", amountFen: 10_000 },
  });
  expect(JSON.stringify(told.body)).not.toMatch(/13812345678|mother-1/);
  const person = String(told.body.data["person"]);
  const found = await app.call<{ id: string }>("GET", `${path}/persons?identifier=user:mother-1`);
  expect(person).toBe(found.body.id);
  await app.collect(writeKey, [one, { ...order("mother-1"), event: "Product Viewed" }]);
  await until(async () => (await log()).every(({ state }) => state === "delivered"));
  expect(got).toHaveLength(1);
});

test("a receiver that fails is tried again under the same id, and the log says what it answered", async () => {
  answer = 500;
  all = [];
  await app.collect(writeKey, [order("mother-2")]);
  await until(() => all.length === 1);
  await until(async () => (await log("?state=waiting"))[0]?.lastAnswer === "500");
  answer = 302;
  app.clock.advance(6_000);
  await until(() => all.length === 2);
  await until(async () => (await log("?state=waiting"))[0]?.attempts === 2);
  answer = 200;
  got = [];
  app.clock.advance(330_000);
  await until(() => got.length === 1);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  await until(async () => (await log())[0]?.state === "delivered");
  expect((await log())[0]).toMatchObject({ attempts: 3, lastAnswer: "200" });
});

test("who enters and who leaves a segment is told", async () => {
  const where = { kind: "did", event: "Order Completed", sum: { property: "total", op: ">=", value: 500 } };
  const { body: segment } = await app.call<{ id: string }>("POST", `${path}/segments`, {
    name: "大客",
    where,
  });
  const wants = { events: [], segments: [segment.id] };
  // Whoever is in it when it is first worked out has not entered.
  const fresh = async () =>
    (await app.call<{ freshAt: string | null }>("GET", `${path}/segments/${segment.id}`)).body.freshAt;
  await until(async () => (await fresh()) !== null);
  expect((await app.call("PATCH", `${path}/webhooks/${hook}`, { wants })).status).toBe(200);
  got = [];
  app.clock.advance(1_000);
  await app.collect(writeKey, [order("mother-3", 600)]);
  await until(() => got.length === 1);
  expect(got[0]?.body).toMatchObject({
    type: "segment.entered",
    data: { segment: { id: segment.id, name: "大客" } },
  });
  // Told of in order: once the next one is, nothing more comes of the first.
  await app.collect(writeKey, [order("mother-9", 700)]);
  await until(() => got.length > 1);
  expect(got).toHaveLength(2);
  expect(new Set(got.map(({ body }) => body.data["person"])).size).toBe(2);
});

test("410 pauses it; going on, it is told of what comes from then on", async () => {
  const wants = { events: ["Order Completed"], segments: [] };
  await app.call("PATCH", `${path}/webhooks/${hook}`, { wants });
  answer = 410;
  await app.collect(writeKey, [order("mother-4")]);
  await until(async () => (await shown())?.pausedAt !== null);
  expect((await shown())?.pausedBecause?.en).toMatch(/410/);
  answer = 200;
  got = [];
  await app.collect(writeKey, [order("mother-5")]);
  await app.call("PATCH", `${path}/webhooks/${hook}`, { paused: false });
  await app.collect(writeKey, [order("mother-6")]);
  await until(() => got.length === 1);
  const failed = (await log("?state=failed"))[0];
  const retry = `${path}/webhooks/${hook}/deliveries/${failed?.id}/retry`;
  expect((await app.call("POST", retry)).status).toBe(204);
  await until(() => got.length === 2);
  expect(got[1]?.id).toBe(failed?.id);
  // The answer is written down a moment after it was given.
  await until(async () => (await shown())?.waiting === 0);
  expect(await shown()).toMatchObject({ waiting: 0, failed: 0 });
});
