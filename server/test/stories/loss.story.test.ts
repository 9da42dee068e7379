import { scopesOf } from "@stork/contract/access.ts";
import type { Export } from "@stork/contract/exports.ts";
import type { JourneyDetail, RunsPage } from "@stork/contract/journeys.ts";
import type { Person } from "@stork/contract/people.ts";
import type {
  ChainCheck,
  ConsentRequests,
  Consents,
  ConsentTexts,
  Silence,
  SilenceProof,
} from "@stork/contract/privacy.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findExport, type StoredExport } from "../../src/exports/exports.store.ts";
import { takeExport } from "../../src/exports/taking.store.ts";
import { createVault } from "../../src/people/vault.store.ts";
import { findWorkspace, type WorkspaceRef } from "../../src/platform/workspaces.store.ts";
import { letterOf } from "../mail.ts";
import { mailServer, webhookReceiver } from "../messages-world.ts";
import { signInAs } from "../staff.ts";
import { until } from "../until.ts";
import { type CallOptions, type WholeApp, wholeApp } from "../whole-app.ts";

/**
 * A mother loses a pregnancy. One tap, and nothing about it reaches her, or anybody outside, any more. What acts over
 * time here: planned campaigns, three journeys (by an order, a segment, a due date), the stage clock (Stage Entered, told
 * by a webhook), live segments (told, too), a webhook that tries again, an export read slice by slice. Guesses from
 * purchases are in ages.story.test.ts.
 */

let app: WholeApp;
let brand: { path: string; writeKey: string };
let mail: Awaited<ReturnType<typeof mailServer>>;
let hook: Awaited<ReturnType<typeof webhookReceiver>>;
let receiverWorks = false;
let channel: string;
let marketer: CallOptions;
let compliance: CallOptions;
const segments: Record<string, string> = {};

const night = "2026-06-01T14:00:00Z";
beforeAll(async () => {
  app = await wholeApp({ now: night });
  brand = await app.brand("kind");
  mail = await mailServer();
  hook = await webhookReceiver(() => (receiverWorks ? 204 : 503));
  await app.collect(brand.writeKey, [
    mother("fang", [{ key: "1", dueDate: "2026-04-08" }]),
    { ...order("fang", "孕妇枕"), timestamp: "2026-03-01T04:00:00Z" },
    mother("yun", [{ key: "1", dueDate: "2026-08-28" }]),
    mother("lan", [{ key: "1", dueDate: "2026-08-28" }]),
    mother("mei", [
      { key: "1", birthday: "2024-01-15" },
      { key: "2", dueDate: "2026-08-26" },
    ]),
    mother("hua", [{ key: "1", birthday: "2012-06-10" }]),
    // A school child of whom nobody was ever asked anything.
    {
      ...{ type: "identify", messageId: "is-ning", userId: "ning", timestamp: "2026-05-30T08:00:00Z" },
      traits: { children: [{ key: "1", birthday: "2012-06-20" }] },
    },
    { type: "identify", messageId: "is-ba", userId: "ba", timestamp: "2026-05-30T08:00:00Z", traits: {} },
  ]);
  for (const [name, where] of Object.entries({
    expecting: { kind: "stage", in: ["pregnancy-2", "pregnancy-3"] },
    everybody: { kind: "all", of: [] },
    toddlers: { kind: "stage", in: ["24-36"] },
  }))
    segments[name] = (await post<{ id: string }>("/segments", { name, where })).id;
  const settings = { host: "127.0.0.1", port: mail.port, from: "育见 <hello@kind.test>" };
  channel = (await post<{ id: string }>("/channels", { kind: "email", name: "邮件", settings })).id;
  const wants = { events: ["Order Completed", "Stage Entered"], segments: [segments["expecting"]] };
  const hua = await find("hua");
  const yes = { purpose: "child", state: "granted", child: hua.children[0]?.id, textVersion: 0 };
  await post(`/persons/${hua.id}/consents`, yes);
  // Her father cares for her, too, and agreed to more.
  const { id: ba } = await find("ba");
  await app.call("PUT", `${brand.path}/families/${hua.id}/carers/${ba}`, { role: "father" });
  await post(`/persons/${ba}/consents`, { ...yes, purpose: "health" });
  await post("/webhooks", { name: "广告", url: hook.url, wants, purpose: "marketing" });
  marketer = await signInAs(app, brand.path, "marketer");
  compliance = await signInAs(app, brand.path, "compliance");
});
afterAll(async () => {
  await app.close();
  await mail.close();
  await hook.close();
});

