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
      identify("mei-2", { name: "王美丽", phone: "13912340002" }),
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
