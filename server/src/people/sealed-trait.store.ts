import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { packedBytes, packedHexes, packedIds, packedInts, packedTexts } from "./packed-array.ts";
import { nameOf } from "./traits.ts";
import type { Vault } from "./vault.store.ts";

/** A word on a trait that identifies, as it goes to the vault. */
export interface SealedTrait {
  readonly node: number;
  readonly key: string;
  readonly import: number;
  readonly json: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** In one order everywhere, so that two servers writing the same rows do not wait for each other in a circle. */
export const inOrder = (a: SealedTrait, b: SealedTrait): number =>
  a.node - b.node || (a.key < b.key ? -1 : 1);

/** Those that are ready to be written: in order, each with its sealed value and the hash it is found by. */
export interface Sealed {
  readonly rows: readonly SealedTrait[];
  readonly values: readonly Buffer[];
  readonly looks: readonly (string | null)[];
}

export function sealAll(vault: Vault, workspace: number, traits: readonly SealedTrait[]): Sealed {
  const rows = [...traits].sort(inOrder);
  const looks = rows.map(({ key, json }) => {
    const name = nameOf(key, json);
    return name === null ? null : vault.hashHex(workspace, "name", name);
  });
  const values = vault.sealMany(
    workspace,
    rows.map(({ json }) => json),
  );
  return { rows, values, looks };
}

/** First in a transaction that writes sealed traits. */
export async function beginSealing(tx: Tx): Promise<void> {
  // Deleting nodes waits for this, and this for a deletion: nothing is left of a node that is gone (0018_bulk.sql).
  await sql`select pg_advisory_xact_lock_shared(7190, 0), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(tx);
}

/** Writes them where nothing newer stands. Answers those that were not: an older word than what stands, or of a node that is gone. */
export async function writeSealed(
  tx: Tx,
  workspace: number,
  { rows, values, looks }: Sealed,
): Promise<readonly SealedTrait[]> {
  if (rows.length === 0) return [];
  const { rows: written } = await sql<{ count: number; nodes: string[] | null; keys: string[] | null }>`
    with written as (
      insert into vault_trait (workspace_id, node, key, import, sealed_value, look_hash, at)
      select ${workspace}, node, key, import, sealed, look, to_timestamp(ms / 1000.0) from unnest(
        ${packedIds(rows.map(({ node }) => node))}::bigint[], ${packedTexts(rows.map(({ key }) => key))}::text[],
        ${packedInts(rows.map((one) => one.import))}::int[], ${packedBytes(values)}::bytea[],
        ${packedHexes(looks)}::bytea[], ${packedIds(rows.map(({ at }) => at))}::bigint[]
      ) as said (node, key, import, sealed, look, ms)
      where exists (select from node where id = said.node)
      on conflict (node, key, import) do update
        set sealed_value = excluded.sealed_value, look_hash = excluded.look_hash, at = excluded.at
        where excluded.at >= vault_trait.at
      returning node, key)
    select count(*)::int as count, case when count(*) < ${rows.length}::int then array_agg(node::text) end as nodes,
      case when count(*) < ${rows.length}::int then array_agg(key) end as keys
    from written`.execute(tx);
  const { count = 0, nodes, keys } = written[0] ?? {};
  if (count === rows.length) return [];
  const were = new Set(nodes?.map((node, i) => `${node}\n${keys?.[i]}`));
  return rows.filter(({ node, key }) => !were.has(`${node}\n${key}`));
}
