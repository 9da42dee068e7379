import { scopesOf } from "@stork/contract/access.ts";
import type { Export } from "@stork/contract/exports.ts";
import type { RunsPage } from "@stork/contract/journeys.ts";
import type { Person } from "@stork/contract/people.ts";
import { afterAll, beforeAll, expect } from "vitest";
import { findExport, type StoredExport } from "../../../src/exports/exports.store.ts";
import { takeExport } from "../../../src/exports/taking.store.ts";
import { createVault } from "../../../src/people/vault.store.ts";
import { findWorkspace, type WorkspaceRef } from "../../../src/platform/workspaces.store.ts";
import { mailServer, webhookReceiver } from "../../messages-world.ts";
import { signInAs } from "../../staff.ts";
import { type CallOptions, type WholeApp, wholeApp } from "../../whole-app.ts";

export let app: WholeApp;
export let brand: { path: string; writeKey: string };
export let mail: Awaited<ReturnType<typeof mailServer>>;
let hook: Awaited<ReturnType<typeof webhookReceiver>>;
/** Whether the webhook's receiver is up. */
export const receiver = { works: false };
let channel: string;
let marketer: CallOptions;
let compliance: CallOptions;
export const segments: Record<string, string> = {};

const night = "2026-06-01T14:00:00Z";
/** One brand, its families and its staff, for every question about silence and a no. */
export function lossWorld(): void {
  beforeAll(async () => {
    app = await wholeApp({ now: night });
    brand = await app.brand("kind");
    mail = await mailServer();
    hook = await webhookReceiver(() => (receiver.works ? 204 : 503));
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
}

export const mother = (userId: string, children: object[]) => ({
  ...{ type: "identify", messageId: `is-${userId}`, userId, timestamp: "2026-05-30T08:00:00Z" },
  traits: { email: `${userId}@x.test`, name: "王小雨", children, marketingConsent: true },
});
let orders = 0;
export const order = (userId: string, product: string) => ({
  ...{ type: "track", messageId: `o-${++orders}`, userId, event: "Order Completed" },
  properties: {
    order_id: `A${orders}`,
    total: 99,
    currency: "CNY",
    products: [{ product_id: product, name: product }],
  },
  timestamp: app.clock.now().toISOString(),
});

export async function post<Body>(path: string, body?: object): Promise<Body> {
  const reply = await app.call<Body>("POST", brand.path + path, body);
  expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
  return reply.body;
}
export const get = async <Body>(path: string): Promise<Body> =>
  (await app.call<Body>("GET", brand.path + path)).body;
export const find = (user: string): Promise<Person> => get(`/persons?identifier=user:${user}`);

export async function start(name: string): Promise<string> {
  const { id } = await post<{ id: string }>("/campaigns", {
    ...{ name, segment: segments[name], channel, holdoutShare: 0 },
    content: { subject: name, body: "<p>您好</p>" },
  });
  await post(`/campaigns/${id}/start`);
  await app.runJobs();
  return id;
}

export const journeys: string[] = [];
/** Three ways in: by what she bought, by where she belongs, by the date. */
export async function startJourneys(): Promise<void> {
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
export async function standing({ id }: Person): Promise<string[]> {
  const pages = await Promise.all(journeys.map((one) => get<RunsPage>(`/journeys/${one}/runs`)));
  return pages.map(({ items }) => {
    const mine = items.find(({ person }) => person === id);
    return mine?.reason?.en ?? mine?.state ?? "never in";
  });
}
export const move = async () => {
  await app.runTask("journeys.move");
  await app.runJobs();
};

export const form = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
export const mailsTo = (user: string): string[] =>
  mail.mails
    .filter(({ to }) => to === `${user}@x.test`)
    .map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1] ?? "");
export const toldOf = (person: string) =>
  hook.calls.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.person === person);
export const stagesTold = (person: string) =>
  toldOf(person).filter(({ data }) => data.event === "Stage Entered");

/** Asked for by one, let out by another, and begun: the first slice of two persons has left, the rest has not. */
export async function exportUnderWay(): Promise<{ id: string; rest(): Promise<string> }> {
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
export async function exported(): Promise<string> {
  const asked = { segment: segments["everybody"], values: "masked", purpose: "marketing", why: "六月的月报" };
  const columns = ["person", "name"];
  const { body } = await app.call<Export>("POST", `${brand.path}/exports`, { ...asked, columns }, marketer);
  return (await app.call<string>("GET", `${brand.path}/exports/${body.id}/people.csv`, undefined, marketer))
    .body;
}
export const rowOf = ({ id }: Person) => new RegExp(`^\uFEFF?${id},`, "m");
