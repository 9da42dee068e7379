import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { NativeRows } from "../platform/native-block.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { sayBeside, sayOfImport } from "./said-again.store.ts";
import { beginSealing, type SealedTrait, sealAll, writeSealed } from "./sealed-trait.store.ts";
import type { TraitsStatement } from "./statements.ts";
import { escaped, linesOf, seconds } from "./tab-text.ts";
import { splitTraits } from "./traits.ts";
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

/** Takes down what a slice of one import's file says of its persons' traits. */
export async function recordSplitTraits(
  { db, clickhouse, vault }: { db: Db; clickhouse: ClickHouse; vault: Vault },
  workspace: number,
  { plain, sealed }: SplitRows,
): Promise<void> {
  await vault.ready(workspace);
  await Promise.all([
    sealSlice(db, vault, workspace, sealed),
    plain.rows === 0 ? undefined : clickhouse.insertNative("trait", plain),
  ]);
}

async function sealSlice(
  db: Db,
  vault: Vault,
  workspace: number,
  sealed: readonly SealedTrait[],
): Promise<void> {
  const importId = sealed[0]?.import ?? 0;
  if (importId === 0) await sealTraits(db, vault, workspace, sealed);
  else await sayOfImport(db, vault, workspace, importId, sealed);
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

async function sealTraits(
  db: Db,
  vault: Vault,
  workspace: number,
  traits: readonly SealedTrait[],
): Promise<void> {
  for (const [importId, theirs] of Map.groupBy(traits, (one) => one.import)) {
    if (importId !== 0) {
      await sayBeside(db, vault, workspace, importId, theirs);
      continue;
    }
    const sealed = sealAll(vault, workspace, theirs);
    await db.transaction().execute(async (tx) => {
      await beginSealing(tx);
      await writeSealed(tx, workspace, sealed);
    });
  }
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
