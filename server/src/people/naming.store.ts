import type { Tx } from "../platform/postgres.ts";
import { type Identifier, kindOf } from "./identity.ts";
import type { MappedNode } from "./joins.ts";
import { findNodesAt, type NewNode, takeNodeIds } from "./node.store.ts";
import { phoneEnds } from "./phone-ends.ts";
import type { Seen, Wanted } from "./sighted.ts";
import type { Vault } from "./vault.store.ts";

/** An identifier of a batch, once, with all who wait for its node. */
export interface Named {
  readonly identifier: Identifier;
  readonly namespace: string;
  readonly hashHex: string;
  readonly source: number;
  readonly holders: Wanted[];
}

export function namesIn(vault: Vault, workspace: number, seen: readonly Seen[]): Named[] {
  const byText = new Map<string, Named>();
  for (const { sighting, wanted } of seen) {
    for (const one of wanted) {
      const { namespace, value } = one.identifier;
      const text = `${namespace}\n${value}`;
      const entry = byText.get(text);
      if (entry !== undefined) {
        entry.holders.push(one);
        continue;
      }
      const hashHex = vault.hashHex(workspace, namespace, value);
      const { identifier } = one;
      byText.set(text, { identifier, namespace, hashHex, source: sighting.source, holders: [one] });
    }
  }
  return [...byText.values()];
}

/** Finds or numbers every identifier; the numbered ones are still to be inserted. */
export async function nameNodes(tx: Tx, vault: Vault, workspace: number, named: readonly Named[]) {
  const found = await findNodesAt(tx, workspace, named);
  const ids = new Array<number | undefined>(named.length);
  for (const { at, id } of found) ids[at] = id;
  const fresh = await takeNodeIds(tx, named.length - found.length);
  const made = new Map<number, NewNode & MappedNode>();
  let next = 0;
  for (const [i, { identifier, namespace, hashHex, source, holders }] of named.entries()) {
    const id = ids[i] ?? (fresh[next++] as number);
    for (const holder of holders) holder.id = id;
    if (ids[i] !== undefined) continue;
    const ends = kindOf(namespace) === "phone" ? phoneEnds(identifier.value) : null;
    made.set(id, {
      ...{ id, namespace, hashHex, person: id },
      value: identifier.value,
      maskHex: ends === null ? null : vault.hashHex(workspace, "phone-ends", ends),
      // 0 stands for facts that no source sent, e.g. of the server's own.
      source: source || null,
    });
  }
  return { found, made };
}
