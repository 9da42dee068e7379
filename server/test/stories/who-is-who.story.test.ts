import type {
  ChangedRules,
  Decided,
  DecisionPage,
  Explanation,
  IdentityPreview,
  IdentityRules,
  PersonGraph,
  ReviewItem,
  ReviewPage,
  ReviewPair,
  RulesEffect,
} from "@stork/contract/identity.ts";
import type { Person } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let writeKey: string;

beforeAll(async () => {
  app = await wholeApp();
  ({ path, writeKey } = await app.brand("who"));
});
afterAll(() => app.close());

let count = 0;
const event = (userId: string, more: object = {}) => {
  count += 1;
  return {
    ...{
      type: "track",
      event: "Order Completed",
      messageId: `who-${count}`,
      timestamp: "2026-05-03T02:00:00Z",
    },
    ...{ userId, properties: { order_id: `A${count}`, total: 100, currency: "CNY" }, ...more },
  };
};
const identify = (userId: string, traits: object, more: object = {}) => ({
  ...event(userId, more),
  ...{ type: "identify", traits, properties: undefined, event: undefined },
});
const get = async <Body>(at: string) => (await app.call<Body>("GET", `${path}${at}`)).body;
const post = <Body>(at: string, body: object) => app.call<Body>("POST", `${path}${at}`, body);
const person = (identifier: string) => get<Person>(`/persons?identifier=${encodeURIComponent(identifier)}`);
const buyers = async (times: number) => {
  const where = { kind: "did", event: "Order Completed", where: [], count: { op: ">=", value: times } };
  return (await post<{ persons: number }>("/segments/count", { where })).body.persons;
};

describe("one mother with two cards", () => {
  test("is merged by hand with a reason, seen at once in counts and segments, and parted again after more orders", async () => {
    await app.collect(writeKey, [
      identify("mei-1", { name: "王美丽", phone: "13912340001", marketingConsent: true }),
      event("mei-1"),
      event("mei-1"),
      identify("mei-2", { name: "王美丽", phone: "13912340002", marketingConsent: false }),
      event("mei-2"),
    ]);
    const where = { kind: "did", event: "Order Completed", where: [], count: { op: ">=", value: 3 } };
    const segment = (await post<{ id: string }>("/segments", { name: "三单以上", where })).body.id;
    const members = async () =>
      (await get<{ items: { person: string }[] }>(`/segments/${segment}/members`)).items.map(
        (one) => one.person,
      );
    const [one, other] = [await person("user:mei-1"), await person("user:mei-2")];
    expect([await buyers(3), await buyers(2), await buyers(1)]).toEqual([0, 1, 2]);
    const change = { kind: "merge", a: one.id, b: other.id };
    const preview = (await post<IdentityPreview>("/identity/preview", change)).body;
    expect(preview.before.map(({ orders }) => orders).sort()).toEqual([1, 2]);
    expect(preview.after).toMatchObject([{ orders: 3, amountFen: 30_000 }]);
    expect(await buyers(3)).toBe(0);
    const merged = await post<z.output<typeof Decided>>("/identity/decisions", {
      change,
      reason: "电话里确认是她",
    });
    expect(merged.status).toBe(200);
    expect([await buyers(3), await buyers(1)]).toEqual([1, 1]);
    expect(await members()).toEqual([one.id]);
    const { edges } = await get<PersonGraph>(`/persons/${one.id}/graph`);
    const [byHand] = edges.filter(({ rule }) => rule === "manual");
    expect(byHand?.because.zh).toMatch(/^\d+ 月 \d+ 日人工关联（接口：电话里确认是她）$/);
    // Her page and her consents are of both at once, the stricter word before the other.
    const marketing = async (user: string) =>
      (await person(`user:${user}`)).consents.find(({ purpose }) => purpose === "marketing")?.state;
    expect(await person("user:mei-2")).toMatchObject({ id: one.id, orders: { count: 3 } });
    expect([await marketing("mei-1"), await marketing("mei-2")]).toEqual(["withdrawn", "withdrawn"]);
    // She is told of as one, and orders once more under each.
    await app.collect(writeKey, [
      event("mei-1"),
      event("mei-2"),
      event("mei-1", { context: { traits: { phone: "13912340002" } } }),
    ]);
    const undone = await post(`/identity/decisions/${merged.body.decision.id}/undo`, { reason: "是她妹妹" });
    expect(undone.status).toBe(200);
    const [first, second] = [await person("user:mei-1"), await person("user:mei-2")];
    expect([first.id, second.id]).toEqual([one.id, other.id]);
    expect([first.orders?.count, second.orders?.count]).toEqual([4, 2]);
    expect([await marketing("mei-1"), await marketing("mei-2")]).toEqual(["granted", "withdrawn"]);
    expect([await buyers(3), await buyers(1)]).toEqual([1, 2]);
    expect(await members()).toEqual([one.id]);
    const history = await get<DecisionPage>(`/identity/decisions?person=${one.id}`);
    expect(history.items).toMatchObject([
      { kind: "merge", reason: "电话里确认是她", undone: { reason: "是她妹妹" }, undoable: false },
    ]);
  });

  test("is explained: which order carried both of her numbers", async () => {
    const order = event("ling", { context: { traits: { phone: "13912340009", email: "ling@example.cn" } } });
    await app.collect(writeKey, [order]);
    const { id } = await person("user:ling");
    const graph = await get<PersonGraph>(`/persons/${id}/graph`);
    expect(graph.nodes.map(({ value }) => value)).toContain("139****0009");
    const node = (namespace: string) => graph.nodes.find((one) => one.namespace === namespace)?.id as string;
    const said = await get<Explanation>(`/persons/${id}/explain?a=${node("phone")}&b=${node("email")}`);
    expect(said.chain).toHaveLength(2);
    expect(said.words.zh).toContain("因为 5 月 3 日的订单 A");
    expect(JSON.stringify(said) + JSON.stringify(graph)).not.toContain("13912340009");
  });
});

