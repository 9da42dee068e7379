import { sql } from "kysely";
import { type MirroredChild, mirroredColumns } from "../people/child.store.ts";
import { printsOf } from "../people/hush.store.ts";
import { numberList } from "../people/lists.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Tx } from "../platform/postgres.ts";
import { type Cared, type CaredChild, findCared, findRows } from "./cared.store.ts";
import { findStandings } from "./consent.store.ts";
import { silencesOf } from "./silence.store.ts";
import { type Hushed, isWithheld, type Known } from "./withheld.ts";

/**
 * Works out anew which children's dates are kept back, from all that stands today: a guardian's no, signs that silence,
 * a loss that was told of under another identifier. After persons became one the stricter holds; when they part, what
 * stood before. Run inside whatever changes children, carers, persons or words; answers the rows as the mirror wants
 * them.
 */
export async function settleWithheld(
  tx: Tx,
  vault: Vault,
  workspace: number,
  persons: readonly number[],
  at: Date,
): Promise<MirroredChild[]> {
  const cared = await findCared(tx, workspace, persons);
  if (cared.children.length === 0) return [];
  const known = await findKnown(tx, vault, workspace, cared);
  const wrong = cared.children.filter(
    (child) => child.withheld !== (known !== null && isWithheld(known, child)),
  );
  if (wrong.length === 0) return [];
  const { rows } = await sql<MirroredChild>`
    update child set withheld_at = case when withheld_at is null then ${at}::timestamptz end, version = version + 1
    where id = any(${numberList(wrong.map(({ id }) => id))}::bigint[]) and removed_at is null
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

/** null: nobody has ever said anything that keeps a date back. */
async function findKnown(tx: Tx, vault: Vault, workspace: number, cared: Cared): Promise<Known | null> {
  const everybody = cared.everybody;
  const [standings, silences, hushed] = [
    (await anyWord(tx, workspace, everybody)) ? await findStandings(tx, workspace, everybody) : new Map(),
    await silencesOf(tx, workspace, everybody),
    await findPrints(tx, workspace, everybody),
  ];
  if (standings.size + silences.size + hushed.length === 0) return null;
  if (hushed.length > 0) await vault.ready(workspace);
  const consents = new Map(
    [...standings].map(([person, { consents: all }]) => [person, all.filter(isOnChildren)] as const),
  );
  const standing = [...new Map([...silences.values()].flat().map((one) => [one.id, one])).values()];
  const { rows: parts } = await sql<{ silence: number; child: number | null; node: number | null }>`
    select silence_id as silence, child, null::bigint as node from silence_child
      where silence_id = any(${numberList(standing.map(({ id }) => id))}::bigint[])
    union all select silence_id, null, node from silence_node
      where silence_id = any(${numberList(standing.map(({ id }) => id))}::bigint[])`.execute(tx);
  const named = [
    ...parts.flatMap(({ child }) => child ?? []),
    ...[...consents.values()].flat().flatMap(({ child }) => (child === undefined ? [] : Number(child))),
  ];
  const rows = await findRows(tx, workspace, named);
  return {
    carersOf: cared.carersOf,
    consents,
    silences,
    silencedChildren: Map.groupBy(parts, ({ silence }) => silence),
    rows: new Map(rows.map((row) => [row.id, row])),
    hushed,
    printsOf: (child: CaredChild) => printsOf(vault, workspace, child),
  };
}

const isOnChildren = ({ purpose }: { purpose: string }): boolean => purpose === "child";

/** Most families have never said a word on this: then their words need not be read. */
async function anyWord(tx: Tx, workspace: number, persons: readonly number[]): Promise<boolean> {
  const { rows } = await sql`
    select from node join consent on consent.node = node.id and consent.purpose = 'child'
    where node.workspace_id = ${workspace} and node.person = any(${numberList(persons)}::bigint[]) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

async function findPrints(tx: Tx, workspace: number, persons: readonly number[]): Promise<Hushed[]> {
  const { rows } = await sql<Hushed>`
    select node.person, node.id as node, encode(hushed.print, 'hex') as print, hushed.until
    from node join child_hushed as hushed on hushed.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${numberList(persons)}::bigint[])`.execute(
    tx,
  );
  return rows;
}
