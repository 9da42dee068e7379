import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { history, newestOf, play } from "../../test/record-histories.ts";
import { buyer, context, now, order } from "../../test/stated-orders.ts";
import type { People } from "../people/people.store.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import { ch, list, u32 } from "../platform/clickhouse.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { stateRecord } from "./kinds.ts";
import type { StatedRecord } from "./record.ts";
import { createRecords, type Records, type RecordsDeps } from "./records.store.ts";

let engines: TestEngines;
let people: People;
let workspace: WorkspaceRef;
let deps: RecordsDeps;
let records: Records;
const told: number[][] = [];

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
  deps = { ...engines, ...people, onCommitted: [(_, nodes) => void told.push([...nodes])], cluster: null };
  records = createRecords(deps);
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
  told.length = 0;
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

const origin = (importId = 0, received = now) => ({
  ...{ workspace: workspace.id, source: 7, import: importId, received },
});
const commit = async (record: StatedRecord | StatedRecord[], importId = 0, received = now) =>
  (await records.commit(origin(importId, received), [record].flat())).map(({ outcome }) => outcome);
interface Told {
  name: string;
  at: string;
  fen: number;
  node: number;
  pieces: number;
}
const events = () =>
  engines.clickhouse.query<Told>(ch`
    select name, toString(at) as at, amount_fen as fen, node, quantity as pieces from event_once
    where workspace = ${u32(workspace.id)} order by name, at, fen`);
const sales = async () => (await events()).map(({ name, at, fen }) => `${name} ${at.slice(0, 10)} ${fen}`);

describe("one order", () => {
  test("comes in, again, corrected, and late", async () => {
    expect(await commit(order({ changedAt: "2026-04-01" }))).toEqual(["added"]);
    expect(await commit(order({ changedAt: "2026-04-01" }))).toEqual(["unchanged"]);
    expect(await commit(order({ changedAt: "2026-04-03", amount: 200 }))).toEqual(["changed"]);
    expect(await commit(order({ changedAt: "2026-04-02", amount: 1 }))).toEqual(["older"]);
    expect(await sales()).toEqual(["Order Completed 2026-03-31 20000"]);
  });

  test("moves to another month and another buyer, and stands in one place", async () => {
    await commit(order());
    const [first] = await events();
    expect(await commit(order({ paidAt: "2026-04-01 09:00:00" }), 0, now + 1)).toEqual(["changed"]);
    expect(await sales()).toEqual(["Order Completed 2026-04-01 26800"]);
    told.length = 0;
    await commit(order({ paidAt: "2026-02-01 09:00:00", identifiers: buyer("妈妈二") }), 0, now + 2);
    const [last, ...others] = await events();
    expect(others).toEqual([]);
    expect(last).toMatchObject({ at: "2026-02-01 01:00:00.000", pieces: 2 });
    expect(last?.node).not.toBe(first?.node);
    // Who lost the order is told too, so that her segments are looked at again.
    expect(told.flat()).toContain(first?.node);
    // And back again.
    await commit(order(), 0, now + 3);
    expect(await events()).toEqual([first]);
  });

  test("is refunded in two parts, one of which was a mistake", async () => {
    const refunds = [
      { id: "R1", amount: 100, at: "2026-04-05" },
      { id: "R2", amount: 34, at: "2026-05-05" },
    ];
    await commit(order({ refunds }));
    expect(await sales()).toEqual([
      "Order Completed 2026-03-31 26800",
      "Order Refunded 2026-04-04 10000",
      "Order Refunded 2026-05-04 3400",
    ]);
    await commit(order({ refunds: refunds.slice(0, 1) }), 0, now + 1);
    expect(await sales()).toEqual(["Order Completed 2026-03-31 26800", "Order Refunded 2026-04-04 10000"]);
  });

  test("of a masked buyer is still an order", async () => {
    const masked = order({ identifiers: [{ namespace: "phone", value: "138****1234" }] });
    const [answer] = await records.commit(origin(), [masked]);
    expect(answer).toMatchObject({ outcome: "added", node: expect.any(Number) });
    expect(await sales()).toHaveLength(1);
  });

  test("not paid yet is no sale; cancelled after payment is a sale and its end", async () => {
    await commit(order({ status: "placed", paidAt: undefined, placedAt: "2026-03-31" }));
    expect(await sales()).toEqual([]);
    await commit(order(), 0, now + 1);
    await commit(order({ status: "cancelled", cancelledAt: "2026-04-02 10:00" }), 0, now + 2);
    expect(await sales()).toEqual(["Order Cancelled 2026-04-02 26800", "Order Completed 2026-03-31 26800"]);
  });
});

