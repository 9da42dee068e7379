import type { TimelineEntry } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { markLabel } from "../cleaning/marks.ts";
import { type ClickHouse, ch, i64, list, u32, u64 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { ourselves } from "./person-nodes.store.ts";

/** Where a page of a timeline ended: an event's time and its message, which settles the order within one millisecond. */
export interface TimelineCursor {
  readonly atMs: number;
  readonly message: string;
}

export function parseCursor(text: string): TimelineCursor | null {
  const found = /^(-?\d{1,15})\.(\d{1,20})$/.exec(text);
  return found === null ? null : { atMs: Number(found[1]), message: found[2] as string };
}

interface EventRow {
  id: string;
  atMs: number;
  name: string;
  type: string;
  source: number;
  amountFen: number;
  quantity: number;
  marks: string[];
  properties: string;
}

/** A person's events, newest first. */
export async function findTimeline(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  nodes: readonly number[],
  { after, limit }: { after: TimelineCursor | null; limit: number },
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  const before =
    after === null
      ? ch`1`
      : ch`(at, message) < (fromUnixTimestamp64Milli(${i64(after.atMs)}, 'UTC'), ${u64(after.message)})`;
  const rows = await clickhouse.query<EventRow>(ch`
    select toString(message) as id, toUnixTimestamp64Milli(at) as atMs, toString(name) as name, toString(type) as type,
      source, amount_fen as amountFen, quantity, marks, properties
    from event final
    where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)} and ${before}
    order by at desc, message desc limit ${u32(limit + 1)}`);
  const page = rows.slice(0, limit);
  const names = await sourceNames(db, [...new Set(page.map(({ source }) => source))]);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      at: new Date(Number(row.atMs)).toISOString(),
      name: row.name === "" ? row.type : row.name,
      source: names.get(row.source) ?? ourselves,
      amountFen: Number(row.amountFen) === 0 ? null : Number(row.amountFen),
      quantity: row.quantity === 0 ? null : row.quantity,
      marks: row.marks,
      markWords: row.marks.map(markLabel),
      properties: propertiesOf(row.properties),
    })),
    next: rows.length > limit && last !== undefined ? `${last.atMs}.${last.id}` : null,
  };
}

async function sourceNames(db: Db, sources: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from source where id = any(${sources}::int[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function propertiesOf(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