const mother = (userId: string, children: object[]) => ({
  ...{ type: "identify", messageId: `is-${userId}`, userId, timestamp: "2026-05-30T08:00:00Z" },
  traits: { email: `${userId}@x.test`, name: "王小雨", children, marketingConsent: true },
});
let orders = 0;
const order = (userId: string, product: string) => ({
  ...{ type: "track", messageId: `o-${++orders}`, userId, event: "Order Completed" },
  properties: {
    order_id: `A${orders}`,
    total: 99,
    currency: "CNY",
    products: [{ product_id: product, name: product }],
  },
  timestamp: app.clock.now().toISOString(),
});

async function post<Body>(path: string, body?: object): Promise<Body> {
  const reply = await app.call<Body>("POST", brand.path + path, body);
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
  return reply.body;
}
const get = async <Body>(path: string): Promise<Body> =>
  (await app.call<Body>("GET", brand.path + path)).body;
const find = (user: string): Promise<Person> => get(`/persons?identifier=user:${user}`);

async function start(name: string): Promise<string> {
  const { id } = await post<{ id: string }>("/campaigns", {
    ...{ name, segment: segments[name], channel, holdoutShare: 0 },
    content: { subject: name, body: "<p>您好</p>" },
  });
  await post(`/campaigns/${id}/start`);
  await app.runJobs();
  return id;
}

const journeys: string[] = [];
/** Three ways in: by what she bought, by where she belongs, by the date. */
async function startJourneys(): Promise<void> {
  const says = (subject: string) => ({ kind: "message", channel, content: { subject, body: "<p>您好</p>" } });
  const days = (n: number) => ({ kind: "wait", minutes: n * 1440 });
  const bought = { kind: "event", event: "Order Completed" };
  const expecting = { kind: "segment", segment: segments["expecting"], present: true };
  const beforeBirth = { kind: "date", of: "due", offsetDays: -86, at: "22:30" };
  for (const journey of [
    { name: "喂养关怀", entry: bought, steps: [says("feed-1"), days(5), says("feed-2")], reentry: every(5) },
    { name: "孕期陪伴", entry: expecting, steps: [days(2), says("with-1"), days(14), says("with-2")] },
    { name: "待产包提醒", entry: beforeBirth, steps: [days(1), says("bag")] },
  ]) {
    const { id } = await post<{ id: string }>("/journeys", journey);
    await post(`/journeys/${id}/start`);
    journeys.push(id);
  }
}
const every = (days: number) => ({ kind: "every", days });

/** Where a person stands in each of the three: `waiting`, or why it is over. */
async function standing({ id }: Person): Promise<string[]> {
  const pages = await Promise.all(journeys.map((one) => get<RunsPage>(`/journeys/${one}/runs`)));
  return pages.map(({ items }) => {
    const mine = items.find(({ person }) => person === id);
    return mine?.reason?.en ?? mine?.state ?? "never in";
  });
}
const move = async () => {
  await app.runTask("journeys.move");
  await app.runJobs();
};

const form = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
const mailsTo = (user: string): string[] =>
  mail.mails
    .filter(({ to }) => to === `${user}@x.test`)
    .map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1] ?? "");
const toldOf = (person: string) =>
  hook.calls.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.person === person);
const stagesTold = (person: string) => toldOf(person).filter(({ data }) => data.event === "Stage Entered");

