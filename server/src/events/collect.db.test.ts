import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import type { People } from "../people/people.store.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import { createHttp } from "../platform/http.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { createBodies } from "./bodies.routes.ts";
import { collectRoutes } from "./collect.routes.ts";
import { Collector } from "./collector.ts";
import { openEvents } from "./events.store.ts";
import { createIntake } from "./intake.ts";
import { RecentWindow } from "./recent-window.ts";
import { createSourceKeys } from "./source-keys.store.ts";
import { createSource, removeSource, type SourceRow } from "./sources.store.ts";

let engines: TestEngines;
let people: People;
let http: FastifyInstance;
let workspace: WorkspaceRef;
let source: SourceRow;
const told: string[] = [];

async function open(more: { clickhouse?: TestEngines["clickhouse"] } = {}): Promise<FastifyInstance> {
  const app = await createHttp({ log: engines.log, version: "test", access: {} as never, consoleDir: null });
  const events = openEvents({
    ...engines,
    ...more,
    people,
    onCommitted: [(_w, nodes, names) => void told.push(`${nodes.length} ${names}`)],
  });
  await events.prepare();
  const intake = createIntake({ collector: events.collector, log: engines.log });
  collectRoutes(app, { intake, keys: events.keys, clock: engines.clock, bodies: createBodies() });
  return app;
}

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
  http = await open();
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
  source = await createSource(engines.db, workspace.id, { kind: "http", name: "网站" }, engines.clock.now());
  told.length = 0;
});
afterAll(async () => {
  await http.close();
  people.stop();
  await engines.close();
});

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;
interface Sent {
  key?: string;
  headers?: Record<string, string>;
  app?: FastifyInstance;
}
async function send(
  path: string,
  body: unknown,
  { key = source.writeKey, headers = {}, app = http }: Sent = {},
) {
  const payload = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await app.inject({
    method: "POST",
    url: `/v1/${path}`,
    payload,
    headers: { "content-type": "application/json", authorization: basic(key), ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
}
const rows = (columns = "name, amount_fen, quantity, excluded, marks, properties") =>
  engines.clickhouse.query<Record<string, unknown>>({
    ...ch`select * from event_once where workspace = ${u32(workspace.id)} order by name, toString(message)`,
    text: `select ${columns} from event_once where workspace = {p0:UInt32} order by name, message`,
  });
const view = (more: object = {}) => ({
  type: "track",
  userId: "u1",
  event: "Product Viewed",
  messageId: randomUUID(),
  ...more,
});

test("the answer comes after the commit; the rows hold no value that identifies", async () => {
  const answer = await send("batch", {
    batch: [
      {
        type: "identify",
        userId: "u1",
        messageId: randomUUID(),
        traits: { phone: "13912345670", name: "王小明", city: "上海" },
      },
      view({
        event: "Order Completed",
        properties: {
          order_id: "T1",
          products: [{ sku: "A", price: 19.99, quantity: 3 }],
          收货人电话: "13912345670",
        },
      }),
      view({ anonymousId: "a1", properties: { sku: "A", what: "ever" } }),
    ],
  });
  expect(answer).toMatchObject({ status: 200, body: { success: true, accepted: 3 } });
  const found = await rows();
  expect(found).toMatchObject([
    { name: "Identified", properties: "{}" },
    { name: "Order Completed", amount_fen: 5997, quantity: 3, marks: ["personal-data-masked"] },
    { name: "Product Viewed", properties: '{"sku":"A","what":"ever"}' },
  ]);
  const everything = JSON.stringify([
    await rows("*"),
    await engines.clickhouse.query(ch`select * from trait`),
  ]);
  expect(everything).not.toMatch(/139123|王小明/);
  expect(told).toEqual(["1 Identified,Order Completed,Product Viewed"]);
});

test("bad items are refused by index and reason, the good ones kept", async () => {
  const batch = [
    view(),
    view({ event: "" }),
    5,
    view({ timestamp: "soon" }),
    view({ userId: "null", anonymousId: undefined }),
    view(),
  ];
  const { status, body } = await send("batch", { batch }, { headers: { "accept-language": "en" } });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    accepted: 2,
    rejected: [
      { index: 1, code: "collect/no-event-name", message: expect.stringContaining("event") },
      { index: 2, code: "collect/not-an-object" },
      { index: 3, code: "collect/bad-timestamp" },
      { index: 4, code: "collect/unusable-identity" },
    ],
  });
  expect(await rows()).toHaveLength(2);
});

test("a single call that is bad, and a batch of nothing good, are answered 400 with the reason in Chinese first", async () => {
  const { status, body } = await send("track", { userId: "u1" });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: "collect/nothing-accepted",
    accepted: 0,
    rejected: [{ index: 0, message: expect.stringMatching(/缺少/) }],
  });
  expect((await send("batch", { batch: [5] })).status).toBe(400);
  expect(await send("batch", { batch: [] })).toMatchObject({ status: 200, body: { accepted: 0 } });
});

