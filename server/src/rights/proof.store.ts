import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { beginning, type ChainedEntry, linkHash } from "./chain.ts";

export interface ProofRow extends ChainedEntry {
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** Steps are said in codes and counts: an entry can never be taken back, so nothing in it may tell who somebody is. */
export type NewProof = Omit<ChainedEntry, "number">;

/** Adds an entry in the caller's transaction; entries of a workspace take turns until it ends. */
export async function addProof(tx: Tx, entry: NewProof): Promise<void> {
  await sql`select pg_advisory_xact_lock(7196, ${entry.workspace}::int)`.execute(tx);
  const { rows } = await sql<{ number: number; hash: Buffer }>`
    select number, hash from rights_proof where workspace_id = ${entry.workspace}
    order by number desc limit 1`.execute(tx);
  const previous = rows[0]?.hash ?? beginning;
  const number = (rows[0]?.number ?? 0) + 1;
  const { workspace, request, at, who, step, detail } = entry;
  const hash = linkHash(previous, { workspace, number, request, at, who, step, detail });
  await sql`
    insert into rights_proof (workspace_id, number, request_id, at, who, step, detail, previous, hash)
    values (${workspace}, ${number}, ${request}, ${at}, ${who}, ${step}, ${JSON.stringify(detail)}::jsonb,
      ${previous}, ${hash})`.execute(tx);
}

const columns = sql.raw(
  "workspace_id as workspace, number, request_id as request, at, who, step, detail, previous, hash",
);

export async function findProof(db: Db, workspace: number, request: number): Promise<ProofRow[]> {
  const { rows } = await sql<ProofRow>`
    select ${columns} from rights_proof where workspace_id = ${workspace} and request_id = ${request}
    order by number limit 500`.execute(db);
  return rows;
}

export async function listProof(
  db: Db,
  workspace: number,
  after: number,
  limit: number,
): Promise<ProofRow[]> {
  const { rows } = await sql<ProofRow>`
    select ${columns} from rights_proof where workspace_id = ${workspace} and number > ${after}
    order by number limit ${limit}`.execute(db);
  return rows;
}

/** Reads the log from its beginning, a slice at a time, and answers the first entry that does not follow. */
export async function verifyProof(
  db: Db,
  workspace: number,
): Promise<{ entries: number; ok: boolean; brokenAt: number | null; head: string }> {
  let previous = beginning;
  let entries = 0;
  for (;;) {
    const rows = await listProof(db, workspace, entries, 2_000);
    for (const row of rows) {
      const { hash, previous: said, ...entry } = row;
      const follows =
        row.number === entries + 1 && said.equals(previous) && linkHash(previous, entry).equals(hash);
      if (!follows) return { entries, ok: false, brokenAt: row.number, head: previous.toString("hex") };
      previous = hash;
      entries += 1;
    }
    if (rows.length < 2_000) return { entries, ok: true, brokenAt: null, head: previous.toString("hex") };
  }
}