/** Asked for by one, let out by another, and begun: the first slice of two persons has left, the rest has not. */
async function exportUnderWay(): Promise<{ id: string; rest(): Promise<string> }> {
  const columns = ["person", "name", "identifier:email"];
  const asked = { segment: segments["everybody"], values: "whole", purpose: "marketing", columns };
  const { body } = await app.call<Export>(
    "POST",
    `${brand.path}/exports`,
    { ...asked, why: "寄送试用装的名单" },
    marketer,
  );
  await app.call("POST", `${brand.path}/exports/${body.id}/approve`, {}, compliance);
  const { db, clickhouse, clock, workspaceKeys } = app.engines;
  const vault = createVault((workspace) => workspaceKeys(db, workspace));
  const workspace = (await findWorkspace(db, "kind")) as WorkspaceRef;
  const approved = (await findExport(db, workspace.id, body.id)) as StoredExport;
  const scopes = new Set(scopesOf.marketer);
  const caller = {
    who: approved.askedBy,
    userId: null,
    role: "marketer",
    scopes,
    language: "zh-CN",
  } as const;
  const taking = takeExport({ db, clickhouse, clock, vault, slice: 2 }, { workspace, caller }, approved);
  await taking.next();
  expect((await taking.next()).value).toContain("yun@x.test");
  return { id: body.id, rest: () => allOf(taking) };
}
async function allOf(parts: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const part of parts) all += part;
  return all;
}
async function exported(): Promise<string> {
  const asked = { segment: segments["everybody"], values: "masked", purpose: "marketing", why: "六月的月报" };
  const columns = ["person", "name"];
  const { body } = await app.call<Export>("POST", `${brand.path}/exports`, { ...asked, columns }, marketer);
  return (await app.call<string>("GET", `${brand.path}/exports/${body.id}/people.csv`, undefined, marketer))
    .body;
}
const rowOf = ({ id }: Person) => new RegExp(`^\uFEFF?${id},`, "m");
test("nothing after the tap: campaigns, a webhook, the stage clock and an export under way, a month of purchases and stale systems", async () => {
  const mei = await find("mei");
  await start("expecting");
  await start("everybody");
  await startJourneys();
  app.clock.advance(40 * 60_000);
  // Orders of both wait for a receiver that is down.
  await app.collect(brand.writeKey, [order("mei", "孕妇枕"), order("lan", "孕妇枕")]);
  await until(() => toldOf(mei.id).length > 0);
  const taken = await exportUnderWay();
  await move();
  const lan = await find("lan");
  expect(await standing(mei)).toEqual(["waiting", "waiting", "waiting"]);

  const { url } = await post<{ url: string }>(`/persons/${mei.id}/preference-link`);
  expect(url).not.toMatch(/mei|x\.test/);
  const page = await (await fetch(url)).text();
  expect(page).toContain("预产期 2026年8月");
  const lost = mei.children.find(({ dueOn }) => dueOn !== undefined);
  // What holds, holds when this answers.
  expect((await form(url, { do: "quiet", child: lost?.id ?? "" })).status).toBe(303);
  expect(new Set(await standing(mei))).toEqual(new Set(["Silence is kept for this family"]));
  const told = toldOf(mei.id).length;
  receiverWorks = true;
  const rest = await taken.rest();
  expect(rest).not.toContain("mei@x.test");
  expect(rest).toContain("lan@x.test");

  const quiet = await find("mei");
  expect(quiet.children.map(({ bornOn }) => bornOn)).toEqual(["2024-01-15"]);
  expect(quiet.silences).toMatchObject([{ why: "tap", child: lost?.id, endedAt: null }]);
  expect(JSON.stringify(await get(`/segments/${segments["expecting"]}/members`))).not.toContain(
    `"${mei.id}"`,
  );

  for (const day of [1, 3, 5, 7, 11, 13, 19, 25, 30]) {
    app.clock.set(new Date(Date.parse("2026-06-01T03:00:00Z") + day * 86_400_000));
    if (day % 6 === 1)
      await app.collect(brand.writeKey, [order("mei", "NB 纸尿裤"), order("mei", "1 段奶粉")]);
    // The shop's app sends the profile it still has, and another system the same child under another date of that month.
    if (day === 5)
      await app.collect(brand.writeKey, [
        { ...mother("mei", [{ key: "2", dueDate: "2026-08-26" }]), messageId: "again" },
      ]);
    if (day === 25)
      await app.collect(brand.writeKey, [
        { ...mother("mei", [{ birthday: "2026-06-20" }]), messageId: "born" },
      ]);
    if (day === 11) await start("expecting");
    if (day === 13) await start("everybody");
    await app.runTask("look-for-stages");
    await move();
  }
  const csv = await exported();
  expect([rowOf(mei).test(csv), rowOf(await find("lan")).test(csv)]).toEqual([false, true]);
  expect(stagesTold(mei.id)).toEqual([]);
  expect(stagesTold((await find("lan")).id)).toHaveLength(1);
  expect(mailsTo("mei")).toEqual([]);
  expect(mailsTo("lan")).toEqual(expect.arrayContaining(["with-1", "bag", "feed-2", "with-2"]));
  // Not one came in again: what is over is what was over at the tap.
  expect(new Set(await standing(mei))).toEqual(new Set(["Silence is kept for this family"]));
  const held = await Promise.all(journeys.map((id) => get<JourneyDetail>(`/journeys/${id}`)));
  expect(held.map(({ exits }) => exits.find(({ reason }) => reason === "silence")?.runs)).toEqual([1, 1, 1]);
  expect(await standing(lan)).toEqual(["done", "done", "done"]);
  expect(toldOf(mei.id)).toHaveLength(told);
  expect((await find("mei")).children).toHaveLength(1);

  const proof = await get<SilenceProof>(`/silences/${quiet.silences[0]?.id}`);
  expect(proof.leaked).toBe(0);
  const kinds = new Map(proof.stopped.map(({ kind, times }) => [kind, times]));
  expect([...kinds.keys()].sort()).toEqual([
    ...["child-date", "export", "journey", "membership", "message", "statement", "webhook"],
  ]);
  expect(proof.stopped.filter(({ kind }) => kind === "export").map(({ ref }) => ref)).toContain(taken.id);
  // Of three campaigns, and what a journey had just handed over.
  expect(proof.stopped.filter(({ kind }) => kind === "message")).toHaveLength(4);
  expect(JSON.stringify(proof)).not.toContain("2026-08-26");
});

