import { stages } from "@stork/contract/catalog.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import {
  children,
  created,
  day,
  fillWorld,
  lineOf,
  now,
  personOf,
  type Row,
  rows,
} from "../../test/outcomes-world.ts";
import { stageOn } from "../catalog/stages.ts";
import { createPersonMap, type PersonMap } from "../people/person-map.store.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findOverview } from "./overview.store.ts";
import { findReport } from "./report.store.ts";

/** Every figure against an independent reckoning over the same rows in memory. */

let engines: TestEngines;
let personMap: PersonMap;
let workspace: WorkspaceRef;

beforeAll(async () => {
  engines = await testEngines({ now: now.toISOString() });
  personMap = createPersonMap(engines.clickhouse, engines.log);
  await personMap.prepare();
  workspace = await testWorkspace(engines);
  await fillWorld(engines, workspace.id);
});
afterAll(async () => {
  personMap.stop();
  await engines.close();
});

const shanghai = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const orderKey = ({ orderId, source, message }: Row) =>
  orderId === "" ? `m${message}` : `${source}/${orderId}`;
const distinct = <T>(values: readonly T[]) => new Set(values).size;

describe("the overview", () => {
  const range = { from: "2026-05-12", to: "2026-06-10" };
  const compare = { from: "2026-04-12", to: "2026-05-11" };

  test("agrees with a reckoning in memory, day by day", async () => {
    const overview = await findOverview({ ...engines, clock: engines.clock }, workspace, range, compare);
    for (const [{ from, to }, figures, daily] of [
      [range, overview.now, overview.daily],
      [compare, overview.before!, overview.dailyBefore],
    ] as const) {
      const inRange = rows.filter(({ at }) => shanghai(at) >= from && shanghai(at) <= to);
      const orders = inRange.filter(({ name }) => name === "Order Completed");
      const gmv = (some: Row[]) =>
        some.filter(({ excluded }) => !excluded).reduce((sum, { amountFen }) => sum + amountFen, 0);
      const buyers = new Set(orders.map(({ node }) => personOf.get(node)!));
      const ever = rows.filter(({ name, at }) => name === "Order Completed" && shanghai(at) <= to);
      const repeaters = [...buyers].filter(
        (buyer) => distinct(ever.filter(({ node }) => personOf.get(node) === buyer).map(orderKey)) >= 2,
      );
      const first = new Map<number, number>();
      for (const [node, at] of [...created, ...rows.map(({ node, at }) => [node, at] as const)]) {
        const person = personOf.get(node)!;
        first.set(person, Math.min(first.get(person) ?? Number.POSITIVE_INFINITY, at.getTime()));
      }
      const firstDays = [...first.values()].map((ms) => shanghai(new Date(ms)));
      expect(figures).toEqual({
        gmvFen: gmv(orders),
        orders: distinct(orders.map(orderKey)),
        buyers: buyers.size,
        repeatRate: repeaters.length / buyers.size,
        newFamilies: firstDays.filter((on) => on >= from && on <= to).length,
        messages: inRange.filter(({ name }) => name === "Message Sent").length,
        optOuts: inRange.filter(({ name }) => name === "Message Unsubscribed").length,
      });
      expect(daily).toHaveLength(30);
      for (const figure of daily) {
        const mine = inRange.filter(({ at }) => shanghai(at) === figure.on);
        const ordered = mine.filter(({ name }) => name === "Order Completed");
        expect(figure).toEqual({
          on: figure.on,
          gmvFen: gmv(ordered),
          orders: distinct(ordered.map(orderKey)),
          buyers: distinct(ordered.map(({ node }) => personOf.get(node))),
          newFamilies: firstDays.filter((on) => on === figure.on).length,
          messages: mine.filter(({ name }) => name === "Message Sent").length,
          optOuts: mine.filter(({ name }) => name === "Message Unsubscribed").length,
        });
      }
    }
    expect(overview.newestEventAt).toBe(
      new Date(Math.max(...rows.map(({ at }) => at.getTime()))).toISOString(),
    );
  });

  test("shares an order's amount among its categories, which add up to the whole", async () => {
    const { categories, now: figures } = await findOverview(
      { ...engines, clock: engines.clock },
      workspace,
      range,
      null,
    );
    const expected = new Map<string, { gmvFen: number; orders: Set<string> }>();
    for (const row of rows.filter(
      ({ name, at }) => name === "Order Completed" && shanghai(at) >= range.from && shanghai(at) <= range.to,
    )) {
      const items = row.items.length === 0 ? [{ category: "", amountFen: 0 }] : row.items;
      const priced = items.reduce((sum, { amountFen }) => sum + amountFen, 0);
      for (const { category, amountFen } of items) {
        const known = expected.get(category || "other") ?? { gmvFen: 0, orders: new Set() };
        expected.set(category || "other", known);
        known.orders.add(orderKey(row));
        if (!row.excluded)
          known.gmvFen += row.amountFen * (priced > 0 ? amountFen / priced : 1 / items.length);
      }
    }
    expect(new Set(categories.map(({ category }) => category))).toEqual(new Set(expected.keys()));
    for (const { category, gmvFen, orders } of categories) {
      expect(Math.abs(gmvFen - expected.get(category)!.gmvFen)).toBeLessThanOrEqual(0.5001);
      expect(orders).toBe(expected.get(category)!.orders.size);
    }
    const together = categories.reduce((sum, { gmvFen }) => sum + gmvFen, 0);
    expect(Math.abs(together - figures.gmvFen)).toBeLessThanOrEqual(categories.length);
  });

  test("counts families by stage today and in 90 days", async () => {
    const overview = await findOverview({ ...engines, clock: engines.clock }, workspace, range, null);
    const today = "2026-06-10";
    const in90 = "2026-09-08";
    expect(overview.stages.map(({ stage }) => stage)).toEqual([...stages]);
    for (const { stage, today: now, in90Days } of overview.stages) {
      const holders = (on: string) =>
        distinct(
          children
            .filter((child) => child.usable && !child.removed && stageOn(child, on) === stage)
            .map(({ node }) => personOf.get(node)),
        );
      expect([stage, now, in90Days]).toEqual([stage, holders(today), holders(in90)]);
    }
  });

  test("an empty workspace has zeros, not errors", async () => {
    const empty = await testWorkspace(engines);
    const overview = await findOverview({ ...engines, clock: engines.clock }, empty, range, null);
    expect(overview.now).toEqual({
      gmvFen: 0,
      orders: 0,
      buyers: 0,
      repeatRate: null,
      newFamilies: 0,
      messages: 0,
      optOuts: 0,
    });
    expect(overview).toMatchObject({ before: null, dailyBefore: [], categories: [], newestEventAt: null });
    expect(overview.daily).toHaveLength(30);
  });
});

