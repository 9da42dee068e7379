import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import type { CommittedRow } from "../events/commit.store.ts";
import { createSource } from "../events/sources.store.ts";
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
          properties: "{}",
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
