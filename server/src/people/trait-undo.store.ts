import { sql } from "kysely";
import { type ClickHouse, ch, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";

export interface TraitUndoDeps {
  db: Db;
  clickhouse: ClickHouse;
  cluster: string | null;
}

const atOnce = 10_000;

/**
 * Takes back what an import said of persons' traits: former words count again, by whomever, and so do later ones. Tells,
 * slice by slice, the nodes that had been spoken of. Done again, it changes nothing.
 */
export async function takeBackTraits(
  { db, clickhouse, cluster }: TraitUndoDeps,
  workspace: number,
  importId: number,
  told: (nodes: readonly number[]) => Promise<void>,
): Promise<void> {
  if (importId === 0) throw new Error("what no import said is not taken back");
  // In the order of the key: from the beginning each time, all that was deleted before would be walked over again.
  let from = 0;
  for (;;) {
    const { rows } = await sql<{ node: number }>`
      delete from vault_trait where ctid = any(array(
        select ctid from vault_trait
        where node >= ${from} and workspace_id = ${workspace} and import = ${importId} order by node limit ${atOnce}))
      returning node`.execute(db);
    if (rows.length === 0) break;
    const nodes = [...new Set(rows.map(({ node }) => Number(node)))];
    from = nodes.reduce((most, node) => Math.max(most, node), from);
    await told(nodes);
  }
  const theirs = ch`workspace = ${u32(workspace)} and import = ${u32(importId)}`;
  const spoken = clickhouse.stream<{ node: number }>(ch`select distinct node from trait where ${theirs}`);
  const nodes: number[][] = [];
  for await (const chunk of spoken) nodes.push(chunk.map(({ node }) => Number(node)));
  if (nodes.length === 0) return;
  // A Distributed front takes no delete.
  const table = cluster === null ? "trait" : `trait_local on cluster \`${cluster.replace(/[`\\]/g, "")}\``;
  await clickhouse.command({ text: `delete from ${table} where ${theirs.text}`, params: theirs.params });
  for (const some of nodes) await told(some);
}
