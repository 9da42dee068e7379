import type { Tx } from "../platform/postgres.ts";
import { kindOf } from "./identity.ts";
import type { MappedNode } from "./joins.ts";
import { findNodesAt, type NewEdge, type NewNode, takeNodeIds } from "./node.store.ts";
import { phoneEnds } from "./phone-ends.ts";
import type { Name, Seen, Wanted } from "./sighted.ts";
import type { Vault } from "./vault.store.ts";

/** Every identifier of a batch once. */
export function namesIn(vault: Vault, workspace: number, seen: readonly Seen[]): Name[] {
  const names: Name[] = [];
  const byNamespace = new Map<string, Map<string, Name>>();
  for (const { sighting, wanted } of seen) {
    for (const one of wanted) {
      const { identifier } = one;
      const { namespace, value } = identifier;
      let byValue = byNamespace.get(namespace);
      if (byValue === undefined) {
        byValue = new Map();
        byNamespace.set(namespace, byValue);
      }
      let name = byValue.get(value);
      if (name === undefined) {
        const hashHex = vault.hashHex(workspace, namespace, value);
        name = { identifier, hashHex, source: sighting.source, times: 0, id: none };
        byValue.set(value, name);
        names.push(name);
      }
      name.times += 1;
      one.name = name;
    }
  }
  return names;
}

const none = 0;

/** The new nodes of a batch; none is inserted yet. */
export interface Named {
  readonly found: readonly { readonly id: number; readonly created: Date }[];
  /** Those that have to be judged. */
  readonly made: Map<number, NewNode & MappedNode>;
  /** Those that nobody showed before and that nothing else of the batch shows: most of a file of new buyers. */
  readonly apart: Apart;
  /** The sightings that are not of those. */
  readonly open: readonly Seen[];
}

export interface Apart {
  readonly nodes: readonly NewNode[];
  readonly edges: readonly NewEdge[];
}

/** Finds or numbers every identifier. */
export async function nameNodes(
  tx: Tx,
  vault: Vault,
  workspace: number,
  { seen, names }: { seen: readonly Seen[]; names: readonly Name[] },
): Promise<Named> {
  const found = await findNodesAt(tx, workspace, names);
  for (const { at, id } of found) (names[at] as Name).id = id;
  const open = seen.filter((one) => !isApart(one));
  const numbers = await takeNodeIds(tx, names.length - found.length);
  let next = 0;
  const node = (name: Name, person = name.id): NewNode & MappedNode => {
    const { namespace, value } = name.identifier;
    const ends = kindOf(namespace) === "phone" ? phoneEnds(value) : null;
    const maskHex = ends === null ? null : vault.hashHex(workspace, "phone-ends", ends);
    // 0 stands for facts that no source sent, e.g. of the server's own.
    return {
      id: name.id,
      namespace,
      hashHex: name.hashHex,
      person,
      value,
      maskHex,
      source: name.source || null,
    };
  };
  const made = new Map<number, NewNode & MappedNode>();
  for (const { wanted } of open) {
    for (const { name } of wanted as readonly (Wanted & { name: Name })[]) {
      if (name.id !== none) continue;
      name.id = numbers[next++] as number;
      made.set(name.id, node(name));
    }
  }
  const nodes: NewNode[] = [];
  const edges: NewEdge[] = [];
  for (const { sighting, wanted } of seen.length === open.length ? [] : seen) {
    const [first, other] = [wanted[0]?.name, wanted[1]?.name];
    if (!first || first.id !== none) continue;
    first.id = numbers[next++] as number;
    nodes.push(node(first));
    if (!other) continue;
    other.id = numbers[next++] as number;
    nodes.push(node(other, first.id));
    const { rule, source, message, at } = sighting;
    edges.push({ a: first.id, b: other.id, rule, source, message, at, state: "live" });
  }
  return { found, made, apart: { nodes, edges }, open };
}

/**
 * Whether nothing has to be judged: new, shown by nothing else of the batch, and at most two of different kinds. No rule
 * holds back two nodes that nobody knew: each is one of its kind, and one person shows it.
 */
function isApart({ sighting, wanted }: Seen): boolean {
  const [first, other] = wanted;
  if (sighting.rule === "unbind" || wanted.length > 2 || !isOwn(first)) return false;
  if (other === undefined) return true;
  return isOwn(other) && first?.identifier.namespace !== other.identifier.namespace;
}

const isOwn = (one: Wanted | undefined): boolean => one?.name?.id === none && one.name.times === 1;
