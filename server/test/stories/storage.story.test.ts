import type {
  ArchiveAnswer,
  KindOfData,
  LegalHold,
  PolicyPreview,
  StorageOverview,
} from "@stork/contract/storage.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** An owner looks at what three years of data cost, sets how long each kind is kept, and takes one month back. */

const now = "2026-06-15T04:00:00.000Z";
let app: WholeApp;
let path: string;
let writeKey: string;

beforeAll(async () => {
  app = await wholeApp({ now });
  ({ path, writeKey } = await app.brand("archive"));
  // Forty orders a month for three years, by ten families.
  for (let month = 0; month < 36; month += 1) {
    const at = new Date(Date.UTC(2023, 6 + month, 12)).toISOString();
    const orders = Array.from({ length: 40 }, (_, i) => ({
      type: "track",
      messageId: `m${month}-${i}`,
      userId: `family-${i % 10}`,
      event: "Order Completed",
      properties: { order_id: `o${month}-${i}`, total: 100, currency: "CNY", shop: `门店${i}`.repeat(5) },
      timestamp: at,
    }));
    await app.collect(writeKey, orders);
  }
  // What arrived within the last minute may have company on its way, and is not moved yet.
  app.clock.advance(120_000);
}, 60_000);
afterAll(() => app.close());

const storage = async () => (await app.call<StorageOverview>("GET", `${path}/storage`)).body;
const eventsOf = ({ kinds }: StorageOverview) => kinds.find(({ kind }) => kind === "events") as KindOfData;
const everOrdered = { kind: "did", event: "Order Completed", count: { op: ">=", value: 140 } };
const count = async () =>
  (await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where: everOrdered })).body
    .persons;
const policy = { warmAfterDays: 180, coldAfterDays: 730, deleteAfterDays: null };

test("what is kept is shown by tier and month, and what the default policy would change", async () => {
  const events = eventsOf(await storage());
  expect(events.months).toHaveLength(36);
  expect(events.now.rows).toBe(1440);
  expect(events.policy).toEqual({ warmAfterDays: 180, coldAfterDays: null, deleteAfterDays: null });
  expect(events.after.tiers.find(({ tier }) => tier === "warm")?.rows).toBe(29 * 40);
  expect(events.after.bytes).toBeLessThan(events.now.bytes);
});

test("a policy says beforehand what it moves and which segments will see less", async () => {
  await app.call("POST", `${path}/segments`, { name: "老客", where: everOrdered });
  const preview = `${path}/storage/policies/events/preview`;
  const { body } = await app.call<PolicyPreview>("POST", preview, policy);
  expect(body.moves.filter(({ step }) => step === "cold")).toHaveLength(11);
  expect(body.segments).toEqual([{ id: "1", name: "老客", days: null }]);
  const wrong = await app.call<{ code: string }>("PUT", `${path}/storage/policies/events`, {
    ...policy,
    deleteAfterDays: 700,
  });
  expect([wrong.status, wrong.body.code]).toEqual([400, "storage/misordered-policy"]);
});

test("carried out, old months are in files and can still be asked; bytes shrink", async () => {
  expect(await count()).toBe(10);
  await app.call("PUT", `${path}/storage/policies/events`, policy);
  await app.call("POST", `${path}/storage/run`);
  await app.runJobs();
  const overview = await storage();
  const { now: sizes, months } = eventsOf(overview);
  expect(Object.groupBy(months, ({ tier }) => tier).cold).toHaveLength(11);
  expect(sizes.rows).toBe(1440);
  expect(sizes.tiers.map(({ tier, rows }) => [tier, rows])).toEqual([
    ["hot", 7 * 40],
    ["warm", 18 * 40],
    ["cold", 11 * 40],
  ]);
  expect(overview.archives).toHaveLength(11);
  expect(overview.runs.filter(({ step }) => step === "warm")).toHaveLength(18);
  // Segments look no further than the tables; the files are asked by themselves.
  expect(await count()).toBe(0);
  const asked = await app.call<ArchiveAnswer>("POST", `${path}/storage/archives/ask`, {
    to: "2023-08-31",
    event: "Order Completed",
  });
  expect(asked.body.rows).toEqual(
    ["2023-07", "2023-08"].map((month) => ({
      ...{ month, name: "Order Completed", events: 40, persons: 10, amountFen: 400_000 },
    })),
  );
});