test("an identifier is linked by hand; looking at it first makes nothing, and undoing takes it away again", async () => {
  await app.collect(writeKey, [identify("lu", {}), identify("lu-card", { phone: "13912340300" })]);
  const [lu, card] = [await person("user:lu"), await person("user:lu-card")];
  const families = async () => (await get<{ total: number }>("/families")).total;
  const before = await families();
  const change = (identifier: string) => ({ kind: "link", person: lu.id, identifier });
  const unseen = (await post<IdentityPreview>("/identity/preview", change("phone:13912340301"))).body;
  expect(unseen.after[0]?.identifiers.map(({ value }) => value)).toContain("139****0301");
  expect([unseen.warnings.length, await families()]).toEqual([1, before]);
  const seen = (await post<IdentityPreview>("/identity/preview", change("phone:13912340300"))).body;
  expect([seen.before.length, seen.after.length]).toEqual([2, 1]);
  const link = (identifier: string) =>
    post<z.output<typeof Decided>>("/identity/decisions", { change: change(identifier), reason: "她报的号" });
  // Somebody unsubscribed at that number: it is of the number, whoever holds it.
  await sql`
    insert into suppression (workspace_id, namespace, value_hash, reason, at)
    select workspace_id, namespace, value_hash, 'unsubscribed', now() from node
    where namespace = 'phone' and person = ${Number(card.id)}`.execute(app.engines.db);
  const { decision } = (await link("phone:13912340300")).body;
  expect((await person("user:lu")).suppressed).toBe(true);
  expect([(await person("user:lu-card")).id, await families()]).toEqual([lu.id, before - 1]);
  await post(`/identity/decisions/${decision.id}/undo`, { reason: "报错了" });
  expect([(await person("user:lu-card")).id, await families()]).toEqual([card.id, before]);
  expect([(await person("user:lu")).suppressed, (await person("user:lu-card")).suppressed]).toEqual([
    false,
    true,
  ]);
  expect((await link("phone:13912340301")).status).toBe(200);
  expect([(await person("phone:13912340301")).id, await families()]).toEqual([lu.id, before]);
});

test("a shop's phone is found out at the third card, and the cards it had joined part", async () => {
  const card = (n: number) =>
    identify(
      `card-${n}`,
      { phone: "13912340100" },
      { context: { externalIds: [{ id: `V${n}`, type: "member:store" }] } },
    );
  await app.collect(writeKey, [card(1), card(2)]);
  expect((await person("user:card-1")).id).toBe((await person("user:card-2")).id);
  await app.collect(writeKey, [card(3), card(4)]);
  const persons = await Promise.all([1, 2, 3, 4].map(async (n) => (await person(`user:card-${n}`)).id));
  expect(new Set(persons).size).toBe(4);
  const graph = await get<PersonGraph>(`/persons/${persons[0]}/graph`);
  expect(graph.edges.filter(({ state }) => state === "shared")).toHaveLength(1);
});

