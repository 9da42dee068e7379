import type { NamespaceRules } from "./identity.ts";
import { type MappedNode, valueKey } from "./joins.ts";

/** Which rule keeps two persons from becoming one; null: none does any more. */
export type HeldBack =
  | { readonly why: "never-same" }
  | { readonly why: "too-many-nodes"; readonly most: number }
  | { readonly why: "trace"; readonly namespace: string }
  | { readonly why: "too-many"; readonly namespace: string; readonly have: number; readonly most: number }
  | null;

export interface Held {
  /** Everything of either person, as it is today. */
  readonly one: readonly MappedNode[];
  readonly other: readonly MappedNode[];
  /** Kinds of the two identifiers that came together. */
  readonly met: readonly string[];
  readonly apart: boolean;
}

/** The same questions that judging asks (see joins.ts), answered with what stood in the way. */
export function heldBack(
  { one, other, met, apart }: Held,
  rules: NamespaceRules,
  mostNodes: number,
): HeldBack {
  if (apart) return { why: "never-same" };
  if (one.length + other.length > mostNodes) return { why: "too-many-nodes", most: mostNodes };
  const isKnown = (nodes: readonly MappedNode[]) =>
    nodes.some(({ namespace }) => rules(namespace).strength === "certain");
  const trace = met.find((namespace) => rules(namespace).strength === "weak");
  if (trace !== undefined && isKnown(one) && isKnown(other)) return { why: "trace", namespace: trace };
  const theirs = Map.groupBy(other, (node) => valueKey(node, rules));
  for (const [key, mine] of Map.groupBy(one, (node) => valueKey(node, rules))) {
    const [first] = mine;
    const more = theirs.get(key)?.length ?? 0;
    if (first === undefined || more === 0) continue;
    const { namespace } = first;
    const most = rules(namespace).mostPerPerson;
    if (mine.length + more > most) return { why: "too-many", namespace, have: mine.length + more, most };
  }
  return null;
}
