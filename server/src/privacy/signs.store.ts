import { sql } from "kysely";
import { addDays, daysBetween } from "../catalog/calendar.ts";
import { type ClickHouse, ch, date, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import type { Expecting } from "./signs.ts";

/** Categories by our codes, and as Chinese shops write them. */
const forBabies = [
  "formula",
  "diapers",
  "clothing",
  "toys",
  "food",
  "奶粉",
  "纸尿裤",
  "童装",
  "玩具",
  "辅食",
];
const forMothers = ["maternity", "孕产用品", "孕产"];

export interface Candidate extends Expecting {
  readonly person: number;
  readonly child: number;
}

interface Row {
  readonly child: number;
  readonly person: number;
  readonly due: string;
  readonly nodes: number[];
}

/** Longer ago than this nobody speaks of the pregnancy any more. */
const mostPastDays = 400;

/** Families with a due date and no birth, after one of their children, with what they bought and returned. */
export async function findExpecting(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  { after, limit, today }: { after: number; limit: number; today: string },
): Promise<{ candidates: Candidate[]; last: number | null }> {
  const { rows } = await sql<Row>`
    select child.id as child, node.person, child.due_on as due,
      array(select id from node as own where own.person = node.person and own.workspace_id = ${workspace}) as nodes
    from child join node on node.id = child.node
    where child.workspace_id = ${workspace} and child.id > ${after} and child.born_on is null
      and child.due_on between ${addDays(today, -mostPastDays)} and ${addDays(today, 280)}
      and child.removed_at is null and child.withheld_at is null
    order by child.id limit ${limit}`.execute(db);
  const doings = await findDoings(clickhouse, workspace, rows, today);
  return {
    candidates: rows.map(({ child, person, due, nodes }) => {
      const own = nodes.flatMap((node) => doings.get(Number(node)) ?? []);
      const month = addDays(due, -30);
      const returnedOn = own.filter(({ returned }) => returned).map(({ on }) => on);
      const first = returnedOn.sort()[0];
      return {
        ...{ child, person, daysPastDue: daysBetween(due, today) },
        ordersBefore: own.filter((one) => !one.returned && one.on <= due).length,
        birthOrders: own.filter((one) => one.baby && one.on >= month).length,
        returns: returnedOn.filter((on) => on >= addDays(today, -14)).length,
        ordersSinceReturn: own.filter((one) => !one.returned && first !== undefined && one.on > first).length,
      };
    }),
    last: rows.length < limit ? null : (rows.at(-1)?.child ?? null),
  };
}

interface Doing {
  readonly on: string;
  readonly baby: boolean;
  readonly returned: boolean;
}

async function findDoings(
  clickhouse: ClickHouse,
  workspace: number,
  rows: readonly Row[],
  today: string,
): Promise<Map<number, Doing[]>> {
  const nodes = [...new Set(rows.flatMap((row) => row.nodes.map(Number)))];
  if (nodes.length === 0) return new Map();
  const found = await clickhouse.query<{ node: number; on: string; baby: number; returned: number }>(ch`
    select node, toString(toDate(at)) as on, hasAny(item.category, ${list("String", forBabies)}) as baby,
      name = 'Order Refunded' as returned
    from event final
    where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)}
      and at >= ${date(addDays(today, -mostPastDays - 300))} and excluded = 0
      and (name = 'Order Completed' or name = 'Order Refunded' and (
        hasAny(item.category, ${list("String", forMothers)}) or order_id != '' and order_id in (
          select order_id from event where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)}
            and name = 'Order Completed' and hasAny(item.category, ${list("String", forMothers)}))))`);
  return Map.groupBy(
    found.map(({ node, on, baby, returned }) => ({
      node: Number(node),
      ...{ on, baby: Number(baby) === 1, returned: Number(returned) === 1 },
    })),
    ({ node }) => node,
  );
}

/** Silences of signs alone whose child has been stated as born since: the signs were wrong. */
export async function findRefuted(db: Db, workspace: number): Promise<{ id: number; nodes: number[] }[]> {
  const { rows } = await sql<{ id: number; nodes: number[] }>`
    select silence.id, array(select node from silence_node where silence_id = silence.id) as nodes
    from silence join silence_child on silence_child.silence_id = silence.id
    join child on child.id = silence_child.child
    where silence.workspace_id = ${workspace} and silence.why = 'signs' and silence.ended_at is null
      and child.born_on is not null and child.removed_at is null`.execute(db);
  return rows;
}