test("run again there is nothing to do; an order that comes late for an archived month is kept too", async () => {
  const before = (await storage()).runs.length;
  await app.call("POST", `${path}/storage/run`);
  await app.runJobs();
  expect((await storage()).runs).toHaveLength(before);
  await app.collect(writeKey, [
    {
      ...{ type: "track", messageId: "late", userId: "family-1", event: "Order Completed" },
      ...{ properties: { order_id: "late", total: 1 }, timestamp: "2023-07-20T00:00:00.000Z" },
    },
  ]);
  const july = eventsOf(await storage()).months.filter(({ month }) => month === "2023-07");
  expect(july.map(({ tier, rows }) => [tier, rows])).toEqual([
    ["hot", 1],
    ["cold", 40],
  ]);
});

test("a month is brought back, counts again, and is not taken away the next night", async () => {
  for (const { id } of (await storage()).archives)
    await app.call("POST", `${path}/storage/archives/${id}/bring-back`);
  await app.runJobs();
  expect((await storage()).archives).toEqual([]);
  expect(await count()).toBe(10);
  expect(eventsOf(await storage()).now.rows).toBe(1441);
  await app.call("POST", `${path}/storage/run`);
  await app.runJobs();
  expect((await storage()).archives).toEqual([]);
});

test("what is to be deleted goes, except what a legal hold covers, until it is released", async () => {
  const hold = { kind: "events", from: "2023-07-01", to: "2023-07-31", reason: "监管调取" };
  const backward = await app.call("POST", `${path}/storage/holds`, { ...hold, to: "2023-06-30" });
  expect(backward).toMatchObject({ status: 400, body: { code: "storage/backward-hold" } });
  const placed = await app.call<LegalHold>("POST", `${path}/storage/holds`, hold);
  expect(placed.status).toBe(201);
  const short = { warmAfterDays: null, coldAfterDays: null, deleteAfterDays: 1000 };
  const preview = await app.call<PolicyPreview>("POST", `${path}/storage/policies/events/preview`, short);
  expect(preview.body.held).toBe(41);
  await app.call("PUT", `${path}/storage/policies/events`, short);
  await app.call("POST", `${path}/storage/run`);
  await app.runJobs();
  expect(eventsOf(await storage()).months[0]?.month).toBe("2023-07");
  expect(eventsOf(await storage()).months[1]?.month).toBe("2023-09");
  const release = `${path}/storage/holds/${placed.body.id}/release`;
  expect((await app.call("POST", release)).status).toBe(200);
  expect((await app.call("POST", release)).status).toBe(404);
  await app.call("POST", `${path}/storage/run`);
  await app.runJobs();
  expect(eventsOf(await storage()).months[0]?.month).toBe("2023-09");
});

test("a backup goes to whoever owns every workspace, by key or signed in, and to nobody else", async () => {
  const get = (options: object) => app.call<unknown>("GET", "/api/v1/backup", undefined, options);
  const { pathname } = new URL((await app.app.signInLink()) ?? "");
  const { headers } = await app.call("GET", pathname, undefined, { key: null });
  const cookie = headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  expect((await get({ key: null, headers: { cookie } })).status).toBe(200);
  const wanted = { name: "analyst", scopes: ["settings:read", "settings:write"] };
  const { body } = await app.call<{ key: string }>("POST", `${path}/keys`, wanted);
  expect((await get({ key: body.key })).status).toBe(403);
  expect((await get({ key: null })).status).toBe(401);
});