test("a message id counts once: in a batch, in a retry, in two requests at once, after a restart", async () => {
  const one = view({ timestamp: "2026-05-31T23:59:59.900Z" });
  await send("batch", { batch: [one, one] });
  await Promise.all([send("batch", { batch: [one] }), send("track", one), send("track", one)]);
  const restarted = await open();
  // At the month's edge a retry with another clock correction would land in another partition.
  await send("batch", { batch: [one], sentAt: "2026-06-01T03:00:00Z" }, { app: restarted });
  await restarted.close();
  expect(await rows()).toHaveLength(1);
});

test("every endpoint and the browser's short names take their type", async () => {
  const id = () => ({ userId: "u1", messageId: randomUUID() });
  for (const path of ["identify", "page", "screen", "i", "p", "s"])
    expect((await send(path, id())).status).toBe(200);
  for (const path of ["track", "t"]) expect((await send(path, { ...id(), event: "E" })).status).toBe(200);
  for (const path of ["group", "g"]) expect((await send(path, { ...id(), groupId: "g" })).status).toBe(200);
  for (const path of ["alias", "a"])
    expect((await send(path, { ...id(), previousId: "p" })).status).toBe(200);
  for (const path of ["batch", "import", "b"])
    expect((await send(path, { batch: [view()] })).status).toBe(200);
  expect(await rows()).toHaveLength(15);
});

