import type { NamespaceRules, SightingRule } from "./identity.ts";

/** A node as the map has it. */
export interface MappedNode {
  readonly id: number;
  readonly namespace: string;
  readonly source: number | null;
  readonly person: number;
}

export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly rule: SightingRule;
}

export interface JoinPlan {
  /** The verdict on each pair, in the order given. A conflict is kept as evidence for a person to decide. */
  readonly verdicts: readonly ("joined" | "conflict")[];
  /** Nodes whose person is now another one. */
  readonly moves: ReadonlyMap<number, number>;
}

interface Component {
  person: number;
  nodes: MappedNode[];
  certain: number;
  /** How many values of each namespace (and source, where they count apart). */
  values: Map<string, number>;
}

/**
 * Joins the pairs one after another. `nodes` holds every node of every person the pairs touch. The person keeps the
 * smallest node's id, so whichever way two persons meet, the older one stays and the younger one's nodes move.
 */
export function planJoins(
  nodes: Iterable<MappedNode>,
  pairs: readonly Pair[],
  rules: NamespaceRules,
  mostNodes: number,
): JoinPlan {
  const byId = new Map<number, MappedNode>();
  const components = new Map<number, Component>();
  const home = new Map<number, Component>();
  for (const node of nodes) {
    if (byId.has(node.id)) continue;
    byId.set(node.id, node);
    let component = components.get(node.person);
    if (component === undefined) {
      component = { person: node.person, nodes: [], certain: 0, values: new Map() };
      components.set(node.person, component);
    }
    add(component, node, rules);
    home.set(node.id, component);
  }
  const verdicts = pairs.map(({ a, b, rule }) => {
    const [first, second] = [required(home, a), required(home, b)];
    if (first === second) return "joined";
    const weak = [a, b].some((id) => rules(required(byId, id).namespace).strength === "weak");
    if (!mayJoin(first, second, rule, weak, rules, mostNodes)) return "conflict";
    const [older, younger] = first.person < second.person ? [first, second] : [second, first];
    for (const node of younger.nodes) {
      add(older, node, rules);
      home.set(node.id, older);
    }
    return "joined";
  });
  const moves = new Map<number, number>();
  for (const [id, component] of home) {
    if (required(byId, id).person !== component.person) moves.set(id, component.person);
  }
  return { verdicts, moves };
}

function mayJoin(
  first: Component,
  second: Component,
  rule: SightingRule,
  weak: boolean,
  rules: NamespaceRules,
  mostNodes: number,
): boolean {
  if (first.nodes.length + second.nodes.length > mostNodes) return false;
  if (rule === "alias") return true;
  if (weak && first.certain > 0 && second.certain > 0) return false;
  const [small, large] = first.nodes.length < second.nodes.length ? [first, second] : [second, first];
  return small.nodes.every((node) => {
    const key = valueKey(node, rules);
    const both = (small.values.get(key) ?? 0) + (large.values.get(key) ?? 0);
    // A person made one by an alias may already have more; what cannot get worse is no conflict.
    return !large.values.has(key) || both <= rules(node.namespace).mostPerPerson;
  });
}

function add(component: Component, node: MappedNode, rules: NamespaceRules): void {
  component.nodes.push(node);
  if (rules(node.namespace).strength === "certain") component.certain += 1;
  const key = valueKey(node, rules);
  component.values.set(key, (component.values.get(key) ?? 0) + 1);
}

function valueKey({ namespace, source }: MappedNode, rules: NamespaceRules): string {
  return rules(namespace).perSource ? `${namespace}\n${source}` : namespace;
}

function required<Value>(map: ReadonlyMap<number, Value>, id: number): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`node ${id} is not among those loaded`);
  return value;
}
