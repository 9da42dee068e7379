import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import { createSource } from "../events/sources.store.ts";
import { ch, instant } from "../platform/clickhouse.ts";
import { auditOrders } from "./audit.store.ts";
import { findMinutes } from "./profile.store.ts";
import { countOf } from "./tally.ts";
import { Watch } from "./watch.job.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines?.close());

test("two servers' counts add up, one of them looks, and the other takes over when it leaves", async () => {
  const workspace = await testWorkspace(engines);
  const source = await createSource(
    engines.db,
    workspace.id,
    { kind: "http", name: "shop" },
    engines.clock.now(),
  );
  const told: string[] = [];
  const server = (name: string) => new Watch({ ...engines, tellDue: async () => void told.push(name) });
  const [first, second] = [server("first"), server("second")];
  const at = engines.clock.now().getTime();
  const rows = Array.from(
    { length: 50 },
    (_, i): CommittedRow => ({
      node: i,
      origin: { workspace: workspace.id, source: source.id, import: 0, received: at + i + 0.5 },
      event: {
        ...{
          identifiers: [],
          rule: "same-message",
          message: String(i),
          at,
          type: "track",
          name: "Page Viewed",
        },
        ...{
          orderId: "",
          amountFen: 0,
          quantity: 0,
          items: [],
          marks: [],
          excluded: false,
          // A name that is no text, as a sender cuts an emoji in two.
          properties: JSON.stringify({ "颜色\ud83d": "red", "\0尺码": 3, "\0": 4 }),
          said: [],
        },
      },
    }),
  );
  for (const watch of [first, second]) await watch.onCommitted(workspace.id, [], [], rows);
  engines.clock.advance(1000);
  await first.look();
  await second.look();
  const [cell] = await findMinutes(engines.clickhouse, workspace.id, at - 60_000);
  expect(countOf(cell?.counts ?? new Map(), "events")).toBe(100);
  expect(Math.abs((cell?.last ?? 0) - at)).toBeLessThan(1000);
  expect(told).toEqual(["first"]);
  await first.stop();
  engines.clock.advance(15_000);
  await second.look();
  expect(told).toEqual(["first", "second"]);
});

test("orders received in the last minute are looked for in the parts that may hold some, not in years of others", async () => {
  const { clickhouse } = engines;
  const row = { workspace: 9, node: 1, name: "Order Completed", order_id: "o", properties: "{}" };
  const past = { ...row, message: 1, at: "2026-04-20 00:00:00.000", received: "2026-04-20 00:00:00.000" };
  const fresh = { ...row, message: 2, at: "2026-05-31 00:00:00.000", received: "2026-06-01 03:59:30.000" };
  await clickhouse.insert("event", [past]);
  await clickhouse.insert("event", [fresh]);
  const plan = await clickhouse.query<{ explain: string }>(ch`
    explain indexes = 1 select order_id from event
    where workspace = 9 and received >= ${instant(new Date("2026-06-01T03:59:00Z"))}`);
  const text = plan.map(({ explain }) => explain.trim()).join("\n");
  expect(text).toMatch(/Name: received_span[\s\S]*Parts: 1\/2/);
  const audit = (from: string) =>
    auditOrders(clickhouse, 9, Date.parse(from), Date.parse("2026-06-01T04:00:00Z"));
  expect(await audit("2026-06-01T03:59:45Z")).toEqual([]);
  const [cell] = await audit("2026-06-01T03:59:00Z");
  expect(cell?.counts.get("audit-repeated-orders")).toBe(1);
});
