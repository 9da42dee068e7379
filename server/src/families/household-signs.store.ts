import { sql } from "kysely";
import { findHouseholds } from "../people/household.store.ts";
import { byteList, numberList } from "../people/lists.ts";
import { suggest } from "../people/review.store.ts";
import { foldedName } from "../people/traits.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import {
  comparableAddress,
  comparableNumber,
  householdPairs,
  mostAtOneSign,
  type SharedSign,
  type SignKind,
} from "./household-signs.ts";

const slice = 2_000;

interface Sealed {
  node: number;
  key: string;
  sealed: Buffer;
  at: Date;
  bornOn: string | null;
}

const kinds = ["address", "child", "number"] as const satisfies readonly SignKind[];

/** Reads the addresses, numbers and children's names said since the last time, hashes them, and forgets them. */
async function readSigns(db: Db, vault: Vault, workspace: number): Promise<void> {
  await vault.ready(workspace);
  for (const kind of kinds) {
    for (;;) {
      const rows = await unread(db, workspace, kind);
      if (rows.length === 0) break;
      const signs = rows.map(({ sealed, bornOn }) => {
        const text = textOf(kind, vault.open(workspace, sealed), bornOn);
        return text === null ? null : vault.hashHex(workspace, `household-${kind}`, text);
      });
      await sql`
        insert into household_sign (workspace_id, kind, node, key, sign, at)
        select ${workspace}, ${kind}, node, key, sign, at
        from unnest(${numberList(rows.map(({ node }) => node))}::bigint[], ${rows.map(({ key }) => key)}::text[],
          ${byteList(signs)}::bytea[], ${rows.map(({ at }) => at)}::timestamptz[]) as read (node, key, sign, at)
        on conflict (node, kind, key) do update set sign = excluded.sign, at = excluded.at`.execute(db);
      if (rows.length < slice) break;
    }
  }
}

function textOf(kind: SignKind, opened: string, bornOn: string | null): string | null {
  if (kind === "address") return comparableAddress(JSON.parse(opened) as unknown);
  if (kind === "number") return comparableNumber(JSON.parse(opened) as unknown);
  const name = foldedName(opened);
  return name.length < 2 || name.includes("*") || bornOn === null ? null : `${name} ${bornOn}`;
}

/** Which traits are read as what: keys as their senders write them (people/personal.ts). */
const keyed = {
  address: sql`trait.key ~* '(address|地址)' and trait.key !~* '(mail|ip)'`,
  number: sql`trait.key ~* '^(household|(household|family)[ _.-]?(id|no|number)|家庭编号|家庭号|家庭ID|户号)$'`,
};

async function unread(db: Db, workspace: number, kind: SignKind): Promise<Sealed[]> {
  const { rows } =
    kind !== "child"
      ? await sql<Sealed>`
        select trait.node, trait.key, trait.sealed_value as sealed, trait.at, null as "bornOn" from vault_trait as trait
        where trait.workspace_id = ${workspace} and ${keyed[kind]}
          and not exists (select from household_sign as read where read.node = trait.node and read.kind = ${kind}
            and read.key = trait.key and read.at >= trait.at)
        limit ${slice}`.execute(db)
      : await sql<Sealed>`
        select child.node, child.id::text as key, child.sealed_name as sealed, child.stated_at as at,
          child.born_on as "bornOn"
        from child where child.workspace_id = ${workspace} and child.sealed_name is not null
          and child.removed_at is null
          and not exists (select from household_sign as read where read.node = child.node and read.kind = 'child'
            and read.key = child.id::text and read.at >= child.stated_at)
        limit ${slice}`.execute(db);
  return rows;
}

/** A question nobody has answered goes with what it was asked for: nothing the two say is the same any more. */
async function withdraw(db: Db, workspace: number): Promise<void> {
  await sql`
    delete from review_item as item using node as a, node as b
    where item.workspace_id = ${workspace} and item.kind = 'household' and item.state in ('open', 'later')
      and a.id = item.a and b.id = item.b and not exists (
        select from node as own join household_sign as sign on sign.node = own.id
          join household_sign as same on same.workspace_id = sign.workspace_id and same.kind = sign.kind
            and same.sign = sign.sign
          join node as other on other.id = same.node
        where own.person = a.person and other.person = b.person)`.execute(db);
}

const atOnce = 1_000;

/** Asks staff about persons who share a sign and are no family yet; answers how many pairs. Nobody is joined. */
export async function suggestHouseholds(db: Db, vault: Vault, workspace: number, at: Date): Promise<number> {
  await readSigns(db, vault, workspace);
  await withdraw(db, workspace);
  const { rows } = await sql<SharedSign>`
    select sign.kind, array_agg(distinct node.person) as persons
    from household_sign as sign join node on node.id = sign.node
    where sign.workspace_id = ${workspace} and sign.sign is not null
    group by sign.kind, sign.sign
    having count(distinct node.person) between 2 and ${mostAtOneSign}`.execute(db);
  const pairs = householdPairs(rows.map(({ kind, persons }) => ({ kind, persons: persons.map(Number) })));
  let asked = 0;
  for (let from = 0; from < pairs.length; from += atOnce) {
    const some = pairs.slice(from, from + atOnce);
    const homes = await findHouseholds(db, workspace, [...new Set(some.flatMap(({ a, b }) => [a, b]))]);
    const apart = some.filter(({ a, b }) => homes.get(a)?.family !== homes.get(b)?.family);
    await suggest(
      db,
      workspace,
      apart.map((pair) => ({ ...pair, kind: "household" as const })),
      at,
    );
    asked += apart.length;
  }
  return asked;
}
