import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import type { CommittedRow } from "../events/commit.store.ts";
import { claimDue, forgetOld } from "./deliveries.store.ts";
import { createNotices } from "./notices.job.ts";
import { findWebhook, insertWebhook, removeWebhook } from "./webhooks.store.ts";

/** Changes of segments by the thousand, and what is left of them a month later. */

let engines: TestEngines;
let workspace: number;
let webhook: number;
let notices: ReturnType<typeof createNotices>;
const many = 12_000;

beforeAll(async () => {
  engines = await testEngines();
  workspace = (await testWorkspace(engines)).id;
  const made = { workspace, name: "CRM", url: "http://127.0.0.1:9/", sealedSecret: Buffer.from("x") };
  const wants = { events: [], segments: ["7"] };
  webhook = (
    await insertWebhook(engines.db, { ...made, wants, purpose: "marketing", at: engines.clock.now() })
  ).id;
  const log = { warn: (_: object, text: string) => expect.fail(text) } as never;
  notices = createNotices({ ...engines, log, wake: () => undefined });
  await notices.changed();
});
afterAll(() => engines.close());

const queued = async (): Promise<number> => {
  const { rows } = await sql<{ rows: string }>`select count(*) as rows from webhook_delivery`.execute(
    engines.db,
  );
  return Number(rows[0]?.rows);
};

test("all who change at one instant are told of, however many", async () => {
  engines.clock.advance(1_000);
  const at = engines.clock.now().toISOString().replace("T", " ").slice(0, -1);
  const changes = Array.from({ length: many }, (_, i) => ({
    workspace,
    segment: 7,
    person: i + 1,
    member: 1,
    at,
  }));
  await engines.clickhouse.insert("membership_change", changes);
  await notices.lookAtSegments();
  expect(await queued()).toBe(many);
  await notices.lookAtSegments();
  expect(await queued()).toBe(many);
});

test("of what an import tells, the past is told to nobody", async () => {
  const made = { workspace, name: "orders", url: "http://127.0.0.1:9/", sealedSecret: Buffer.from("x") };
  const wants = { events: ["Order Completed"], segments: [] };
  const at = engines.clock.now();
  const { id } = await insertWebhook(engines.db, { ...made, wants, purpose: "marketing", at });
  await notices.changed();
  const before = await queued();
  const row = (message: string, importId: number, ms: number): CommittedRow => ({
    event: {
      ...{
        name: "Order Completed",
        message,
        at: ms,
        type: "track",
        orderId: message,
        amountFen: 1,
        quantity: 1,
      },
      ...{
        items: [],
        properties: "{}",
        identifiers: [],
        rule: "same-row",
        marks: [],
        excluded: false,
        said: [],
      },
    },
    node: 1,
    origin: { workspace, source: 1, import: importId, received: at.getTime() },
  });
  const past = at.getTime() - 86_400_000;
  await notices.onCommitted(workspace, [1], ["Order Completed"], [row("1", 5, past), row("2", 0, past)]);
  expect(await queued()).toBe(before + 1);
  await sql`delete from webhook_delivery where webhook_id = ${id}`.execute(engines.db);
  await removeWebhook(engines.db, id, at);
  await notices.changed();
});

test("two servers never take the same delivery, and no more of one webhook than it may have", async () => {
  const now = engines.clock.now();
  const taken = await Promise.all([1, 2, 3].map(() => claimDue(engines.db, now, 60_000, 64, 8)));
  const ids = taken.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(8);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of taken) expect(one.length).toBeLessThanOrEqual(8);
});

test("what the log has forgotten is not told again", async () => {
  engines.clock.advance(60_000);
  await notices.lookAtSegments();
  await sql`update webhook_delivery set state = 'delivered'`.execute(engines.db);
  engines.clock.advance(31 * 86_400_000);
  await forgetOld(engines.db, engines.clock.now());
  expect(await queued()).toBe(0);
  await notices.lookAtSegments();
  expect(await queued()).toBe(0);
});

test("what waits for a webhook that was removed is let go of", async () => {
  await engines.clickhouse.insert("membership_change", [
    {
      workspace,
      segment: 7,
      person: 1,
      member: 0,
      at: engines.clock.now().toISOString().replace("T", " ").slice(0, -1),
    },
  ]);
  await notices.lookAtSegments();
  expect(await queued()).toBe(1);
  await removeWebhook(engines.db, webhook, engines.clock.now());
  await forgetOld(engines.db, engines.clock.now());
  expect(await queued()).toBe(0);
  expect(await findWebhook(engines.db, workspace, webhook)).toBeNull();
});
