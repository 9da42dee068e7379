import { sql } from "kysely";
import { type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findPersonsOf } from "./node.store.ts";
import { changed, valueOfText } from "./profile-change.ts";
import type { ProfileStatement } from "./statements.ts";
import { timestamp } from "./timestamp.ts";
import { findVaultTraits, recordTraits } from "./trait.store.ts";
import type { Vault } from "./vault.store.ts";

interface Parts {
  db: Db;
  clickhouse: ClickHouse;
  vault: Vault;
}

/** What a trait is now. `value` undefined: it was taken away. */
interface Present {
  node: number;
  key: string;
  value: unknown;
  at: Date;
}

/**
 * Changes traits by what they are: counts, lists, first words, and their removal. One after another within a workspace,
 * over all servers, so that of two increments at once neither is lost; a message taken before changes nothing more. The
 * result is then stated like any other trait; who dies between the two is sent the message again, and it is stated then.
 */
export async function changeTraits(
  parts: Parts,
  workspace: number,
  statements: readonly ProfileStatement[],
): Promise<void> {
  const { db } = parts;
  const results = await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7183, ${workspace}::int)`.execute(tx);
    const fresh = await takeMessages(tx, workspace, [...new Set(statements.map(({ message }) => message))]);
    const nodes = await findPersonsOf(tx, workspace, [...new Set(statements.map(({ node }) => node))]);
    const personOf = new Map(nodes.map(({ id, person }) => [id, person]));
    const present = await findPresent(parts, tx, workspace, personOf, statements);
    const states = new Map<string, Present>();
    for (const statement of statements) {
      const person = personOf.get(statement.node);
      if (person === undefined) continue;
      const own = present.get(person) ?? new Map<string, Present & { stored: boolean }>();
      present.set(person, own);
      for (const key of keysOf(statement, own)) {
        const before = own.get(key);
        const after = fresh.has(statement.message) ? next(statement, key, before) : undefined;
        if (after !== undefined) own.set(key, { ...after, stored: true });
        // Of a message taken before, what it led to is stated again: the first time may not have come so far.
        const due = after ?? (before?.stored ? before : undefined);
        if (due !== undefined) states.set(`${person}\n${key}`, due);
      }
    }
    await upsertStates(tx, parts.vault, workspace, [...states.values()]);
    return { states: [...states.values()], nodes };
  });
  await state(parts, workspace, results);
}

function keysOf({ change, values }: ProfileStatement, own: ReadonlyMap<string, Present>): string[] {
  if (change === "delete")
    return [...own.values()].filter((one) => one.value !== undefined).map(({ key }) => key);
  return Object.keys(values).filter((key) => key !== "" && key.length <= 100);
}

function next(
  { node, at, change, values }: ProfileStatement,
  key: string,
  before: Present | undefined,
): Present | undefined {
  const later = before !== undefined && before.at >= at ? new Date(before.at.getTime() + 1) : at;
  if (change === "unset" || change === "delete")
    return before === undefined ? undefined : { node, key, value: undefined, at: later };
  const value = changed(change, before?.value, values[key]);
  return value === undefined || value === null ? undefined : { node, key, value, at: later };
}

/** Those of the messages that were never taken. What was taken long ago is not sent again, and forgotten bit by bit. */
async function takeMessages(tx: Tx, workspace: number, messages: readonly string[]): Promise<Set<string>> {
  await sql`delete from trait_change where (workspace_id, message) in (
    select workspace_id, message from trait_change where at < now() - interval '60 days' limit 200)`.execute(
    tx,
  );
  const { rows } = await sql<{ message: string }>`
    insert into trait_change (workspace_id, message)
    select ${workspace}, message from unnest(${messages}::text[]) as taken (message)
    on conflict do nothing returning message`.execute(tx);
  return new Set(rows.map(({ message }) => message));
}

/** The newest word on each trait that is asked for, by person: kept state, the vault, the facts' engine. */
async function findPresent(
  { clickhouse, vault }: Parts,
  tx: Tx,
  workspace: number,
  personOf: ReadonlyMap<number, number>,
  statements: readonly ProfileStatement[],
): Promise<Map<number, Map<string, Present & { stored: boolean }>>> {
  const found = new Map<number, Map<string, Present & { stored: boolean }>>();
  const nodes = [...personOf.keys()];
  if (nodes.length === 0) return found;
  const all = statements.some(({ change }) => change === "delete");
  const asked = new Set(statements.flatMap(({ values }) => Object.keys(values)));
  const keys = [...asked];
  const add = (one: Present, stored: boolean): void => {
    const person = personOf.get(one.node);
    if (person === undefined || !(all || asked.has(one.key))) return;
    const own = found.get(person) ?? new Map<string, Present & { stored: boolean }>();
    found.set(person, own);
    const known = own.get(one.key);
    if (known === undefined || known.at < one.at || (known.at <= one.at && stored))
      own.set(one.key, { ...one, stored });
  };
  const narrowed = all ? ch`1` : ch`key in ${list("String", keys)}`;
  const plain = await clickhouse.query<{ node: number; key: string; value: string; atMs: number }>(ch`
    select node, toString(key) as key, argMax(value, at) as value, toUnixTimestamp64Milli(max(trait.at)) as atMs
    from trait where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)} and ${narrowed}
    group by node, key`);
  for (const { node, key, value, atMs } of plain)
    add(
      {
        node: Number(node),
        key,
        value: value === "" ? undefined : valueOfText(value),
        at: new Date(Number(atMs)),
      },
      false,
    );
  for (const { node, key, value, at } of await findVaultTraits(tx, vault, workspace, [
    ...new Set(personOf.values()),
  ]))
    add({ node, key, value, at }, false);
  const { rows } = await sql<{ node: number; key: string; sealed: Buffer | null; at: Date }>`
    select node, key, sealed_value as sealed, at from trait_state
    where node = any(${nodes}::bigint[]) and (${all} or key = any(${keys}::text[]))`.execute(tx);
  for (const { node, key, sealed, at } of rows)
    add(
      { node, key, value: sealed === null ? undefined : JSON.parse(vault.open(workspace, sealed)), at },
      true,
    );
  return found;
}

async function upsertStates(
  tx: Tx,
  vault: Vault,
  workspace: number,
  states: readonly Present[],
): Promise<void> {
  if (states.length === 0) return;
  const sealed = states.map(({ value }) =>
    value === undefined ? null : vault.seal(workspace, JSON.stringify(value)),
  );
  await sql`
    insert into trait_state (workspace_id, node, key, sealed_value, at)
    select ${workspace}, node, key, sealed, at from unnest(
      ${states.map(({ node }) => node)}::bigint[], ${states.map(({ key }) => key)}::text[],
      ${sealed}::bytea[], ${states.map(({ at }) => at)}::timestamptz[]) as said (node, key, sealed, at)
    on conflict (node, key) do update set sealed_value = excluded.sealed_value, at = excluded.at`.execute(tx);
}

async function state(
  parts: Parts,
  workspace: number,
  { states, nodes }: { states: readonly Present[]; nodes: readonly { id: number; person: number }[] },
): Promise<void> {
  const kept = states.filter(({ value }) => value !== undefined);
  const gone = states.filter(({ value }) => value === undefined);
  if (kept.length > 0)
    await recordTraits(
      parts,
      workspace,
      kept.map(({ node, key, value, at }) => ({ kind: "traits", node, at, traits: { [key]: value } })),
    );
  if (gone.length > 0) await forget(parts, workspace, gone, nodes);
}

/** An empty value hides every older word on the trait; what is in the vault is dropped. */
async function forget(
  { db, clickhouse }: Parts,
  workspace: number,
  gone: readonly Present[],
  nodes: readonly { id: number; person: number }[],
): Promise<void> {
  const lines = gone.map(({ node, key, at }) =>
    JSON.stringify({ workspace, node, key, value: "", at: timestamp(at) }),
  );
  await clickhouse.insertLines("trait", Buffer.from(`${lines.join("\n")}\n`));
  const personOf = new Map(nodes.map(({ id, person }) => [id, person]));
  const pairs = gone.flatMap(({ node, key, at }) =>
    nodes.filter(({ person }) => person === personOf.get(node)).map(({ id }) => ({ id, key, at })),
  );
  await sql`
    delete from vault_trait using unnest(
      ${pairs.map(({ id }) => id)}::bigint[], ${pairs.map(({ key }) => key)}::text[],
      ${pairs.map(({ at }) => at)}::timestamptz[]) as gone (node, key, at)
    where vault_trait.node = gone.node and vault_trait.key = gone.key and vault_trait.at <= gone.at`.execute(
    db,
  );
}