test("the child that lives may still be spoken of, by what is about that child; she may come back", async () => {
  await start("toddlers");
  await app.runJobs();
  expect(mailsTo("mei")).toEqual(["toddlers"]);
  const mei = await find("mei");
  // Staff cannot end what she asked for; her own page can.
  const [silence] = mei.silences;
  expect(
    (await app.call("POST", `${brand.path}/silences/${silence?.id}/end`, { reason: "误点" })).status,
  ).toBe(409);
  const { url } = await post<{ url: string }>(`/persons/${mei.id}/preference-link`);
  await form(url, { do: "child-add", kind: "due", date: "2027-03-01" });
  await form(url, { do: "unquiet" });
  const back = await find("mei");
  expect(back.silences).toEqual([]);
  expect(back.children.map(({ dueOn }) => dueOn)).toContain("2027-03-01");
});

test("signs alone only silence, and believe a birth; a guardian's word on a child ends when it turns 14", async () => {
  const fang = await find("fang");
  expect(fang.silences).toMatchObject([{ why: "signs", sign: { kind: "due-date-passed", items: 1 } }]);
  expect(mailsTo("fang")).not.toContain("expecting");
  // Her date was kept back, not taken away: the shop hears of the birth, and the next night believes it.
  await app.collect(brand.writeKey, [
    { ...mother("fang", [{ key: "1", birthday: "2026-04-02" }]), messageId: "b" },
  ]);
  app.clock.set(new Date("2026-07-01T21:00:00Z"));
  await app.runJobs();
  expect(await find("fang")).toMatchObject({
    silences: [],
    children: [{ bornOn: "2026-04-02", stage: "3-6" }],
  });

  const hua = await find("hua");
  const { consents } = await get<Consents>(`/persons/${hua.id}/consents`);
  expect(consents.filter(({ purpose }) => purpose === "child")).toMatchObject([
    { state: "withdrawn", by: "law:14", child: hua.children[0]?.id },
  ]);
  const fathers = await get<Consents>(`/persons/${(await find("ba")).id}/consents`);
  expect(fathers.consents).toMatchObject([{ purpose: "health", state: "withdrawn", by: "law:14" }]);
  const waiting = {
    person: hua.id,
    name: "王**",
    since: "2026-06-10",
    purposes: ["child", "health"],
    answer: null,
  };
  const { items } = await get<ConsentRequests>("/consent-requests");
  // That a date was told is a guardian's word, too: it is not used any more, and the young person is asked.
  const ning = await find("ning");
  expect(ning.children).toMatchObject([{ keptBack: true }]);
  const asked = { person: ning.id, since: "2026-06-20", purposes: ["child"], answer: null };
  expect(items).toMatchObject([waiting, asked]);
  // Her page has no switch for it any more, and what an old page posts is not taken.
  const { url } = await post<{ url: string }>(`/persons/${hua.id}/preference-link`);
  const [child] = hua.children;
  const late = { do: "consent", purpose: "child", state: "granted", child: child?.id ?? "", version: "0" };
  expect((await form(url, late)).headers.get("location")).toContain("said=of-age");
  expect(await (await fetch(url)).text()).toContain("由孩子本人决定");
  const answer = `/consent-requests/${items[0]?.id}/answer`;
  await post(answer, { state: "granted" });
  expect((await app.call("POST", brand.path + answer, { state: "withdrawn" })).status).toBe(409);
  const after = (await get<Consents>(`/persons/${hua.id}/consents`)).consents;
  expect(after.map(({ purpose, state }) => [purpose, state]).sort()).toEqual([
    ["child", "granted"],
    ["health", "granted"],
    ["marketing", "granted"],
  ]);
  expect((await get<Consents>(`/persons/${(await find("ba")).id}/consents`)).consents).toMatchObject([
    { purpose: "health", state: "granted" },
  ]);
  expect(await get("/consent-requests?show=answered")).toMatchObject({ items: [{ answer: "granted" }] });
});

