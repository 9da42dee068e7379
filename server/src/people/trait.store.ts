import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { NativeRows } from "../platform/native-block.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { packedBytes, packedHexes, packedIds, packedInts, packedTexts } from "./packed-array.ts";
import type { TraitsStatement } from "./statements.ts";
import { escaped, linesOf, seconds } from "./tab-text.ts";
import { type SealedTrait, saidTraits, sayAgain } from "./trait-again.store.ts";
import { nameOf, splitTraits } from "./traits.ts";
import type { Vault } from "./vault.store.ts";

interface PlainTrait {
  node: number;
  key: string;
  import: number;
  text: string;
  at: Date;
}

/** Traits that are split already (traits.ts), of each node and key the one word that stays. */
export interface SplitRows {
  /** Those that do not identify, as rows of `trait`. */
  readonly plain: NativeRows;
  readonly sealed: readonly SealedTrait[];
}

/** How many are sealed and written at once, so that a transaction stays short. */
const sealedAtOnce = 5_000;

/** Takes down what a slice of a file says of its persons' traits. */
export async function recordSplitTraits(
  { db, clickhouse, vault }: { db: Db; clickhouse: ClickHouse; vault: Vault },
  workspace: number,
  { plain, sealed }: SplitRows,
): Promise<void> {
  await vault.ready(workspace);
  const seal = async (): Promise<void> => {
    for (let from = 0; from < sealed.length; from += sealedAtOnce)
      await sealUnlessSaid(db, vault, workspace, sealed.slice(from, from + sealedAtOnce));
  };
  await Promise.all([seal(), plain.rows === 0 ? undefined : clickhouse.insertNative("trait", plain)]);
}

/** Traits that identify go to the vault, the others to ClickHouse; of several words on one trait the newest stays. */
export async function recordTraits(
  { db, clickhouse, vault }: { db: Db; clickhouse: ClickHouse; vault: Vault },
  workspace: number,
  statements: readonly TraitsStatement[],
): Promise<void> {
  const sealed: SealedTrait[] = [];
  const plain: PlainTrait[] = [];
  for (const [by, theirs] of Map.groupBy(statements, (one) => one.import ?? 0))
    for (const [node, said] of Map.groupBy(theirs, (one) => one.node)) {
      const [{ at, traits }] = said as [TraitsStatement];
      // Of a file's persons nearly all say something once: nothing has to be compared.
      if (said.length === 1) {
        const split = splitTraits(traits);
        for (const { key, json } of split.sealed)
          sealed.push({ node, key, import: by, json, at: at.getTime() });
        for (const { key, text } of split.plain) plain.push({ node, key, import: by, text, at });
        continue;
      }
      const { seal, show } = newestOf(said);
      for (const { key, json, at } of seal) sealed.push({ node, key, import: by, json, at: at.getTime() });
      for (const { key, text, at } of show) plain.push({ node, key, import: by, text, at });
    }
  const lines = linesOf(plain, (one) => plainLine(workspace, one));
  await Promise.all([
    sealTraits(db, vault, workspace, sealed),
    clickhouse.insertLines("trait", lines, plainColumns),
  ]);
}

/** What the statements about one node come to: of each trait the newest word, of equally new ones the last. */
function newestOf(said: readonly TraitsStatement[]) {
  const seal = new Map<string, { key: string; json: string; at: Date }>();
  const show = new Map<string, Omit<PlainTrait, "node" | "import">>();
  for (const { at, traits } of said) {
    const split = splitTraits(traits);
    for (const { key, json } of split.sealed) keepNewest(seal, { key, json, at });
    for (const { key, text } of split.plain) keepNewest(show, { key, text, at });
  }
  return { seal: [...seal.values()], show: [...show.values()] };
}

function keepNewest<One extends { key: string; at: Date }>(known: Map<string, One>, one: One): void {
  const before = known.get(one.key);
  if (before === undefined || before.at <= one.at) known.set(one.key, one);
}

const plainColumns = ["workspace", "node", "key", "value", "at", "import"];

