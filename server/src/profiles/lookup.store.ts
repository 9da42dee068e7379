import type { FoundPerson } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import { dateImpossible, uniteChildren } from "../people/children.ts";
import type { Identifier } from "../people/identity.ts";
import { byteList, nameList, numberList } from "../people/lists.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { type ConsentWord, consentsOf } from "../privacy/legal.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { findSideChildren, shownChild } from "./side-children.store.ts";

export interface LookUps {
  /** The person who holds an identifier; null when nobody does. */
  find(workspace: number, identifier: Identifier, on: string): Promise<FoundPerson | null>;
}

interface Asked {
  readonly identifier: Identifier;
  readonly on: string;
  readonly answer: (person: FoundPerson | null) => void;
  readonly fail: (error: unknown) => void;
}

/** Those who ask while a look-up is under way share the next one, so that many a second cost a few questions. */
export function createLookUps({ db, vault }: { db: Db; vault: Vault }): LookUps {
  const waiting = new Map<number, Asked[]>();
  const busy = new Set<number>();

  async function serve(workspace: number): Promise<void> {
    busy.add(workspace);
    for (let some = waiting.get(workspace); some !== undefined; some = waiting.get(workspace)) {
      waiting.delete(workspace);
      try {
        const found = await findMany(db, vault, workspace, some);
        for (const [i, one] of some.entries()) one.answer(found[i] ?? null);
      } catch (error) {
        for (const one of some) one.fail(error);
      }
    }
    busy.delete(workspace);
  }

  return {
    find: (workspace, identifier, on) =>
      new Promise((answer, fail) => {
        const line = waiting.get(workspace);
        const asked = { identifier, on, answer, fail };
        if (line === undefined) waiting.set(workspace, [asked]);
        else line.push(asked);
        if (!busy.has(workspace)) void serve(workspace);
      }),
  };
}

interface HeldNode {
  at: number;
  person: number;
  id: number;
  namespace: string;
  sealed: Buffer;
  suppressed: boolean;
}

async function findMany(
  db: Db,
  vault: Vault,
  workspace: number,
  asked: readonly Asked[],
): Promise<(FoundPerson | null)[]> {
  await vault.ready(workspace);
  const hashes = asked.map(({ identifier: { namespace, value } }) =>
    vault.hashHex(workspace, namespace, value),
  );
  const { rows } = await sql<HeldNode>`
    select (wanted.place - 1)::int as at, own.*, exists (
      select from suppression where suppression.workspace_id = ${workspace} and suppression.namespace = own.namespace
        and suppression.value_hash = own.value_hash) as suppressed
    from unnest(
      ${nameList(asked.map(({ identifier }) => identifier.namespace))}::text[], ${byteList(hashes)}::bytea[]
    ) with ordinality as wanted (namespace, hash, place)
    cross join lateral (
      select person from node where workspace_id = ${workspace} and namespace = wanted.namespace
        and value_hash = wanted.hash limit 1) as holder
    cross join lateral (
      select id, person, namespace, sealed_value as sealed, value_hash from node where person = holder.person offset 0
    ) as own`.execute(db);
  const nodes = [...new Set(rows.map(({ id }) => id))];
  const [children, words] = await Promise.all([findSideChildren(db, nodes), findWords(db, nodes)]);
  const childrenOf = Map.groupBy(children, ({ node }) => node);
  const wordsOf = Map.groupBy(words, ({ node }) => node);
  const byPlace = Map.groupBy(rows, ({ at }) => at);
  return asked.map(({ on }, place) => {
    const own = byPlace.get(place);
    if (own === undefined) return null;
    const stated = own.flatMap(({ id }) => childrenOf.get(id) ?? []);
    return {
      id: String(own[0]?.person),
      identifiers: own.map(({ namespace, sealed }) => ({
        ...{ namespace, value: maskIdentifier(namespace, vault.open(workspace, sealed)) },
      })),
      children: uniteChildren(stated.filter(({ marks }) => !marks.includes(dateImpossible))).map((child) =>
        shownChild(child, on),
      ),
      consents: consentsOf(own.flatMap(({ id }) => wordsOf.get(id) ?? [])).map(({ purpose, state }) => ({
        ...{ purpose, state },
      })),
      suppressed: own.some(({ suppressed }) => suppressed),
    };
  });
}

async function findWords(db: Db, nodes: readonly number[]): Promise<ConsentWord[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<ConsentWord>`
    select node, purpose, state, said_by as by, at, channel, child, from_node as "from" from consent
    where node = any(${numberList(nodes)}::bigint[]) order by at, id`.execute(db);
  return rows;
}
