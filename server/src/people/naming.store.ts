import type { Tx } from "../platform/postgres.ts";
import { type Identifier, kindOf } from "./identity.ts";
import type { MappedNode } from "./joins.ts";
import { findNodesAt, type NewEdge, type NewNode, takeNodeIds } from "./node.store.ts";
import { phoneEnds } from "./phone-ends.ts";
import type { Name, Seen, Wanted } from "./sighted.ts";
import type { Vault } from "./vault.store.ts";

/** Every identifier of a batch once. */
export class Naming {
  readonly names: Name[] = [];
  readonly #byNamespace = new Map<string, Map<string, Name>>();
  readonly #vault: Vault;
  readonly #workspace: number;

  constructor(vault: Vault, workspace: number) {
    this.#vault = vault;
    this.#workspace = workspace;
  }

  add({ sighting, wanted }: Seen): void {
    for (const one of wanted) {
      one.name = this.#nameOf(one.identifier, sighting.source);
      one.name.times += 1;
    }
  }

  #nameOf(identifier: Identifier, source: number): Name {
    const { namespace, value } = identifier;
    let byValue = this.#byNamespace.get(namespace);
    if (byValue === undefined) {
      byValue = new Map();
      this.#byNamespace.set(namespace, byValue);
    }
    const before = byValue.get(value);
    if (before !== undefined) return before;
    const hashHex = this.#vault.hashHex(this.#workspace, namespace, value);
    const ends = kindOf(namespace) === "phone" ? phoneEnds(value) : null;
    const maskHex = ends === null ? null : this.#vault.hashHex(this.#workspace, "phone-ends", ends);
    const name = { identifier, hashHex, maskHex, source, times: 0, id: none };
    byValue.set(value, name);
    this.names.push(name);
    return name;
  }
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
    // 0 stands for facts that no source sent, e.g. of the server's own.
    return {
      id: name.id,
      namespace,
      hashHex: name.hashHex,
      person,
      value,
      maskHex: name.maskHex,
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