describe("who may send", () => {
  test("a wrong key, no key, a removed source: 401 with what to do", async () => {
    expect(await send("track", view(), { key: "wrong" })).toMatchObject({
      status: 401,
      body: { code: "collect/unknown-write-key" },
    });
    expect((await send("track", view(), { headers: { authorization: "Bearer x" } })).status).toBe(401);
    const bare = await http.inject({ method: "POST", url: "/v1/track", payload: view() });
    expect(bare.statusCode).toBe(401);
    expect((await send("track", view())).status).toBe(200);
    await removeSource(engines.db, workspace.id, source.id, engines.clock.now());
    engines.clock.advance(6_000);
    expect((await send("track", view())).status).toBe(401);
  });

  test("the key may stand in the body, as browsers send it", async () => {
    const answer = await http.inject({
      method: "POST",
      url: "/v1/t",
      headers: { "content-type": "text/plain" },
      payload: JSON.stringify({ ...view(), writeKey: source.writeKey }),
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
  });
});

describe("bodies that are not right", () => {
  test.each([
    ["malformed JSON", '{"batch":[', 400, "collect/unreadable-body"],
    ["an empty body", "", 400, "collect/unreadable-body"],
    ["an array", "[]", 400, "collect/not-a-batch"],
    ["a batch that is none", '{"batch":{}}', 400, "collect/not-a-batch"],
    [
      "more items than a batch holds",
      JSON.stringify({ batch: new Array(5001).fill(0) }),
      400,
      "collect/not-a-batch",
    ],
    ["10 MB", `{"batch":["${"x".repeat(10 * 1024 * 1024)}"]}`, 413, "collect/body-too-large"],
    [
      "brackets without end",
      `{"batch":[{"type":"track","userId":"u","event":"E","properties":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}]}`,
      400,
      "collect/nothing-accepted",
    ],
  ])("%s", async (_what, body, status, code) => {
    expect(await send("batch", body)).toMatchObject({ status, body: { code } });
  });

  test("gzip is unpacked, but not without a bound", async () => {
    const zipped = (text: string) =>
      send("batch", gzipSync(text), { headers: { "content-encoding": "gzip" } });
    expect((await zipped(JSON.stringify({ batch: [view()] }))).status).toBe(200);
    expect((await zipped(`"${"x".repeat(50_000_000)}"`)).status).toBe(413);
    expect((await send("batch", "{}", { headers: { "content-encoding": "gzip" } })).status).toBe(400);
  });
});

test("texts that databases dislike are kept or refused, never an error", async () => {
  const batch = [
    view({ event: "半个\ud800", properties: { "键\0": "值\0", sku: "\ud800" } }),
    view({ messageId: "id\0" }),
    view({ properties: { constructor: 1, __proto__: 2, toString: 3 } }),
    view({ userId: "u\0x" }),
  ];
  const { status, body } = await send("batch", { batch });
  expect([status, body.accepted]).toEqual([200, 3]);
});

test("events of twenty-six years in one batch are taken: more months than one insert may hold", async () => {
  const batch = Array.from({ length: 26 * 12 }, (_, i) =>
    view({ timestamp: new Date(Date.UTC(2000, i, 15)).toISOString() }),
  );
  expect((await send("batch", { batch })).status).toBe(200);
  expect(await rows("at")).toHaveLength(26 * 12);
});

test("beyond its bound the collector turns away with Retry-After, and takes again when there is room", async () => {
  const app = await createHttp({ log: engines.log, version: "test", access: {} as never, consoleDir: null });
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const collector = new Collector({
    recent: new RecentWindow(100),
    mostEvents: 2,
    commit: async (deliveries) => {
      begin();
      await released;
      return deliveries.map(({ events }) => events.map(() => "committed" as const));
    },
  });
  const keys = createSourceKeys(engines.db, () => engines.clock.now().getTime());
  collectRoutes(app, {
    intake: createIntake({ collector, log: engines.log }),
    ...{ keys, clock: engines.clock, bodies: createBodies() },
  });
  const first = send("batch", { batch: [view(), view()] }, { app });
  await begun;
  const turnedAway = await send("track", view(), { app });
  expect(turnedAway).toMatchObject({ status: 429, body: { code: "collect/overloaded" } });
  expect(Number(turnedAway.headers["retry-after"])).toBeGreaterThan(0);
  release();
  expect((await first).status).toBe(200);
  await app.close();
});

test("when the facts cannot be written nothing is acknowledged, and the retry counts once", async () => {
  let broken = true;
  const clickhouse: TestEngines["clickhouse"] = {
    ...engines.clickhouse,
    insertLines: async (table, lines, columns) => {
      await engines.clickhouse.insertLines(table, lines, columns);
      if (broken && table === "event") throw new Error("the answer was lost");
    },
  };
  const app = await open({ clickhouse });
  const batch = [view(), view()];
  const refused = await send("batch", { batch }, { app });
  expect(refused).toMatchObject({ status: 503, body: { code: "collect/not-committed" } });
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  broken = false;
  expect((await send("batch", { batch }, { app })).status).toBe(200);
  expect(await rows()).toHaveLength(2);
  await app.close();
});

test("bodies and rows whose bytes go round: each event is stored as it was sent, whoever sends beside it", async () => {
  const text = (round: number, sender: number, i: number) =>
    `${"奶粉 900g×6 \t".repeat(1 + ((round * 7 + sender + i) % 40))}${round}/${sender}/${i}`;
  const batches = (round: number) =>
    Array.from({ length: 8 }, (_, sender) =>
      Array.from({ length: 30 + 10 * sender }, (_, i) => ({
        ...view(),
        // Of every other sender one item is about nobody, and one has no name.
        userId: sender % 2 === 1 && i === 5 ? "null" : `u${sender}-${i}`,
        ...(sender % 2 === 1 && i === 6 ? { event: "" } : {}),
        properties: { sku: `S${i}`, text: text(round, sender, i) },
      })),
    );
  const sent = new Map<string, string>();
  for (let round = 0; round < 6; round += 1) {
    const all = batches(round);
    // The first sender's batch comes twice at the same moment, in pieces of another order.
    const twice = (all[0] ?? []).toReversed();
    const answers = await Promise.all([...all, twice].map((batch) => send("batch", { batch })));
    for (const [sender, batch] of [...all, twice].entries()) {
      const bad = sender % 2 === 1 ? [5, 6] : [];
      const { status, body } = answers[sender] as Awaited<ReturnType<typeof send>>;
      expect(status).toBe(200);
      expect((body.rejected ?? []).map(({ index }: { index: number }) => index)).toEqual(bad);
      for (const [i, { userId, properties }] of batch.entries())
        if (!bad.includes(i)) sent.set(JSON.stringify(properties), userId);
    }
  }
  const stored = await engines.clickhouse.query<{ properties: string; node: number }>(
    ch`select properties, node from event_once where workspace = ${u32(workspace.id)}`,
  );
  expect(stored.map(({ properties }) => properties).sort()).toEqual([...sent.keys()].sort());
  // One node for each user, and none for two.
  const nodes = new Map(stored.map(({ properties, node }) => [sent.get(properties), node]));
  for (const { properties, node } of stored) expect(nodes.get(sent.get(properties))).toBe(node);
  expect(new Set(nodes.values()).size).toBe(nodes.size);
});
