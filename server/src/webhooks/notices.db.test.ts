import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { insertRows } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import { beginWriting, finishWriting } from "../segments/writing.store.ts";
import { claimDue, forgetOld } from "./deliveries.store.ts";
import { createNotices } from "./notices.job.ts";
import { createSender } from "./sender.job.ts";
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

test("two servers never take the same delivery, and no more of one webhook than it may have", async () => {
  const now = engines.clock.now();
  const taken = await Promise.all([1, 2, 3].map(() => claimDue(engines.db, now, 60_000, 64, 8)));
  const ids = taken.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(8);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of taken) expect(one.length).toBeLessThanOrEqual(8);
});

const orderRow = (message: string, importId: number, ms: number): CommittedRow => ({
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
  origin: { workspace, source: 1, import: importId, received: engines.clock.now().getTime() },
});

async function hookForOrders(url = "http://127.0.0.1:9/"): Promise<number> {
  const made = { workspace, name: "orders", url, sealedSecret: Buffer.from("x") };
  const wants = { events: ["Order Completed"], segments: [] };
  const at = engines.clock.now();
  const { id } = await insertWebhook(engines.db, { ...made, wants, purpose: "marketing", at });
  await notices.changed();
  return id;
}

async function unhook(id: number): Promise<void> {
  await sql`delete from webhook_delivery where webhook_id = ${id}`.execute(engines.db);
  await removeWebhook(engines.db, id, engines.clock.now());
  await notices.changed();
}

test("of what an import tells, the past is told to nobody", async () => {
  const id = await hookForOrders();
  const before = await queued();
  const past = engines.clock.now().getTime() - 86_400_000;
  const rows = [orderRow("1", 5, past), orderRow("2", 0, past)];
  await notices.onCommitted(workspace, [1], ["Order Completed"], rows);
  expect(await queued()).toBe(before + 1);
  await unhook(id);
});

test("an event stored right before a kill is told; one that was not stored is told when it comes again", async () => {
  const got: string[] = [];
  const receiver = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => got.push(JSON.parse(String(chunk)).data.orderId));
    request.on("end", () => response.end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const id = await hookForOrders(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
  await sql`update webhook_delivery set state = 'failed'`.execute(engines.db);
  const { clickhouse, clock, db, log } = engines;
  const now = clock.now().getTime();
  const { onCommitting } = notices;
  // Killed right after the insert, and right before it: nobody is told that anything was committed.
  await insertRows({ clickhouse, onCommitting: [onCommitting], onCommitted: [] }, [orderRow("3", 0, now)]);
  await onCommitting(workspace, [orderRow("4", 0, now)]);
  const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const vault = { ready: async () => undefined, open: () => key } as never;
  const sender = createSender({ db, clickhouse, clock, log, vault, chance: () => 0 });
  await sender.run();
  expect(got).toEqual([]);
  clock.advance(61_000);
  await sender.run();
  expect(got).toEqual(["3"]);
  const again = { clickhouse, onCommitting: [onCommitting], onCommitted: [notices.onCommitted] };
  await insertRows(again, [orderRow("3", 0, now), orderRow("4", 0, now)]);
  await sender.run();
  expect(got).toEqual(["3", "4"]);
  await unhook(id);
  receiver.close();
});

test("changes that a writer left half written are told when the next has finished them, however late", async () => {
  const { clickhouse, clock, db } = engines;
  const at = clock.now();
  const stamp = { at, version: at.getTime() * 1000 };
  const before = await queued();
  await beginWriting(db, workspace, stamp);
  const changed = at.toISOString().replace("T", " ").slice(0, -1);
  const moved = {
    workspace,
    segment: 7,
    person: 1,
    member: 0,
    entered: changed,
    changed,
    version: stamp.version,
  };
  await clickhouse.insert("membership", [moved, { ...moved, person: 2 }]);
  const { person, segment, member } = moved;
  await clickhouse.insert("membership_change", [{ workspace, segment, person, member, at: changed }]);
  await notices.lookAtSegments();
  clock.advance(300_000);
  await notices.lookAtSegments();
  expect(await queued()).toBe(before + 1);
  await finishWriting(db, clickhouse, workspace);
  await notices.lookAtSegments();
  expect(await queued()).toBe(before + 2);
  await finishWriting(db, clickhouse, workspace);
  clock.advance(300_000);
  await notices.lookAtSegments();
  expect(await queued()).toBe(before + 2);
});

test("of whoever leaves for a silence nobody is told: that she left would say why", async () => {
  const { clickhouse, clock, db } = engines;
  const people = testPeople(engines);
  const at = clock.now();
  const sighted = ["mei", "lan"].map((value) => ({
    ...{ identifiers: [{ namespace: "user", value }], source: 1, message: value, at },
    rule: "same-message" as const,
  }));
  const [[mei = 0] = [], [lan = 0] = []] = await people.identity.resolve(workspace, sighted);
  people.stop();
  await sql`
    with quiet as (
      insert into silence (workspace_id, since, why, said_by) values (${workspace}, ${at}, 'tap', 'link') returning id)
    insert into silence_node (silence_id, node) select id, ${mei} from quiet`.execute(db);
  const changed = at.toISOString().replace("T", " ").slice(0, -1);
  const left = { workspace, segment: 7, member: 0, at: changed };
  await clickhouse.insert("membership_change", [
    { ...left, person: mei },
    { ...left, person: lan },
  ]);
  await notices.lookAtSegments();
  const { rows } = await sql<{ person: string }>`
    select body -> 'data' ->> 'person' as person from webhook_delivery
    where body -> 'data' ->> 'person' = any(${[mei, lan].map(String)}::text[]) and created_at = ${at}`.execute(
    db,
  );
  expect(rows).toEqual([{ person: String(lan) }]);
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
      person: 77_777,
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