test("staff and programs keep silence, too, by person or by identifier; a mistake can be taken back, dates cannot", async () => {
  const made = await post<Silence>("/silences", { identifier: "user:yun" });
  expect(made).toMatchObject({ why: "api", child: null });
  expect((await post<Silence>("/silences", { identifier: "user:yun" })).id).toBe(made.id);
  const ended = await post<Silence>(`/silences/${made.id}/end`, { reason: "点错了人" });
  expect(ended.endedAt).not.toBeNull();
  expect((await find("yun")).children).toEqual([]);
  expect((await app.call("POST", `${brand.path}/silences`, { identifier: "user:nobody" })).status).toBe(404);
});

test("a no that a shop's system passes on is obeyed when it is answered; a no to sharing stops no message", async () => {
  app.clock.set(new Date("2026-07-02T13:00:00Z"));
  const [mei, yun] = [await find("mei"), await find("yun")];
  await app.collect(brand.writeKey, [order("mei", "湿巾"), order("yun", "湿巾")]);
  expect([(await standing(mei))[0], (await standing(yun))[0]]).toEqual(["waiting", "waiting"]);
  await post(`/persons/${yun.id}/consents`, { purpose: "sharing", state: "withdrawn", textVersion: 0 });
  await app.collect(brand.writeKey, [
    { type: "identify", userId: "mei", messageId: "no", traits: { marketingConsent: false } },
  ]);
  expect([(await standing(mei))[0], (await standing(yun))[0]]).toEqual(["Consent was withdrawn", "waiting"]);
});