describe("an order told in two reports", () => {
  const lines = () =>
    order(
      {
        ...{ amount: undefined, identifiers: [], paidAt: undefined },
        items: [
          { sku: "S1", quantity: 1, price: 100 },
          { sku: "S2", quantity: 3, price: 56 },
        ],
      },
      "lines",
    );
  const head = () => order({ items: undefined, amount: 250 });

  test.each([
    ["head first", 0],
    ["lines first", 1],
  ])("is one, %s", async (_, first) => {
    const two = first === 0 ? [head(), lines()] : [lines(), head()];
    await commit(two[0] as StatedRecord, 1);
    await commit(two[1] as StatedRecord, 1, now + 1);
    expect(await events()).toMatchObject([{ name: "Order Completed", fen: 25_000, pieces: 4 }]);
    expect((await events())[0]?.at).toBe("2026-03-31 12:00:00.000");
  });

  test("both in one batch", async () => {
    expect(await commit([lines(), head()], 1)).toEqual(["added", "added"]);
    expect(await events()).toMatchObject([{ name: "Order Completed", fen: 25_000, pieces: 4 }]);
  });
});

describe("imports", () => {
  test("a slice repeated after a kill comes to the same, and writes nothing twice", async () => {
    await commit(order({ amount: 1 }));
    const slice = [order(), order({ order: "A2" }), order({ order: "A2", amount: 3 })];
    const first = await records.commit(origin(5, now + 10), slice);
    expect(first.map(({ outcome }) => outcome)).toEqual(["changed", "added", "changed"]);
    expect(await records.commit(origin(5, now + 10), slice)).toEqual(first);
    expect(await sales()).toEqual(["Order Completed 2026-03-31 300", "Order Completed 2026-03-31 26800"]);
    expect(await commit(slice, 5, now + 20)).toEqual(
      ["unchanged", "older", "unchanged"].map(() => expect.any(String)),
    );
  });

  test("undone: what was before counts again, what it alone said is gone", async () => {
    await commit(order({ amount: 1 }), 1, now);
    const other = order({ order: "B", identifiers: buyer("妈妈二") });
    const second = [order({ paidAt: "2026-01-05", amount: 2 }), other];
    const [, hers] = await records.commit(origin(2, now + 1), second);
    expect(await sales()).toHaveLength(2);
    told.length = 0;
    expect(await records.undo(workspace.id, 2)).toEqual({ records: 2 });
    expect(await sales()).toEqual(["Order Completed 2026-03-31 100"]);
    // Whose only order went is told too, so that her segments are looked at again.
    expect(told.flat()).toContain(hers?.node);
    expect(await records.undo(workspace.id, 2)).toEqual({ records: 2 });
    expect(await sales()).toEqual(["Order Completed 2026-03-31 100"]);
    // Said again afterwards it counts again.
    expect(await commit(order({ order: "B" }), 3, now + 2)).toEqual(["added"]);
    expect(await sales()).toHaveLength(2);
  });

  test("said by two imports, it outlives the first", async () => {
    await commit(order(), 1);
    expect(await commit(order(), 2, now + 1)).toEqual(["unchanged"]);
    await records.undo(workspace.id, 1);
    expect(await sales()).toEqual(["Order Completed 2026-03-31 26800"]);
    await records.undo(workspace.id, 2);
    expect(await sales()).toEqual([]);
  });
});

test("a stop between the versions and their events is made good by the retry", async () => {
  const broken = createRecords({
    ...deps,
    clickhouse: {
      ...engines.clickhouse,
      insertLines: (table, lines, ...rest) =>
        table === "event"
          ? Promise.reject(new Error("killed"))
          : engines.clickhouse.insertLines(table, lines, ...rest),
    },
  });
  await expect(broken.commit(origin(), [order()])).rejects.toThrow("killed");
  expect(await sales()).toEqual([]);
  expect(await commit(order(), 0, now + 1000)).toEqual(["unchanged"]);
  expect(await sales()).toHaveLength(1);
});

