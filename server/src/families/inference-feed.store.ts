import type { AgePurchase } from "@stork/models/ages/purchase.ts";
import { sql } from "kysely";
import { numberList } from "../people/lists.ts";
import { personOf } from "../people/person-map.ts";
import { type ClickHouse, ch, list, str, u32, u64 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import type { Place } from "./inference-place.ts";
import { type Articles, type BoughtRow, purchasesOf } from "./inference-purchases.ts";
import type { Bought } from "./inference-work.ts";

/** One more than this and only the newest are looked at; a family is compared over fewer purchases still. */
const mostOrders = 80;

/** Nobody waits for these: small blocks on one thread, or the embedded engine keeps the memory that many would take. */
const frugal = ch`settings max_threads = 1, max_block_size = 8192`;

export interface Feed {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
}

/** The nodes of persons, in slices that a caller bounds. */
export async function nodesOf(
  db: Db,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where workspace_id = ${workspace} and person = any(${numberList(persons)}::bigint[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, person }) => [id, person]));
}

/**
 * What persons bought, by person, oldest first. Orders that do not count in sums (wholesale, tests) teach nothing. Whose a
 * message is and what it is called is the same in all its repeats, so it is asked before they are put together: a seventh
 * of the memory, since the properties are read of these orders alone.
 */
export async function findPurchases(
  { db, clickhouse }: Feed,
  { id, timeZone }: Place,
  persons: readonly number[],
): Promise<Map<number, Bought>> {
  const owner = await nodesOf(db, id, persons);
  if (owner.size === 0) return new Map();
  const rows = await clickhouse.query<BoughtRow>(ch`
    select node, toRelativeDayNum(at, ${str(timeZone)}) as day, item.sku as skus, item.category as categories,
      item.quantity as quantities, JSONExtractRaw(properties, 'products') as products,
      JSONExtractString(properties, 'subcategory') as leaf,
      toUInt8(JSONExtractBool(properties, 'gift')) as gift
    from event final prewhere workspace = ${u32(id)} and node in ${list("UInt64", [...owner.keys()])}
      and name = 'Order Completed'
    where excluded = 0 and notEmpty(item.sku)
    order by at desc limit ${u32(mostOrders)} by node ${frugal}`);
  const articles = await findArticles(clickhouse, id, rows);
  const seen = await findFirstSeen(clickhouse, { id, timeZone }, owner);
  const found = new Map<number, { seenOn: number | null; purchases: AgePurchase[] }>();
  for (const row of rows.reverse()) {
    const person = owner.get(row.node) ?? row.node;
    const lines = purchasesOf(row, articles);
    const bought = found.get(person);
    if (bought) bought.purchases.push(...lines);
    else found.set(person, { seenOn: seen.get(person) ?? null, purchases: lines });
  }
  return found;
}

/** The first day on which anything was heard of each person, by person. */
async function findFirstSeen(
  clickhouse: ClickHouse,
  { id, timeZone }: Place,
  owner: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const rows = await clickhouse.query<{ node: number; day: number }>(ch`
    select node, toRelativeDayNum(min(at), ${str(timeZone)}) as day from event
    where workspace = ${u32(id)} and node in ${list("UInt64", [...owner.keys()])} and excluded = 0 group by node ${frugal}`);
  const seen = new Map<number, number>();
  for (const { node, day } of rows) {
    const person = owner.get(node) ?? node;
    seen.set(person, Math.min(day, seen.get(person) ?? day));
  }
  return seen;
}

/** Names of articles from the company's own records, for orders that bring none. */
async function findArticles(
  clickhouse: ClickHouse,
  workspace: number,
  rows: readonly BoughtRow[],
): Promise<Articles> {
  const nameless = new Set(
    rows.filter(({ products, leaf }) => products === "" && leaf === "").flatMap((row) => row.skus),
  );
  if (nameless.size === 0) return new Map();
  const found = await clickhouse.query<{ sku: string; name: string; category: string; stage: string }>(ch`
    select sku, any(name) as name, any(category) as category, any(stage) as stage from product_now
    where workspace = ${u32(workspace)} and sku in ${list("String", [...nameless].slice(0, 20_000))} group by sku`);
  return new Map(found.map(({ sku, ...article }) => [sku, article]));
}

/** Persons whose children's dates were stated, with those dates; a bounded sample that stays the same from day to day. */
export async function findTold(
  { clickhouse }: Feed,
  workspace: number,
  most: number,
): Promise<{ person: number; births: string[] }[]> {
  return clickhouse.query(ch`
    select ${personOf(ch`node`)} as person, arrayDistinct(groupArray(toString(assumeNotNull(coalesce(born_on, due_on))))) as births
    from child final
    where workspace = ${u32(workspace)} and removed = 0 and usable = 1 and stated = 1
    group by person order by cityHash64(person) limit ${u32(most)}`);
}

/** The owners of the next nodes that ever ordered, after a node; the last node looked at, to go on from. */
export async function nextBuyers(
  { db, clickhouse }: Feed,
  workspace: number,
  after: number,
  most: number,
): Promise<{ persons: number[]; last: number } | null> {
  const nodes = await clickhouse.query<{ node: number }>(ch`
    select distinct node from event
    where workspace = ${u32(workspace)} and node > ${u64(after)} and name = 'Order Completed'
    order by node limit ${u32(most)}`);
  const last = nodes.at(-1)?.node;
  if (last === undefined) return null;
  return {
    persons: await ownersOf(
      db,
      workspace,
      nodes.map(({ node }) => node),
    ),
    last,
  };
}

export async function ownersOf(db: Db, workspace: number, nodes: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ person: number }>`
    select distinct person from node where workspace_id = ${workspace} and id = any(${numberList(nodes)}::bigint[])`.execute(
    db,
  );
  return rows.map(({ person }) => person);
}
