import type { MessagesPage } from "@stork/contract/campaigns.ts";
import type { Overview } from "@stork/contract/outcomes.ts";
import type { Person } from "@stork/contract/people.ts";
import { expect } from "vitest";
import type { z } from "zod";
import { brandCalls } from "./brand-calls.ts";
import { mailServer } from "./messages-world.ts";
import { type WholeApp, wholeApp } from "./whole-app.ts";

/** A small brand with a mail server beside it, and the words in which its story is told. */
export let app: WholeApp;
let path: string;
let writeKey: string;
export let post: Awaited<ReturnType<typeof mailServer>>;

export async function open(): Promise<void> {
  app = await wholeApp({ now: "2026-06-01T02:00:00Z" });
  post = await mailServer();
  ({ path, writeKey } = await app.brand("xiaolu"));
}
export async function close(): Promise<void> {
  await post.close();
  await app.close();
}

export const families = 80;
export const mothers = Array.from({ length: families }, (_, i) => `m-${i + 1}`);
export const personOf = new Map<string, string>();

/** Midnight in Shanghai is 16:00 of the day before in UTC; the story is told by the clock on the shop's wall. */
export const inShanghai = (on: string, time: string) => new Date(`${on}T${time}:00+08:00`);
export const itIs = (on: string, time: string) => app.clock.set(inShanghai(on, time));

let said = 0;
/** One item as Segment's libraries write it. */
export const item = (type: string, fields: object) => ({
  type,
  messageId: `loop-${++said}`,
  timestamp: app.clock.now().toISOString(),
  context: { library: { name: "analytics.js", version: "4.1.0" } },
  ...fields,
});
export const order = (who: string, yuan: number, { quantity = 1, category = "formula" } = {}) =>
  item("track", {
    userId: who,
    event: "Order Completed",
    properties: {
      order_id: `o-${said}`,
      revenue: yuan,
      currency: "CNY",
      products: [{ sku: `${category}-1`, category, price: yuan / quantity, quantity }],
    },
  });
export const tell = (...items: object[]) => app.collect(writeKey, items);

const calls = brandCalls(() => ({ app, path }));
export const { get, make } = calls;
export const who = (identifier: string, on?: string) =>
  get<Person>(`/persons?identifier=${encodeURIComponent(identifier)}${on === undefined ? "" : `&on=${on}`}`);
export const count = async (where: object) => (await calls.count(where)).persons;
export const overview = (from: string, to: string, compareFrom: string, compareTo: string) =>
  get<Overview>(`/overview?from=${from}&to=${to}&compareFrom=${compareFrom}&compareTo=${compareTo}`);

export const start = async (id: string) => {
  expect((await app.call("POST", `${path}/campaigns/${id}/start`)).status).toBe(200);
  await app.runJobs();
};
export const log = async (id: string, state = "") =>
  (
    await get<z.infer<typeof MessagesPage>>(
      `/campaigns/${id}/messages?limit=200${state && `&state=${state}`}`,
    )
  ).items;
export const mailTo = (mother: string) => post.mails.filter(({ to }) => to === `${mother}@mail.test`);

/** The mother behind a person's number. */
export const nameOf = (person: string): string =>
  mothers.find((mother) => personOf.get(mother) === person) ?? "";
export const consenting = (mother: string): boolean => Number(mother.slice(2)) <= families - 10;
export const sentBy = async (id: string, index: number) =>
  nameOf((await log(id, "sent"))[index]?.person ?? "");

/** A campaign as most of this story's are, said otherwise where `change` does; answers its id. */
export async function plan(change: object): Promise<string> {
  return make("/campaigns", {
    content: {
      subject: "{{ person.name | default: '妈妈' }}，{{ child.stage }}的宝宝怎么吃",
      body: '<p>一段奶粉的喂养<a href="https://xiaolu.test/feeding">指南</a></p>',
    },
    holdoutShare: 0.5,
    conversion: { event: "Order Completed", withinDays: 7 },
    ...change,
  });
}
