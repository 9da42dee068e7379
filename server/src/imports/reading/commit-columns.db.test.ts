import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../../test/engines.ts";
import { testImport } from "../../../test/import-row.ts";
import { testPeople } from "../../../test/people.ts";
import { type Given, phone, sortsOfOrders as slice } from "../../../test/sorts-of-orders.ts";
import { buyer, context, now, order } from "../../../test/stated-orders.ts";
import type { Mark } from "../../cleaning/marks.ts";
import type { CommittedRow } from "../../events/committed-row.ts";
import { ownEvent } from "../../events/own-event.ts";
import type { People } from "../../people/people.store.ts";
import { settleSaid } from "../../people/said-again.store.ts";
import { ch, u32 } from "../../platform/clickhouse.ts";
import { countEvent } from "../../quality/count-event.ts";
import type { Tally } from "../../quality/tally.ts";
import { stateRecord } from "../../records/kinds.ts";
import { plainRecord } from "../../records/packed-record.ts";
import type { Committed, RecordOrigin, StatedRecord } from "../../records/record.ts";
import { RecordHash, recordSalt } from "../../records/record-hash.ts";
import { createRecords, type Records } from "../../records/records.store.ts";
import { Packer } from "./packer.ts";
import { unpack } from "./unpacked.ts";

// The same slices, committed as objects and from their columns, must leave the same behind, row by row and told of alike.

let engines: TestEngines;
let people: People;
/** One salt for all workspaces, so that the same record has the same hashes. */
const vault = () => ({ ...people.vault, hash: () => Buffer.from("salt"), ready: async () => undefined });

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

/** A workspace that takes slices in one of the two ways, and what it is left with. */
class Side {
  readonly records: Records;
  readonly answers: Committed[][] = [];
  readonly told: CommittedRow[] = [];
  /** What the watch of quality counts of them. */
  readonly counted: Tally = new Map();
  /** Rows that went in as columns. */
  native = 0;
  readonly #workspace: number;
  readonly #asColumns: boolean;

  constructor(workspace: number, asColumns: boolean) {
    this.#workspace = workspace;
    this.#asColumns = asColumns;
    this.records = createRecords({
      ...{ ...engines, ...people, cluster: null, vault: vault() as never },
      clickhouse: {
        ...engines.clickhouse,
        insertNative: async (table, rows) => {
          this.native += rows.rows;
          await engines.clickhouse.insertNative(table, rows);
        },
      },
      onCommitted: [
        (_workspace, _nodes, _names, rows) => {
          for (const { event, node, origin } of rows) {
            this.told.push({ event: ownEvent(event), node, origin });
            countEvent(this.counted, event, origin.received, origin.import > 0);
          }
        },
      ],
    });
  }

