import type { JourneyDetail, RunsPage } from "@stork/contract/journeys.ts";
import type { Person } from "@stork/contract/people.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailServer } from "../messages-world.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** A shop's three journeys: after a first order, before a birth, back to who went quiet. */

let app: WholeApp;
let brand: { path: string; writeKey: string };
let mail: Awaited<ReturnType<typeof mailServer>>;
let channel: string;

beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T02:00:00Z" });
  brand = await app.brand("kind");
  mail = await mailServer();
  const settings = { host: "127.0.0.1", port: mail.port, from: "育见 <hello@kind.test>" };
  channel = (await post<{ id: string }>("/channels", { kind: "email", name: "邮件", settings })).id;
});
afterAll(async () => {
  await app.close();
  await mail.close();
});

async function post<Body>(path: string, body?: object, status = 300): Promise<Body> {
  const reply = await app.call<Body>("POST", brand.path + path, body);
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(status);
  return reply.body;
}
const get = async <Body>(path: string): Promise<Body> =>
  (await app.call<Body>("GET", brand.path + path)).body;
const find = (user: string): Promise<Person> => get(`/persons?identifier=user:${user}`);
const mother = (userId: string, traits: object = {}) => ({
  ...{ type: "identify", messageId: `is-${userId}`, userId, timestamp: app.clock.now().toISOString() },
  traits: { email: `${userId}@x.test`, name: "王小雨", marketingConsent: true, ...traits },
});
const order = (userId: string, id: string, total = 99, more: object = {}) => ({
  ...{ type: "track", messageId: `o-${id}`, userId, event: "Order Completed" },
  properties: { order_id: id, total, currency: "CNY" },
  timestamp: app.clock.now().toISOString(),
  ...more,
});
const says = (subject: string) => ({ kind: "message", channel, content: { subject, body: "<p>您好</p>" } });
const days = (n: number) => ({ kind: "wait", minutes: n * 1440 });

async function live(journey: object): Promise<string> {
  const { id } = await post<{ id: string }>("/journeys", journey);
  await post(`/journeys/${id}/start`);
  return id;
}
async function pass(n = 0): Promise<void> {
  app.clock.advance(n * 86_400_000);
  await app.runTask("journeys.move");
  await app.runJobs();
}
const mailsTo = (user: string): string[] =>
  mail.mails
    .filter(({ to }) => to === `${user}@x.test`)
    .map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1] ?? "");

test("an order wakes a journey once, its steps follow in their time, a condition lets only some go on", async () => {
  await app.collect(brand.writeKey, [mother("lan"), mother("mei"), mother("yun")]);
  const id = await live({
    name: "首单后喂养关怀",
    entry: { kind: "event", event: "Order Completed", where: [{ property: "total", op: ">=", value: 50 }] },
    steps: [
      days(1),
      says("first"),
      days(3),
      { kind: "condition", where: { kind: "did", event: "Order Completed", count: { op: "=", value: 1 } } },
      says("second"),
    ],
    reentry: { kind: "every", days: 30 },
  });
  await app.collect(brand.writeKey, [order("lan", "1"), order("mei", "2"), order("yun", "3", 20)]);
  // The same again, and another of hers while she is on the way.
  await app.collect(brand.writeKey, [order("lan", "1"), order("lan", "4")]);
  await pass();
  expect(mail.mails).toEqual([]);
  await pass(1);
  expect([mailsTo("lan"), mailsTo("mei"), mailsTo("yun")]).toEqual([["first"], ["first"], []]);
  await pass(3);
  expect([mailsTo("lan"), mailsTo("mei")]).toEqual([["first"], ["first", "second"]]);
  const seen = await get<JourneyDetail>(`/journeys/${id}`);
  expect(seen.counts).toEqual({ waiting: 0, done: 1, exited: 1, entered7Days: 2 });
  expect(seen.figures.map(({ came, sent }) => [came, sent])).toEqual([
    ...[
      [2, 0],
      [2, 2],
      [2, 0],
      [2, 0],
      [1, 1],
    ],
  ]);
  expect(seen.exits).toMatchObject([{ reason: "condition", runs: 1 }]);
  expect(seen.words.entry.zh).toContain("完成订单");
  expect(seen.words.steps.map(({ zh }) => zh)[1]).toBe("发送「first」，经 邮件");
  const runs = await get<RunsPage>(`/journeys/${id}/runs?state=exited`);
  expect(runs.items).toMatchObject([{ person: (await find("lan")).id, name: "王**", step: 3 }]);
  // Within thirty days nobody comes in again; after them she does.
  await app.collect(brand.writeKey, [order("mei", "5")]);
  await pass(28);
  expect((await get<JourneyDetail>(`/journeys/${id}`)).counts.waiting).toBe(0);
  await app.collect(brand.writeKey, [order("mei", "6")]);
  await pass();
  await pass(1);
  expect(mailsTo("mei")).toEqual(["first", "second", "first"]);
  await post(`/journeys/${id}/end`);
});