const plainLine = (workspace: number, { node, key, text, at, import: by }: PlainTrait): string =>
  `${workspace}\t${node}\t${escaped(key)}\t${escaped(text)}\t${seconds(at.getTime())}\t${by}\n`;

/** In one order everywhere, so that two servers writing the same rows do not wait for each other in a circle. */
const inOrder = (a: SealedTrait, b: SealedTrait): number => a.node - b.node || (a.key < b.key ? -1 : 1);

/** The same for what a file says again and again: of that only when it was said is written. */
async function sealUnlessSaid(db: Db, vault: Vault, workspace: number, traits: SealedTrait[]): Promise<void> {
  const said = saidTraits(vault);
  const again: SealedTrait[] = [];
  const marks: number[] = [];
  const others: SealedTrait[] = [];
  for (const one of traits.sort(inOrder)) {
    const mark = said.markOf(one);
    if (mark === undefined) others.push(one);
    else {
      again.push(one);
      marks.push(mark);
    }
  }
  others.push(...(await sayAgain(db, again, marks)));
  const { rows, sealed } = await sealTraits(db, vault, workspace, others);
  for (let i = 0; i < rows.length; i += 1) said.add(rows[i] as SealedTrait, sealed[i] as Buffer);
}

async function sealTraits(
  db: Db,
  vault: Vault,
  workspace: number,
  traits: readonly SealedTrait[],
): Promise<{ rows: readonly SealedTrait[]; sealed: readonly Buffer[] }> {
  if (traits.length === 0) return { rows: [], sealed: [] };
  const rows = [...traits].sort(inOrder);
  const looks = rows.map(({ key, json }) => {
    const name = nameOf(key, json);
    return name === null ? null : vault.hashHex(workspace, "name", name);
  });
  const sealed = vault.sealMany(
    workspace,
    rows.map(({ json }) => json),
  );
  const write = sql`
    insert into vault_trait (workspace_id, node, key, import, sealed_value, look_hash, at)
    select ${workspace}, node, key, import, sealed, look, to_timestamp(ms / 1000.0) from unnest(
      ${packedIds(rows.map(({ node }) => node))}::bigint[], ${packedTexts(rows.map(({ key }) => key))}::text[],
      ${packedInts(rows.map((one) => one.import))}::int[], ${packedBytes(sealed)}::bytea[],
      ${packedHexes(looks)}::bytea[], ${packedIds(rows.map(({ at }) => at))}::bigint[]
    ) as said (node, key, import, sealed, look, ms)
    where exists (select from node where id = said.node)
    on conflict (node, key, import) do update
      set sealed_value = excluded.sealed_value, look_hash = excluded.look_hash, at = excluded.at
      where excluded.at >= vault_trait.at`;
  await db.transaction().execute(async (tx) => {
    // Deleting nodes waits for this, and this for a deletion: nothing is left of a node that is gone (0018_bulk.sql).
    await sql`select pg_advisory_xact_lock_shared(7190, 0), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(tx);
    await write.execute(tx);
  });
  return { rows, sealed };
}

export interface VaultTrait {
  readonly node: number;
  readonly person: number;
  readonly key: string;
  readonly value: unknown;
  readonly at: Date;
}

/** The traits in the vault of these persons, of each node the newest word, newest last. Opened: to be masked or revealed by whoever asked. */
export async function findVaultTraits(
  db: Db | Tx,
  vault: Vault,
  workspace: number,
  persons: readonly number[],
): Promise<VaultTrait[]> {
  if (persons.length === 0) return [];
  await vault.ready(workspace);
  const { rows } = await sql<{ node: number; person: number; key: string; sealed: Buffer; at: Date }>`
    select * from (
      select distinct on (trait.node, trait.key) trait.node, node.person, trait.key, trait.sealed_value as sealed, trait.at
      from node join vault_trait as trait on trait.node = node.id
      where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[])
      order by trait.node, trait.key, trait.at desc, trait.import desc) as newest
    order by at, node`.execute(db);
  return rows.map(({ sealed, ...trait }) => ({
    ...trait,
    value: JSON.parse(vault.open(workspace, sealed)) as unknown,
  }));
}
