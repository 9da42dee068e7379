import type { NamespaceRules, SightingRule } from "./identity.ts";

/** A node as the map has it. */
export interface MappedNode {
  readonly id: number;
  readonly namespace: string;
  readonly source: number | null;
  readonly person: number;
}

/** How a tie came to be: seen, or made by somebody's decision. */
export type TieRule = SightingRule | "manual" | "review";

export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly rule: TieRule;
}

/** What holds joins back beside the rules. */
export interface Bars {
  /** Values that many persons show: they join nobody. */
  readonly shared: ReadonlySet<number>;
  /** Nodes that are never the same person, in both directions. */
  readonly apart: ReadonlyMap<number, readonly number[]>;
}

const noBars: Bars = { shared: new Set(), apart: new Map() };

export type Verdict = "live" | "conflict" | "shared";

export interface JoinPlan {
  /** The verdict on each pair, in the order given. What is held back is kept as evidence. */
  readonly verdicts: readonly Verdict[];
  /** Nodes whose person is now another one. */
  readonly moves: ReadonlyMap<number, number>;
}

interface Component {
  person: number;
  nodes: MappedNode[];
  certain: number;
}

interface Judging {
  readonly rules: NamespaceRules;
  readonly mostNodes: number;
  readonly bars: Bars;
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
  bars: Bars = noBars,
): JoinPlan {
  const byId = new Map<number, MappedNode>();
  const components = new Map<number, Component>();
  const home = new Map<number, Component>();
  for (const node of nodes) {
    if (byId.has(node.id)) continue;
    byId.set(node.id, node);
    let component = components.get(node.person);
    if (component === undefined) {
      component = { person: node.person, nodes: [], certain: 0 };
      components.set(node.person, component);
    }
    add(component, node, rules);
    home.set(node.id, component);
  }
  const judging = { rules, mostNodes, bars };
  const verdicts = pairs.map(({ a, b, rule }): Verdict => {
    if (bars.shared.has(a) || bars.shared.has(b)) return "shared";
    const [first, second] = [required(home, a), required(home, b)];
    if (first === second) return "live";
    const isWeak = [a, b].some((id) => rules(required(byId, id).namespace).strength === "weak");
    if (!mayJoin(first, second, { rule, isWeak }, home, judging)) return "conflict";
    const [older, younger] = first.person < second.person ? [first, second] : [second, first];
    for (const node of younger.nodes) {
      add(older, node, rules);
      home.set(node.id, older);
    }
    return "live";
  });
  const moves = new Map<number, number>();
  for (const [id, component] of home) {
    if (required(byId, id).person !== component.person) moves.set(id, component.person);
  }
  return { verdicts, moves };
}

const decided: ReadonlySet<TieRule> = new Set(["alias", "manual", "review"]);

function mayJoin(
  first: Component,
  second: Component,
  { rule, isWeak }: { rule: TieRule; isWeak: boolean },
  home: ReadonlyMap<number, Component>,
  { rules, mostNodes, bars }: Judging,
): boolean {
  const [small, large] = first.nodes.length < second.nodes.length ? [first, second] : [second, first];
  // What somebody said stands above what a source says.
  if (bars.apart.size > 0) {
    const parted = (node: MappedNode) => bars.apart.get(node.id)?.some((other) => home.get(other) === large);
    if (small.nodes.some(parted)) return false;
  }
  if (first.nodes.length + second.nodes.length > mostNodes) return false;
  const isTrace = isWeak && first.certain > 0 && second.certain > 0;
  // A browser that an app calls its user's may have been taken for another's by then, for the tablet they share.
  if (decided.has(rule)) return !(isTrace && rule === "alias");
  if (isTrace) return false;
  return small.nodes.every((node) => {
    const there = alike(large, node, rules);
    // A person made one by an alias may already have more; what cannot get worse is no conflict.
    return there === 0 || there + alike(small, node, rules) <= rules(node.namespace).mostPerPerson;
  });
}

/** How many values of a node's namespace (and source, where they count apart) a person has. Persons are small. */
function alike({ nodes }: Component, { namespace, source }: MappedNode, rules: NamespaceRules): number {
  const { perSource } = rules(namespace);
  let count = 0;
  for (const node of nodes)
    if (node.namespace === namespace && (!perSource || node.source === source)) count += 1;
  return count;
}

function add(component: Component, node: MappedNode, rules: NamespaceRules): void {
  component.nodes.push(node);
  if (rules(node.namespace).strength === "certain") component.certain += 1;
}

/** What is counted together: values of one namespace, and of one source where two sources may mean different persons. */
export function valueKey(
  { namespace, source }: { readonly namespace: string; readonly source: number | null },
  rules: NamespaceRules,
): string {
  return rules(namespace).perSource ? `${namespace}\n${source}` : namespace;
}

function required<Value>(map: ReadonlyMap<number, Value>, id: number): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`node ${id} is not among those loaded`);
  return value;
}
