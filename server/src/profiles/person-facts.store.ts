import { type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";

/** What a person did, in sums. */
export interface Doings {
  readonly orders: number;
  readonly amountFen: number;
  readonly lastOrderAt: Date | null;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

interface DoingsRow {
  node: number;
  orders: number;
  amountFen: number;
  lastOrderMs: number;
  firstMs: number;
  lastMs: number;
}

export const nothingDone: Doings = {
  orders: 0,
  amountFen: 0,
  lastOrderAt: null,
  firstAt: null,
  lastAt: null,
};

/** Orders and presence of each of the nodes that has any event; rows left out of sums are left out here too. */
export async function findDoings(
  clickhouse: ClickHouse,
  workspace: number,
  nodes: readonly number[],
): Promise<Map<number, Doings>> {
  if (nodes.length === 0) return new Map();
  const rows = await clickhouse.query<DoingsRow>(ch`
    select node,
      uniqExactIf(if(order_id = '', toString(message), order_id), ordered) as orders,
      sumIf(amount_fen, ordered) as amountFen,
      toUnixTimestamp64Milli(maxIf(at, ordered)) as lastOrderMs,
      toUnixTimestamp64Milli(min(at)) as firstMs, toUnixTimestamp64Milli(max(at)) as lastMs
    from (
      select node, message, order_id, amount_fen, at, name = 'Order Completed' and excluded = 0 as ordered
      from event final where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)})
    group by node`);
  return new Map(
    rows.map((row) => [
      Number(row.node),
      {
        orders: Number(row.orders),
        amountFen: Number(row.amountFen),
        lastOrderAt: row.orders > 0 ? new Date(Number(row.lastOrderMs)) : null,
        firstAt: new Date(Number(row.firstMs)),
        lastAt: new Date(Number(row.lastMs)),
      },
    ]),
  );
}

/** The same over several nodes of one person. */
export function sumOf(parts: readonly Doings[]): Doings {
  const pick = (a: Date | null, b: Date | null, later: boolean): Date | null => {
    if (a === null || b === null) return a ?? b;
    return a > b === later ? a : b;
  };
  return parts.reduce(
    (sum, part) => ({
      orders: sum.orders + part.orders,
      amountFen: sum.amountFen + part.amountFen,
      lastOrderAt: pick(sum.lastOrderAt, part.lastOrderAt, true),
      firstAt: pick(sum.firstAt, part.firstAt, false),
      lastAt: pick(sum.lastAt, part.lastAt, true),
    }),
    nothingDone,
  );
}

export interface PlainTrait {
  readonly node: number;
  readonly key: string;
  readonly value: string;
  readonly atMs: number;
}

/** Traits that do not identify, the newest word of each node; `keys` narrows them to a few. */
export async function findPlainTraits(
  clickhouse: ClickHouse,
  workspace: number,
  nodes: readonly number[],
  keys: readonly string[] | null = null,
): Promise<PlainTrait[]> {
  if (nodes.length === 0) return [];
  const narrowed = keys === null ? ch`1` : ch`key in ${list("String", keys)}`;
  return clickhouse.query<PlainTrait>(ch`
    select node, toString(key) as key, argMax(value, at) as value, toUnixTimestamp64Milli(max(trait.at)) as atMs
    from trait where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)} and ${narrowed}
    group by node, key order by atMs`);
}

/** A trait's text as the value it was: 12 and true come back as such, JSON as what it says. */
export function traitValue(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text)) return Number(text);
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
