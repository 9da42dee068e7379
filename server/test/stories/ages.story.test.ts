import type { AgeModelAnswer } from "@stork/contract/ages.ts";
import type { FamilyPage, Person } from "@stork/contract/people.ts";
import type { SilenceProof } from "@stork/contract/privacy.ts";
import { families } from "@stork/town/town.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ch, list } from "../../src/platform/clickhouse.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let writeKey: string;
const until = "2026-06-01";

beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T04:00:00.000Z" });
  ({ path, writeKey } = await app.brand("milk"));
  // Sixty families of the town, most of whom told.
  const messages = [...families({ seed: 7, families: 60, until, behaviour: "sparse" })].flatMap(
    (one) => one.messages,
  );
  for (let from = 0; from < messages.length; from += 500)
    await app.collect(
      writeKey,
      messages.slice(from, from + 500).map(({ source, ...message }) => message),
    );
});
afterAll(() => app?.close());

const goods = {
  nb: { sku: "D-NB", product_id: "D", category: "diapers", name: "云朵兔 纸尿裤 NB码 84片", size: "NB" },
  s: { sku: "D-S", product_id: "D", category: "diapers", name: "云朵兔 纸尿裤 S码 76片", size: "S" },
  milk: { sku: "F-1", product_id: "F", category: "formula", name: "牧原珠 奶粉 1段 800克", stage: 1 },
};
let orders = 0;
const orderOf = (userId: string, on: string, ...bought: (keyof typeof goods)[]) =>
  app.collect(writeKey, [
    {
      ...{ type: "track", event: "Order Completed", messageId: `order-${++orders}`, userId },
      timestamp: `${on}T03:00:00.000Z`,
      properties: {
        ...{ order_id: `o${orders}`, total: 300, currency: "CNY" },
        products: bought.map((one) => ({ ...goods[one], price: 100, quantity: 1 })),
      },
    },
  ]);
const personOf = async (userId: string): Promise<Person> =>
  (await app.call<Person>("GET", `${path}/persons?identifier=user:${userId}`)).body;
