import { sql } from "kysely";
import { timestamp } from "../src/people/timestamp.ts";
import { ch } from "../src/platform/clickhouse.ts";
import type { TestEngines } from "./engines.ts";

/** A small shop's world in memory and, row for row, in the engines: figures of the one are reckoned against the other. */
export const now = new Date("2026-06-10T04:00:00Z");
export const day = 86_400_000;
// A small generator with a seed: the same world in every run.
let state = 42;
const chance = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const below = (n: number) => Math.floor(chance() * n);
const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;

export interface Row {
  node: number;
  message: number;
  at: Date;
  name: string;
  source: number;
  orderId: string;
  amountFen: number;
  items: { category: string; amountFen: number }[];
  excluded: boolean;
  properties: Record<string, unknown>;
}
const nodes = 600;
export const personOf = new Map<number, number>();
export const created = new Map<number, Date>();
export const children: {
  node: number;
  bornOn?: string;
  dueOn?: string;
  usable: boolean;
  removed: boolean;
}[] = [];
export const rows: Row[] = [];

function makeWorld(): void {
  for (let node = 1; node <= nodes; node++) {
    personOf.set(node, node > 1 && chance() < 0.25 ? personOf.get(1 + below(node - 1))! : node);
    created.set(node, new Date(now.getTime() - chance() * 60 * day));
    for (let i = below(3); i > 0; i--) {
      const date = new Date(now.getTime() + (chance() * 900 - 600) * day).toISOString().slice(0, 10);
      children.push({
        node,
        ...(chance() < 0.7 ? { bornOn: date } : { dueOn: date }),
        usable: chance() < 0.9,
        removed: chance() < 0.1,
      });
    }
  }
  for (let message = 1; message <= 4000; message++) {
    const name = pick([
      "Order Completed",
      "Order Completed",
      "Product Viewed",
      "Message Sent",
      "Message Unsubscribed",
    ]);
    const order = name === "Order Completed";
    const items = order
      ? Array.from({ length: below(4) }, () => ({
          category: pick(["formula", "diapers", ""]),
          amountFen: pick([0, 1000, 2500]),
        }))
      : [];
    rows.push({
      node: 1 + below(nodes),
      message,
      at: new Date(now.getTime() - Math.floor(chance() * 90 * day)),
      name,
      source: 1 + below(2),
      orderId: order && chance() < 0.5 ? `o${below(500)}` : "",
      amountFen: order ? pick([0, 3333, 10_000, -500]) : 0,
      items,
      excluded: chance() < 0.05,
      properties: { campaign: "0" },
    });
  }
}

/** A row as the facts' engine takes it. */
export const lineOf = (workspace: number, row: Row, received = now) => ({
  workspace,
  node: row.node,
  message: String(row.message),
  at: timestamp(row.at),
  received: timestamp(received),
  type: "track",
  name: row.name,
  source: row.source,
  order_id: row.orderId,
  amount_fen: row.amountFen,
  quantity: 1,
  "item.sku": row.items.map(() => "s"),
  "item.category": row.items.map(({ category }) => category),
  "item.quantity": row.items.map(() => 1),
  "item.amount_fen": row.items.map(({ amountFen }) => amountFen),
  excluded: row.excluded ? 1 : 0,
  properties: JSON.stringify(row.properties),
});

/** Makes the world and puts it into the engines, a tenth of it twice. */
export async function fillWorld({ clickhouse, db }: TestEngines, workspace: number): Promise<void> {
  makeWorld();
  await clickhouse.insert(
    "event",
    rows.map((row) => lineOf(workspace, row)),
  );
  // A tenth arrives again, later.
  await clickhouse.insert(
    "event",
    rows.filter((_, i) => i % 10 === 0).map((row) => lineOf(workspace, row, new Date(now.getTime() + 1000))),
  );
  await clickhouse.insert(
    "node",
    [...created].map(([node, at]) => ({ workspace: workspace, node, created: timestamp(at) })),
  );
  await clickhouse.insert(
    "person_of",
    [...personOf]
      .filter(([node, person]) => node !== person)
      .map(([node, person], i) => ({ node, person, version: i + 1 })),
  );
  await clickhouse.insert(
    "child",
    children.map((child, i) => ({
      workspace: workspace,
      child: i + 1,
      node: child.node,
      born_on: child.bornOn ?? null,
      due_on: child.dueOn ?? null,
      stated: 1,
      confidence: 1,
      usable: child.usable ? 1 : 0,
      removed: child.removed ? 1 : 0,
      version: 1,
    })),
  );
  await clickhouse.command(ch`system reload dictionary person_map`);
  await sql`insert into node (id, workspace_id, namespace, value_hash, sealed_value, person)
    select id, ${workspace}, 'user', int8send(id), '\\x00', person
    from unnest(${[...personOf.keys()]}::bigint[], ${[...personOf.values()]}::bigint[]) as list (id, person)`.execute(
    db,
  );
}