test("no member number, phone or name reaches the facts' engine", async () => {
  const member = stateRecord(
    "member",
    {
      ...{ member: "M-778899", programme: "crm", tier: "gold", joinedAt: "2025-01-01" },
      identifiers: [{ namespace: "phone", value: "13912345678" }],
      traits: { name: "王小明", city: "杭州市" },
    },
    context,
  ) as StatedRecord;
  expect(await commit(member)).toEqual(["added"]);
  expect((await events()).map(({ name }) => name)).toEqual(["Signed Up"]);
  const rows = await engines.clickhouse.query(
    ch`select * from record_version where workspace = ${u32(workspace.id)}`,
  );
  expect(JSON.stringify(rows)).not.toMatch(/778899|13912345678|王小明/);
  expect(JSON.stringify(rows)).toContain("杭州市");
});

test("undone, an import leaves each person as everybody else describes her: traits, name and address", async () => {
  const said = (importId: number, day: number, traits: Record<string, unknown>, phone = "13912345678") =>
    commit(
      stateRecord(
        "member",
        {
          ...{ member: `M-${phone}`, programme: "crm", changedAt: `2026-05-0${day}` },
          ...{ identifiers: [{ namespace: "phone", value: phone }], traits },
        },
        context,
      ) as StatedRecord,
      importId,
      now + day,
    );
  const known = async (phone = "13912345678") => {
    const identifiers = [{ namespace: "phone", value: phone }];
    const sighted = { identifiers, source: 1, message: "m", at: new Date(now), rule: "same-row" as const };
    const [[node = 0] = []] = await people.identity.resolve(workspace.id, [sighted]);
    const { rows } = await sql<{ person: number }>`select person from node where id = ${node}`.execute(
      engines.db,
    );
    const person = Number(rows[0]?.person);
    const nodes = await sql<{ id: number }>`select id from node where person = ${person}`.execute(engines.db);
    const sealed = await findVaultTraits(engines.db, people.vault, workspace.id, [person]);
    const plain = await engines.clickhouse.query<{ key: string; value: string }>(ch`
      select key, argMax(value, trait.at) as value from trait where workspace = ${u32(workspace.id)}
        and node in ${list(
          "UInt64",
          nodes.rows.map(({ id }) => id),
        )} group by key order by key`);
    const pairs = [...plain, ...sealed].map(({ key, value }) => [key, value] as const);
    return Object.fromEntries(pairs);
  };
  await said(0, 1, { name: "王小明", city: "杭州市" });
  await said(4, 2, { name: "王明", shoe: "37" });
  await said(5, 3, { name: "李四", city: "上海市", address: "浙江省杭州市西湖区文三路1号" });
  await said(5, 3, { name: "赵六", city: "北京市" }, "13912345679");
  await said(0, 4, { city: "宁波市" });
  expect(await known()).toMatchObject({ name: "李四", city: "宁波市", address: expect.any(String) });
  told.length = 0;
  await records.undo(workspace.id, 5);
  expect(told.flat().length).toBeGreaterThan(0);
  expect(await known()).toEqual({ name: "王明", city: "宁波市", shoe: "37" });
  expect(await known("13912345679")).toEqual({});
  await records.undo(workspace.id, 4);
  await records.undo(workspace.id, 4);
  expect(await known()).toEqual({ name: "王小明", city: "宁波市" });
});

test("a member nobody can be found in is turned away and not kept", async () => {
  const nobody = stateRecord(
    "member",
    { member: "0000", programme: "", identifiers: [] },
    context,
  ) as StatedRecord;
  expect(await commit(nobody)).toEqual(["nobody"]);
});

/** The same in memory: the newest by changed counts, then the one said last; undone imports count not. */
test("whatever is said in whatever order, the newest counts", { timeout: 90_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      workspace = await testWorkspace(engines);
      const kept = await play(records, workspace.id, steps);
      const expected = newestOf(kept);
      const found = (await events()).map(({ at, fen }) => `${at.slice(0, 7)} ${fen}`);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 12 },
  );
});