test("a segment, a due date and a stage let in; a pause stands still; a new definition is for who comes later", async () => {
  await app.collect(brand.writeKey, [
    mother("fang", { children: [{ key: "1", dueDate: "2026-08-17" }] }),
    mother("hua", { plan: "quiet" }),
  ]);
  const segment = await post<{ id: string }>("/segments", {
    name: "quiet",
    where: { kind: "trait", key: "plan", op: "=", value: "quiet" },
  });
  const entry = { kind: "segment", segment: segment.id, present: true };
  const bySegment = await live({ name: "沉睡妈妈唤回", entry, steps: [says("back")] });
  const dated = { kind: "date", of: "due", offsetDays: -42, at: "10:30" };
  const byDate = await live({
    name: "孕晚期待产包提醒",
    entry: dated,
    steps: [says("bag"), days(2), says("old")],
  });
  await pass();
  await app.collect(brand.writeKey, [{ ...mother("yun", { plan: "quiet" }), messageId: "again" }]);
  await app.runJobs();
  const looked = async () => {
    await pass();
    return mailsTo("yun").length;
  };
  await expect.poll(looked, { timeout: 5000 }).toBe(1);
  expect([mailsTo("hua"), mailsTo("yun")]).toEqual([["back"], ["back"]]);
  expect((await get<JourneyDetail>(`/journeys/${bySegment}`)).counts.done).toBe(2);

  app.clock.set("2026-07-06T02:40:00Z");
  await pass();
  expect(mailsTo("fang")).toEqual(["bag"]);
  const changed = await app.call<JourneyDetail>("PATCH", `${brand.path}/journeys/${byDate}`, {
    steps: [says("new")],
  });
  expect(changed.body).toMatchObject({ version: 2, earlier: 1, entry: dated });
  await post(`/journeys/${byDate}/pause`);
  await pass(5);
  expect(mailsTo("fang")).toEqual(["bag"]);
  await post(`/journeys/${byDate}/start`);
  await pass();
  expect(mailsTo("fang")).toEqual(["bag", "old"]);
  // What a journey stands on does not go from under it, also where it is asked for on the way only.
  const remove = () =>
    app.call<{ code: string; title: string }>("DELETE", `${brand.path}/segments/${segment.id}`);
  expect((await remove()).body).toMatchObject({ code: "journeys/uses-segment" });
  expect(JSON.stringify((await remove()).body)).toContain("沉睡妈妈唤回");
  const member = { kind: "condition", where: { kind: "not", of: { kind: "member", segment: segment.id } } };
  const onTheWay = await live({ name: "途中", entry: dated, steps: [days(1), member, says("x")] });
  await post(`/journeys/${bySegment}/end`);
  expect(JSON.stringify((await remove()).body)).toContain("途中");
  await post(`/journeys/${onTheWay}/end`);
  expect((await remove()).status).toBe(204);
});