test("a no is obeyed when it is answered, by campaign, webhook and export under way; every word has its receipt", async () => {
  const lan = await find("lan");
  app.clock.set(new Date("2026-07-02T14:00:00Z"));
  const id = await start("everybody");
  receiverWorks = false;
  const heard = toldOf(lan.id).length;
  await app.collect(brand.writeKey, [order("lan", "NB 纸尿裤")]);
  await until(() => toldOf(lan.id).length > heard);
  const taken = await exportUnderWay();
  expect((await standing(lan))[0]).toBe("waiting");
  // The message is held, and she is out of the journey, when this answers, not some time after.
  await post(`/persons/${lan.id}/consents`, { purpose: "marketing", state: "withdrawn", textVersion: 0 });
  const held = await get<{ counts: { held: number } }>(`/campaigns/${id}`);
  expect(held.counts.held).toBeGreaterThan(0);
  expect((await standing(lan))[0]).toBe("Consent was withdrawn");
  const [told, rest] = [toldOf(lan.id).length, await taken.rest()];
  expect([rest.includes("lan@x.test"), rest.includes("hua@x.test")]).toEqual([false, true]);
  receiverWorks = true;
  await app.collect(brand.writeKey, [order("lan", "S 纸尿裤")]);
  app.clock.set(new Date("2026-07-03T03:00:00Z"));
  const before = mailsTo("lan").length;
  await app.runJobs();
  expect(mailsTo("lan")).toHaveLength(before);
  expect(toldOf(lan.id)).toHaveLength(told);

  const { consents, receipts } = await get<Consents>(`/persons/${lan.id}/consents`);
  expect(consents).toMatchObject([{ purpose: "marketing", state: "withdrawn" }]);
  expect(receipts.map(({ state }) => state)).toEqual(["withdrawn", "granted"]);
  expect(receipts[0]?.text?.zh).toContain("商品和活动");
  expect(await get(`/consent-receipts/check`)).toMatchObject({ broken: [], erased: 0 });
  // Who stands behind a text: those who read it, as they said it, and as it is today.
  await post(`/persons/${lan.id}/consents`, { purpose: "research", state: "granted", textVersion: 0 });
  const text = { zh: "给我发送消息，每周两条。", en: "Send me two messages a week." };
  const put = await app.call<ConsentTexts>("PUT", `${brand.path}/consent-texts/marketing`, text);
  const ofMarketing = put.body.items.filter(({ purpose }) => purpose === "marketing");
  expect(ofMarketing).toMatchObject([
    { version: 1, ...text, granted: 0 },
    { version: 0, withdrawn: 1 },
  ]);
  expect(await get("/consent-words?purpose=marketing&version=0")).toMatchObject({
    items: [{ person: lan.id, name: "王**", state: "withdrawn", now: "withdrawn" }],
    next: null,
  });
  // Who agreed to what has become another text is told so in the next message, whatever it is about.
  await app.call("PUT", `${brand.path}/consent-texts/marketing`, { ...text, againUntil: "2026-07-31" });
  app.clock.set(new Date("2026-07-04T03:00:00Z"));
  await start("everybody");
  const letter = mail.mails.findLast(({ to }) => to === "hua@x.test");
  expect(letter && letterOf(letter)).toMatch(/请在 2026-07-31 前.*再决定一次/);

  await app.engines.db
    .updateTable("consent")
    .set({ state: "granted" })
    .where("said_by", "not like", "law%")
    .where("state", "=", "withdrawn")
    .execute();
  // A word stands at each of her nodes: all of them show.
  const { broken } = await get<ChainCheck>(`/consent-receipts/check`);
  expect(new Set(broken.map(({ why }) => why))).toEqual(new Set(["altered"]));
});