test("what the rules held back is asked about; yes makes one, no keeps two for good", async () => {
  const bound = (user: string, unionid: string) =>
    identify(user, {}, { context: { externalIds: [{ id: unionid, type: "unionid" }] } });
  await app.collect(writeKey, [bound("u-1", "oU-a"), bound("u-2", "oU-b")]);
  await app.collect(writeKey, [bound("u-1", "oU-b"), bound("u-2", "oU-c")]);
  const queue = await get<ReviewPage>("/identity/review");
  expect(queue.items.length).toBeGreaterThanOrEqual(1);
  const [item] = queue.items.filter(({ kind }) => kind === "conflict");
  expect(item?.because.map(({ en }) => en)).toEqual([
    expect.stringMatching(/^“user ID .*” and “unionid .*” came together/),
    "Together they would have 2 of the kind unionid; by the rules one person has 1 at most.",
  ]);
  const pair = await get<ReviewPair>(`/identity/review/${item?.id}`);
  expect(pair.together?.identifiers.length).toBe(pair.a.identifiers.length + pair.b.identifiers.length);
  const yes = await post<ReviewItem>(`/identity/review/${item?.id}`, {
    answer: "accept",
    reason: "同一部手机",
  });
  expect(yes.body.state).toBe("accepted");
  expect(yes.body.a.person).toBe(yes.body.b.person);
  const again = await post<{ code: string }>(`/identity/review/${item?.id}`, { answer: "reject" });
  expect(again.body.code).toBe("identity/answered-already");

  // Two questions about the same two: one no answers both, and undoing it asks both again.
  const card = (user: string, id: string) =>
    identify(user, {}, { context: { externalIds: [{ id, type: "unionid" }] } });
  await app.collect(writeKey, [card("n-1", "oN-a"), card("n-2", "oN-b")]);
  await app.collect(writeKey, [card("n-1", "oN-b"), card("n-2", "oN-a")]);
  const { id } = await person("user:n-1");
  const open = async () => (await get<ReviewPage>(`/identity/review?person=${id}`)).items;
  const [first, second] = await open();
  expect(second).toBeDefined();
  await post(`/identity/review/${first?.id}`, { answer: "reject", reason: "两姐妹" });
  expect(await open()).toEqual([]);
  const { edges } = await get<PersonGraph>(`/persons/${id}/graph`);
  const held = edges.filter(({ state }) => state === "conflict").map(({ because }) => because.en);
  expect(held[0]).toMatch(/held back by the rules. Somebody said that they are never the same\.$/);
  const [never] = (await get<DecisionPage>(`/identity/decisions?person=${id}`)).items;
  await post(`/identity/decisions/${never?.id}/undo`, { reason: "看错了" });
  expect(await open()).toHaveLength(2);
});

test("rules are changed with a word on what that does; nobody is merged by it", async () => {
  const rules = await get<IdentityRules>("/identity/rules");
  expect(rules.rules.map(({ kind }) => kind)).toEqual([
    "user",
    "member",
    "unionid",
    "openid",
    "taobao",
    "phone",
    "email",
    "anonymous",
    "device",
  ]);
  const loose = rules.rules.map((rule) => (rule.kind === "phone" ? { ...rule, mostPersons: 5 } : rule));
  const effect = (await post<RulesEffect>("/identity/rules/preview", { rules: loose })).body;
  expect(effect).toMatchObject({ freed: 1, shared: 0 });
  const before = await buyers(1);
  const changed = await app.call<z.output<typeof ChangedRules>>("PUT", `${path}/identity/rules`, {
    rules: loose,
    reason: "门店共用电话",
  });
  expect(changed.body.rules).toMatchObject({ version: 1, changed: ["phone"] });
  await app.runJobs();
  expect(await buyers(1)).toBe(before);
  expect(
    (await get<ReviewPage>("/identity/review")).items.filter(({ kind }) => kind === "conflict").length,
  ).toBeGreaterThan(0);
  const twice = await app.call<{ code: string }>("PUT", `${path}/identity/rules`, {
    rules: [loose[0], loose[0]],
  });
  expect(twice.body.code).toBe("identity/two-rules");
});