test("two who become one have one run; parted again both go on, and nothing is said twice", async () => {
  await app.collect(brand.writeKey, [mother("anna"), mother("bella")]);
  const id = await live({
    name: "welcome",
    entry: { kind: "event", event: "Product Viewed", where: [] },
    steps: [says("one"), days(2), says("two")],
  });
  const view = (userId: string) => ({ ...order(userId, `v-${userId}`), event: "Product Viewed" });
  await app.collect(brand.writeKey, [view("anna")]);
  await app.collect(brand.writeKey, [view("bella")]);
  await pass();
  expect([mailsTo("anna"), mailsTo("bella")]).toEqual([["one"], ["one"]]);
  const [a, b] = [await find("anna"), await find("bella")];
  const made = await post<{ decision: { id: string } }>("/identity/decisions", {
    change: { kind: "merge", a: a.id, b: b.id },
    reason: "同一人",
  });
  const counts = async () => (await get<JourneyDetail>(`/journeys/${id}`)).counts;
  expect(await counts()).toMatchObject({ waiting: 1, exited: 1 });
  expect((await get<JourneyDetail>(`/journeys/${id}`)).exits).toMatchObject([{ reason: "same-person" }]);
  await post(`/identity/decisions/${made.decision.id}/undo`, { reason: "看错了" });
  expect(await counts()).toMatchObject({ waiting: 2, exited: 0 });
  await pass(2);
  expect([mailsTo("anna"), mailsTo("bella")]).toEqual([
    ["one", "two"],
    ["one", "two"],
  ]);
  expect(await counts()).toMatchObject({ waiting: 0, done: 2 });
});

test("a withdrawal that a system passes on has ended her journey when the system is answered", async () => {
  await app.collect(brand.writeKey, [mother("qiu")]);
  const id = await live({
    name: "after a look",
    entry: { kind: "event", event: "Product Viewed", where: [] },
    steps: [days(1), says("too late")],
  });
  await app.collect(brand.writeKey, [{ ...order("qiu", "v-qiu"), event: "Product Viewed" }]);
  const counts = async () => (await get<JourneyDetail>(`/journeys/${id}`)).counts;
  expect(await counts()).toMatchObject({ waiting: 1 });
  await app.collect(brand.writeKey, [
    { ...mother("qiu", { marketingConsent: false }), messageId: "qiu-says-no" },
  ]);
  expect(await counts()).toMatchObject({ waiting: 0, exited: 1 });
  expect((await get<JourneyDetail>(`/journeys/${id}`)).exits).toMatchObject([
    { reason: "consent-withdrawn" },
  ]);
  await pass(2);
  expect(mailsTo("qiu")).toEqual([]);
});

test("what nobody could carry out is refused, in words", async () => {
  const steps = [says("x")];
  const refused = async (journey: object) =>
    (await app.call<{ code: string }>("POST", `${brand.path}/journeys`, { name: "x", steps, ...journey }))
      .body.code;
  const event = { kind: "event", event: "Order Completed" };
  expect(await refused({ entry: { kind: "segment", segment: "999" } })).toBe("segments/unknown");
  expect(await refused({ entry: event, steps: [{ ...says("x"), channel: "999" }] })).toBe(
    "messages/unknown-channel",
  );
  expect(await refused({ entry: event, steps: [says("{{ nothing }}")] })).toBe("messages/unknown-variable");
  expect(await refused({ entry: event, steps: [{ kind: "wait" }] })).toBe("request/invalid");
  const member = { kind: "condition", where: { kind: "member", segment: "999" } };
  expect(await refused({ entry: event, steps: [member] })).toBe("segments/invalid-condition");
  const { id } = await post<{ id: string }>("/journeys", { name: "x", entry: event, steps });
  expect((await app.call("POST", `${brand.path}/journeys/${id}/pause`)).status).toBe(409);
  expect((await app.call("DELETE", `${brand.path}/journeys/${id}`)).status).toBe(204);
  expect((await app.call("GET", `${brand.path}/journeys/${id}`)).status).toBe(404);
});