describe("a campaign's report", () => {
  const startedAt = new Date("2026-05-20T02:00:00Z");
  const lastSentAt = new Date("2026-05-21T01:00:00Z");
  let campaign: number;

  async function makeCampaign(status: string): Promise<number> {
    const { db } = engines;
    const {
      rows: [made],
    } = await sql<{ id: number }>`
      with s as (insert into segment (workspace_id, name, condition) values (${workspace.id}, 's', '{"kind":"all","of":[]}') returning id),
        c as (insert into channel (workspace_id, kind, name, settings) values (${workspace.id}, 'email', 'c', '{}') returning id)
      insert into campaign (workspace_id, name, segment_id, channel_id, subject, body, holdout_share, conversion_event, conversion_days, status, seed, planned, started_at)
      select ${workspace.id}, 'x', s.id, c.id, '', '', 0.3, 'Order Completed', 7, ${status}, 'seed', true, ${startedAt} from s, c returning id`.execute(
      db,
    );
    return made!.id;
  }

  beforeAll(async () => {
    campaign = await makeCampaign("done");
    // Planned by nodes, as they were persons then; joined since by the map.
    await sql`insert into message (workspace_id, campaign_id, person, arm, state, due_at, sent_at)
      select ${workspace.id}, ${campaign}, id, case when id % 3 = 0 then 'holdout' else 'treated' end, 'sent', ${startedAt},
        case when id % 3 = 0 then null else ${lastSentAt}::timestamptz end
      from generate_series(1, 550) as id`.execute(engines.db);
    const told = (message: number, name: string, at: Date, which = 0): Row => ({
      node: message,
      message: 1_000_000 + message * 10 + which,
      at,
      name,
      source: 0,
      orderId: "",
      amountFen: 0,
      items: [],
      excluded: false,
      properties: { campaign: String(campaign), channel: "email", message: String(message) },
    });
    const notes = Array.from({ length: 100 }, (_, i) => i + 1).flatMap((message) => [
      told(message, "Message Sent", lastSentAt, 1),
      told(message, "Message Delivered", lastSentAt, 2),
      ...(message <= 30
        ? [
            told(message, "Message Clicked", new Date(lastSentAt.getTime() + 3_600_000), 3),
            told(message, "Message Clicked", new Date(lastSentAt.getTime() + 30 * 3_600_000), 4),
          ]
        : []),
      ...(message <= 2 ? [told(message, "Message Unsubscribed", lastSentAt, 5)] : []),
    ]);
    await engines.clickhouse.insert(
      "event",
      notes.map((row) => lineOf(workspace.id, row)),
    );
  });

  test("agrees with a reckoning in memory", async () => {
    const report = await findReport({ ...engines, personMap }, workspace, String(campaign));
    const arms = new Map<number, Set<string>>();
    for (let id = 1; id <= 550; id++) {
      const person = personOf.get(id)!;
      arms.set(person, (arms.get(person) ?? new Set()).add(id % 3 === 0 ? "holdout" : "treated"));
    }
    const closes = new Date(lastSentAt.getTime() + 7 * day);
    for (const arm of ["treated", "holdout"] as const) {
      const members = [...arms]
        .filter(([, names]) => names.size === 1 && names.has(arm))
        .map(([person]) => person);
      const bought = members.map((person) =>
        rows.filter(
          (row) =>
            row.name === "Order Completed" &&
            personOf.get(row.node) === person &&
            row.at >= startedAt &&
            row.at < closes,
        ),
      );
      const revenue = bought
        .flat()
        .filter(({ excluded }) => !excluded)
        .reduce((sum, { amountFen }) => sum + amountFen, 0);
      expect(report[arm]).toEqual({
        persons: members.length,
        converted: bought.filter((some) => some.length > 0).length,
        conversionRate: bought.filter((some) => some.length > 0).length / members.length,
        revenueFen: revenue,
        revenuePerPersonFen: revenue / members.length,
      });
    }
    expect(report).toMatchObject({ complete: true, sent: 100, delivered: 100, clicked: 30, unsubscribed: 2 });
    expect(report.conversionLift?.estimate).toBeCloseTo(
      report.treated.conversionRate - report.holdout.conversionRate,
      12,
    );
    expect(report.extraRevenueFen?.estimate).toBeCloseTo(
      (report.revenueLift?.estimate ?? Number.NaN) * report.treated.persons,
      6,
    );
    expect(report.daily.reduce((sum, { converted }) => sum + converted, 0)).toBe(report.treated.converted);
    expect(report.daily.find(({ on }) => on === "2026-05-21")).toMatchObject({ sent: 100, clicked: 30 });
  });

  test("is not complete while the window is open, and empty before the start", async () => {
    engines.clock.set(new Date(lastSentAt.getTime() + 6 * day));
    expect((await findReport({ ...engines, personMap }, workspace, String(campaign))).complete).toBe(false);
    engines.clock.set(now);
    const draft = await makeCampaign("draft");
    await sql`update campaign set started_at = null where id = ${draft}`.execute(engines.db);
    expect(await findReport({ ...engines, personMap }, workspace, String(draft))).toMatchObject({
      complete: false,
      sent: 0,
      treated: { persons: 0 },
      conversionLift: null,
      daily: [],
    });
  });

  test("of another workspace, or of none, is refused", async () => {
    const other = await testWorkspace(engines);
    await expect(findReport({ ...engines, personMap }, other, String(campaign))).rejects.toMatchObject({
      kind: { code: "messages/unknown-campaign" },
    });
    await expect(findReport({ ...engines, personMap }, workspace, "x")).rejects.toMatchObject({
      kind: { status: 404 },
    });
  });

  test("stands up to a hundred thousand persons", async () => {
    const large = await makeCampaign("done");
    await sql`insert into message (workspace_id, campaign_id, person, arm, state, due_at)
      select ${workspace.id}, ${large}, id, case when id % 10 = 0 then 'holdout' else 'treated' end, 'sent', ${startedAt}
      from generate_series(1, 100000) as id`.execute(engines.db);
    const report = await findReport({ ...engines, personMap }, workspace, String(large));
    expect(report.treated.persons + report.holdout.persons).toBeGreaterThan(99_000);
  });
});
