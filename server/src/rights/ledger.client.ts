import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { namespaceRules } from "../people/identity.ts";
import type { Db } from "../platform/postgres.ts";

/** A line of the ledger: who was forgotten, by keyed hash alone. */
interface LedgerLine {
  readonly workspace: number;
  readonly namespace: string;
  readonly hash: string;
  readonly at: string;
}

const fileOf = (dataDir: string): string => join(dataDir, "erased.jsonl");

/**
 * Writes down whom to forget again when a backup from before comes back: in the database, and in a file beside it, as a
 * restored database knows nothing of what came after it. What many share (a browser, a device) is not hers to be named by.
 */
export async function noteErased(
  db: Db,
  dataDir: string,
  {
    workspace,
    nodes,
    request,
    at,
  }: { workspace: number; nodes: readonly number[]; request: number; at: Date },
): Promise<number> {
  const { rows } = await sql<{ namespace: string; hash: string }>`
    select namespace, encode(value_hash, 'hex') as hash from node where id = any(${[...nodes]}::bigint[])`.execute(
    db,
  );
  const certain = rows.filter(({ namespace }) => namespaceRules(namespace).strength === "certain");
  await sql`
    insert into erased (workspace_id, namespace, value_hash, erased_at, request_id)
    select ${workspace}, namespace, decode(hash, 'hex'), ${at}, ${request}
    from unnest(${certain.map(({ namespace }) => namespace)}::text[], ${certain.map(({ hash }) => hash)}::text[])
      as gone (namespace, hash)
    on conflict (workspace_id, namespace, value_hash) do update
      set erased_at = excluded.erased_at, request_id = excluded.request_id`.execute(db);
  const lines = certain.map((one) => `${JSON.stringify({ workspace, ...one, at: at.toISOString() })}\n`);
  if (lines.length > 0) await appendFile(fileOf(dataDir), lines.join(""), { mode: 0o600 });
  return certain.length;
}

/** Persons who are back though they were forgotten: a backup from before was restored. Run at start. */
export async function findReturned(
  db: Db,
  dataDir: string,
): Promise<{ workspace: number; person: number; erasedAt: Date }[]> {
  const text = await readFile(fileOf(dataDir), "utf8").catch(() => "");
  const lines = text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as LedgerLine];
    } catch {
      // Cut short by a kill; the database has it.
      return [];
    }
  });
  const { rows } = await sql<{ workspace: number; person: number; erasedAt: Date }>`
    with gone as (
      select workspace, namespace, decode(hash, 'hex') as value_hash, at from unnest(
        ${lines.map(({ workspace }) => workspace)}::int[], ${lines.map(({ namespace }) => namespace)}::text[],
        ${lines.map(({ hash }) => hash)}::text[], ${lines.map(({ at }) => at)}::timestamptz[]
      ) as line (workspace, namespace, hash, at)
      union select workspace_id, namespace, value_hash, erased_at from erased
    )
    select node.workspace_id as workspace, node.person, max(gone.at) as "erasedAt"
    from gone join node on node.workspace_id = gone.workspace and node.namespace = gone.namespace
      and node.value_hash = gone.value_hash and node.created_at < gone.at
    group by 1, 2`.execute(db);
  return rows;
}
