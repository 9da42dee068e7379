import { sql } from "kysely";
import { type ClickHouse, ch, instant, list, u32 } from "../../platform/clickhouse.ts";
import type { Db } from "../../platform/postgres.ts";

/** A child as stored, by the node that stated it. */
export interface StoredChild {
  node: number;
  bornOn: string | null;
  gender: string | null;
  genderCode: string | null;
  statedBy: string;
  statedAt: Date;
}

/** A fact that is stored: by which import it came (0: not by a file), and when, in ms. */
export interface StoredFact {
  import: number;
  received: number;
}

/** Which of these messages are facts already. */
export async function findMessages(
  clickhouse: ClickHouse,
  workspace: number,
  messages: readonly { node: number; message: string; at: number }[],
): Promise<Map<string, StoredFact>> {
  if (messages.length === 0) return new Map();
  const dayMs = 86_400_000;
  const times = messages.map(({ at }) => at);
  const from = new Date(times.reduce((a, b) => Math.min(a, b)) - dayMs);
  const to = new Date(times.reduce((a, b) => Math.max(a, b)) + dayMs);
  const rows = await clickhouse.query<StoredFact & { message: string }>(ch`
    select toString(message) as message, min(import) as import,
      toUnixTimestamp64Milli(min(received)) as received
    from event
    where workspace = ${u32(workspace)}
      and node in ${list("UInt64", [...new Set(messages.map(({ node }) => node))])}
      and message in ${list(
        "UInt64",
        messages.map(({ message }) => message),
      )}
      and at between ${instant(from)} and ${instant(to)}
    group by message`);
  return new Map(rows.map(({ message, ...fact }) => [message, fact]));
}

export async function hasEvents(clickhouse: ClickHouse, workspace: number): Promise<boolean> {
  const rows = await clickhouse.query(ch`
    select 1 from event where workspace = ${u32(workspace)} limit 1`);
  return rows.length > 0;
}

/** The children stated by these nodes themselves. */
export async function findStatedChildren(db: Db, nodes: readonly number[]): Promise<StoredChild[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select node, born_on as "bornOn", gender, gender_code as "genderCode", stated_by as "statedBy", stated_at as "statedAt"
    from child where node = any(${nodes}::bigint[]) and removed_at is null`.execute(db);
  return rows;
}

/** The birthdays of the children of the persons behind these nodes. */
export async function findBirthdays(db: Db, nodes: readonly number[]): Promise<Map<number, string[]>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await sql<{ node: number; bornOn: string }>`
    select mine.id as node, child.born_on as "bornOn"
    from node mine
    join node theirs on theirs.workspace_id = mine.workspace_id and theirs.person = mine.person
    join child on child.node = theirs.id
    where mine.id = any(${nodes}::bigint[]) and child.born_on is not null and child.removed_at is null`.execute(
    db,
  );
  const found = new Map<number, string[]>();
  for (const { node, bornOn } of rows) found.set(node, [...(found.get(node) ?? []), bornOn]);
  return found;
}