const counted = async (inferred?: number): Promise<number> => {
  const where = { kind: "stage", in: ["0-1", "1-3"], ...(inferred === undefined ? {} : { inferred }) };
  return (await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where })).body.persons;
};
/** Guesses stored about these persons' nodes, in both engines. */
const kept = async (...persons: string[]): Promise<number> => {
  const nodes = persons.map(Number);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inferred_child where node = any(${nodes}) and not removed`.execute(
    app.engines.postgres.db,
  );
  const [copy] = await app.engines.clickhouse.query<{ n: number }>(ch`
    select count() as n from inferred_child final where node in ${list("UInt64", nodes)} and removed = 0`);
  expect(copy?.n).toBe(rows[0]?.n);
  return rows[0]?.n ?? 0;
};
/** Guesses follow an order within seconds. */
const guessed = (userId: string) =>
  expect.poll(async () => (await personOf(userId)).children, { interval: 300 });

test("what those who told have bought tells how old the others' children are: a guess, with its interval, until somebody says", async () => {
  const asked = await app.call<AgeModelAnswer>("POST", `${path}/models/ages/learn`, {});
  expect(asked.body).toMatchObject({ card: null, learning: true });
  await app.runJobs();
  const { card, learning } = (await app.call<AgeModelAnswer>("GET", `${path}/models/ages`)).body;
  expect(learning).toBe(false);
  expect(card).toMatchObject({ version: 1 });
  expect(card?.families).toBeGreaterThan(20);
  expect(card?.guessed).toBeGreaterThan(5);

  // Mei never told. She bought for a newborn in April, and the next size in May.
  await orderOf("mei", "2026-04-10", "nb", "milk");
  await orderOf("mei", "2026-05-12", "s", "milk");
  await guessed("mei").toHaveLength(1);
  const [child] = (await personOf("mei")).children;
  expect(child).toMatchObject({ source: "inferred", gender: "unknown", marks: [] });
  expect(child?.confidence).toBeGreaterThan(0.2);
  expect(child?.confidence).toBeLessThan(1);
  const [from, to] = child?.interval80 ?? ["", ""];
  expect(from < "2026-04-05" && to > "2026-03-20").toBe(true);
  expect(from > "2025-10-01" && to < "2026-07-01").toBe(true);

  // A segment counts what was stated, unless it asks for guesses.
  const stated = await counted();
  expect(await counted(0.2)).toBeGreaterThan(stated);
  expect(await counted(1)).toBe(stated);

  // The list of families shows her child as a guess, with how sure it is; by its stage she is found only when asked.
  const listed = async (asked: string) =>
    (await app.call<FamilyPage>("GET", `${path}/families?limit=200&${asked}`)).body.items.find(
      (row) => row.person === mei.id,
    );
  const mei = await personOf("mei");
  const stage = String(child?.stage);
  const shown = [{ source: "inferred", stage, confidence: child?.confidence }];
  expect((await listed(""))?.children).toMatchObject(shown);
  expect(await listed(`stage=${stage}`)).toBeUndefined();
  expect((await listed(`stage=${stage}&inferred=0.2`))?.children).toMatchObject(shown);
  expect(await listed(`stage=${stage}&inferred=1`)).toBeUndefined();

  // Her own word stands at once, everywhere.
  await app.collect(writeKey, [
    { type: "identify", messageId: "says", userId: "mei", traits: { babyBirthday: "2026-04-02" } },
  ]);
  const { children } = await personOf("mei");
  expect(children).toMatchObject([{ source: "stated", bornOn: "2026-04-02", confidence: 1 }]);
  expect(await counted()).toBe(stated + 1);
  expect((await listed(`stage=${children[0]?.stage}`))?.children).toMatchObject([{ source: "stated" }]);
  await expect.poll(() => kept(mei.id)).toBe(0);

  // Taken away again as wrong, what she bought tells once more.
  await app.call("DELETE", `${path}/families/${mei.id}/children/${children[0]?.id}?reason=wrong`);
  await guessed("mei").toMatchObject([{ source: "inferred" }]);

  // Made one with somebody else, both purchases tell of one child; parted, each of her own again.
  await orderOf("lin", "2026-05-20", "s");
  await guessed("lin").toHaveLength(1);
  const lin = await personOf("lin");
  const merged = await app.call<{ decision: { id: string } }>("POST", `${path}/identity/decisions`, {
    ...{ change: { kind: "merge", a: mei.id, b: lin.id }, reason: "one and the same" },
  });
  await expect.poll(() => kept(mei.id, lin.id)).toBe(1);
  await app.call("POST", `${path}/identity/decisions/${merged.body.decision.id}/undo`, {
    reason: "her sister",
  });
  await expect.poll(() => kept(mei.id, lin.id)).toBe(2);
});

test("after a loss guesses are taken away, and none is made in a month of purchases and nights", async () => {
  for (const user of ["an", "bo"]) await orderOf(user, "2026-04-20", "nb", "milk");
  await guessed("an").toHaveLength(1);
  await guessed("bo").toHaveLength(1);
  const { id } = await personOf("an");
  const silence = await app.call<{ id: string }>("POST", `${path}/persons/${id}/silence`, {});
  expect(silence.status, JSON.stringify(silence.body)).toBeLessThan(300);
  expect((await personOf("an")).children).toEqual([]);
  expect(await kept(id)).toBe(0);
  for (const day of ["2026-06-10", "2026-06-20", "2026-06-30"]) {
    app.clock.set(new Date(`${day}T02:00:00Z`));
    for (const user of ["an", "bo"]) await orderOf(user, day, "s", "milk");
    // The night's work goes through everybody who never told.
    await app.runJobs();
    expect((await personOf("an")).children).toEqual([]);
    expect((await personOf("bo")).children).toHaveLength(1);
  }
  const proof = await app.call<SilenceProof>("GET", `${path}/silences/${silence.body.id}`);
  expect(proof.body.stopped).toMatchObject([{ kind: "inference", times: 1 }]);
});