  async take(given: readonly Given[], more: Pick<RecordOrigin, "import" | "received">): Promise<void> {
    const origin = { workspace: this.#workspace, source: 7, isSlice: true, ...more };
    const packer = new Packer(new RecordHash(recordSalt(vault(), this.#workspace)));
    for (const one of given)
      packer.add({ rows: [], count: 1, read: one === null ? { refused: "no-key" } : one[0] });
    const marks = given.flatMap((one, i) =>
      one === null || one.length === 1 ? [] : [[i, one.slice(1) as Mark[]] as const],
    );
    const packed = packer.take(new Map(marks));
    if (!this.#asColumns) {
      const read = unpack(packed).flatMap(({ read }) => ("refused" in read ? [] : [plainRecord(read)]));
      this.answers.push(await this.records.commit(origin, read));
      return;
    }
    const isLeftOut = (place: number) => given[place] === null;
    const { nodes, others } = await this.records.commitPacked(origin, { packed, isLeftOut });
    this.answers.push(
      given.flatMap((one, i): Committed[] => {
        if (one === null) return [];
        const node = nodes[i] === 0 ? null : (nodes[i] as number);
        const added = [...new Set([...one[0].marks, ...(one.slice(1) as Mark[])])];
        return [others.get(i) ?? { outcome: "added", node, marks: added, again: false }];
      }),
    );
  }

  /** What is in the vault, opened. */
  async #sealed() {
    await people.vault.ready(this.#workspace);
    const { rows } = await sql<{
      node: number;
      key: string;
      import: number;
      value: Buffer;
      look: string;
      at: Date;
    }>`
      select node, key, import, sealed_value as value, encode(look_hash, 'hex') as look, at from vault_trait
      where workspace_id = ${this.#workspace} order by node, key, import`.execute(engines.db);
    return rows.map((row) => ({
      ...row,
      value: people.vault.open(this.#workspace, row.value),
      look: row.look === people.vault.hashHex(this.#workspace, "name", "王小明"),
    }));
  }

  /** Everything, with nodes by their order: each workspace has nodes of its own. */
  async left() {
    const { clickhouse } = engines;
    const versions = await clickhouse.query<{ node: number }>(ch`
      select * except (workspace, id, hash), toString(id) as id, toString(hash) as hash from record_version final
      where workspace = ${u32(this.#workspace)} order by id, part, changed, hash, import`);
    const events = await clickhouse.query<{ node: number }>(ch`
      select * except (workspace, message), toString(message) as message from event final
      where workspace = ${u32(this.#workspace)} order by message, node, at`);
    const traits = await clickhouse.query<{ node: number }>(ch`
      select * except workspace from trait final where workspace = ${u32(this.#workspace)} order by key, node`);
    const sealed = await this.#sealed();
    const [counts] = await clickhouse.query(ch`
      select (select count() from record_version where workspace = ${u32(this.#workspace)}) as versions,
        (select count() from event where workspace = ${u32(this.#workspace)}) as events`);
    const answers = this.answers.flat();
    const told = this.told.map(({ event, node, origin: { workspace, ...origin } }) => ({
      ...{ ...event, node, origin, propertiesUtf8: undefined },
    }));
    told.sort((a, b) => (a.message < b.message ? -1 : a.message > b.message ? 1 : a.node - b.node));
    const nodes = [...versions, ...events, ...traits, ...sealed, ...answers, ...told].map(({ node }) =>
      Number(node ?? 0),
    );
    const ranks = new Map([...new Set(nodes)].sort((a, b) => a - b).map((node, rank) => [node, rank]));
    const ranked = <Row extends { node: number | null }>(rows: readonly Row[]) =>
      rows.map((row) => ({ ...row, node: ranks.get(Number(row.node ?? 0)) }));
    return {
      ...{
        versions: ranked(versions),
        events: ranked(events),
        traits: ranked(traits),
        sealed: ranked(sealed),
        counts,
      },
      ...{ answers: ranked(answers), told: ranked(told), counted: this.counted },
    };
  }
}

let sides: Side[];
/** The same imports on both sides. */
let imports: number[];
beforeEach(async () => {
  const [first, second] = [await testWorkspace(engines), await testWorkspace(engines)];
  sides = [new Side(first.id, false), new Side(second.id, true)];
  imports = [0];
  for (let i = 0; i < 4; i += 1) imports.push(await testImport(engines, first.id));
});

const member = stateRecord(
  "member",
  {
    ...{ member: "M-1", programme: "crm", identifiers: phone("13700000001") },
    children: [{ bornOn: "1999-01-01" }],
  },
  context,
) as StatedRecord;

const nativeOf = () => sides.map(({ native }) => native);

async function play(steps: readonly [readonly Given[], number, number][]) {
  for (const side of sides) {
    for (const [given, place, received] of steps)
      await side.take(given, { import: imports[place] as number, received });
    for (const one of imports) await settleSaid(engines.db, people.vault, one);
  }
  const [objects, columns] = await Promise.all(sides.map((side) => side.left()));
  return { objects: objects as NonNullable<typeof objects>, columns: columns as NonNullable<typeof columns> };
}

test("a slice with all sorts of orders in it, another with some known and changed, and each again", async () => {
  const changed = slice(0).map((one): Given => {
    if (one === null || !one[0].key.endsWith("5")) return one;
    return [
      order({ order: one[0].key.slice(6), identifiers: buyer("b6"), amount: 77, changedAt: "2026-05-01" }),
    ];
  });
  const { objects, columns } = await play([
    [[[member]], 1, now],
    [slice(0), 2, now + 1_000],
    // Cut off and done again as a whole.
    [slice(0), 2, now + 1_000],
    [[...slice(20), ...changed], 3, now + 2_000],
    [slice(500), 0, now + 3_000],
  ]);
  expect(columns).toEqual(objects);
  expect(objects.events.length).toBeGreaterThan(100);
  expect(objects.traits.length).toBeGreaterThan(0);
  expect(objects.sealed.length).toBeGreaterThan(3);
  expect(nativeOf()).toEqual([0, expect.any(Number)]);
  expect(nativeOf()[1]).toBeGreaterThan(250);
  expect(new Set(objects.answers.map(({ outcome }) => outcome)).size).toBeGreaterThan(2);
  expect(objects.answers.some(({ marks }) => marks.includes("age-impossible"))).toBe(true);
  expect(JSON.stringify(columns.versions)).not.toMatch(/13912345678|王小明/);
});

test("orders of more years than one insert may have months, and numbers beyond what a column holds", async () => {
  const years = Array.from(
    { length: 22 },
    (_, i): Given => [order({ order: `Y${i}`, paidAt: `${2004 + i}-05-06 07:08:09` })],
  );
  const large: Given[] = [
    [order({ order: "large", amount: 9e9, items: [{ sku: "x", quantity: 2 ** 31 + 5, price: 1 }] })],
    [order({ order: "beside" })],
  ];
  const { objects, columns } = await play([
    [years, 1, now],
    [large, 1, now + 1],
    [[null], 1, now + 2],
  ]);
  expect(columns).toEqual(objects);
  expect(columns.events.length).toBe(24);
});

test("what says no events of its own is told of by its kind", async () => {
  const others = Array.from(
    { length: 30 },
    (_, i): Given => [
      stateRecord(
        "member",
        {
          member: `M-${i % 25}`,
          programme: "crm",
          joinedAt: "2025-01-01",
          identifiers: i === 3 ? [] : phone(`1380000000${i % 10}`),
        },
        context,
      ) as StatedRecord,
    ],
  );
  const { objects, columns } = await play([[others, 4, now]]);
  expect(columns).toEqual(objects);
  expect(columns.events.length).toBeGreaterThan(0);
});

test("two refunds of one number are one event, also before the engine merges anything", async () => {
  const refunds = [3, 4].map((amount) => ({ id: "1", amount }));
  const given: Given[] = [
    [order({ order: "R1", identifiers: buyer("r"), status: "refunded", refunds })],
    [order({ order: "R2", identifiers: buyer("r") })],
  ];
  const { objects, columns } = await play([[given, 1, now]]);
  expect(columns).toEqual(objects);
  expect(columns.counts).toMatchObject({ events: 3 });
  expect(nativeOf()[1]).toBeGreaterThan(0);
});
