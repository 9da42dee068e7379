import type { NamespaceRules } from "./identity.ts";
import { type Pair, valueKey } from "./joins.ts";

/** What came together with a value: another identifier, told by a source, at a time. */
export interface Neighbour {
  readonly id: number;
  readonly namespace: string;
  readonly source: number | null;
  /** Milliseconds. */
  readonly at: number;
}

const dayMs = 86_400_000;

/**
 * The fewest persons who can hold a value that came with these identifiers, given how many of each kind one person may
 * have: three user ids of one source are three persons, accounts in five shops may be one. Only identifiers that are
 * certain speak, and only what was seen within the window around `at`.
 */
export function personsShowing(
  neighbours: readonly Neighbour[],
  rules: NamespaceRules,
  at: number,
  windowDays: number | null,
): number {
  const within = windowDays === null ? Number.POSITIVE_INFINITY : windowDays * dayMs;
  const values = new Map<string, Set<number>>();
  let most = 0;
  for (const neighbour of neighbours) {
    const { mostPerPerson, strength } = rules(neighbour.namespace);
    if (strength === "weak" || Math.abs(neighbour.at - at) > within) continue;
    const key = valueKey(neighbour, rules);
    const known = values.get(key) ?? new Set();
    values.set(key, known.add(neighbour.id));
    most = Math.max(most, Math.ceil(known.size / mostPerPerson));
  }
  return most;
}

/** A tie as it is told, with what either end is. */
export interface CountedTie extends Pair {
  readonly source: number;
  readonly message: string;
  readonly at: Date;
  readonly aNamespace: string;
  readonly bNamespace: string;
}

export interface KnownTies {
  /** What came together with a value so far. */
  readonly neighbours: Map<number, Neighbour[]>;
  /** Values that need not be counted: shared already, or said to be none. */
  readonly shared: Set<number>;
}

/** A value found to be shared, and by how many. */
export interface Share {
  readonly node: number;
  readonly namespace: string;
  readonly persons: number;
}

/**
 * The ties from a place on, up to the one that shows that a value is shared by too many: that tie is judged again with
 * the value as a shared one. Counts as it goes.
 */
export function tiesBefore(
  ties: readonly CountedTie[],
  from: number,
  known: KnownTies,
  rules: NamespaceRules,
): { ties: readonly CountedTie[]; share: Share | null } {
  for (let i = from; i < ties.length; i += 1) {
    const share = sharedBy(ties[i] as CountedTie, known, rules);
    if (share !== null) return { ties: ties.slice(from, i), share };
  }
  return { ties: from === 0 ? ties : ties.slice(from), share: null };
}

function sharedBy(tie: CountedTie, known: KnownTies, rules: NamespaceRules): Share | null {
  // What somebody decided shows nothing of who uses it.
  if (tie.rule === "alias") return null;
  const a = { id: tie.a, namespace: tie.aNamespace };
  const b = { id: tie.b, namespace: tie.bNamespace };
  return countedWith(a, b, tie, known, rules) ?? countedWith(b, a, tie, known, rules);
}

type End = { readonly id: number; readonly namespace: string };

/** Counts that a value came with another identifier; answers when it was one too many. */
function countedWith(
  { id, namespace }: End,
  other: End,
  tie: CountedTie,
  { neighbours, shared }: KnownTies,
  rules: NamespaceRules,
): Share | null {
  const { mostPersons, windowDays } = rules(namespace);
  if (mostPersons === null || shared.has(id)) return null;
  const at = tie.at.getTime();
  const one = { ...other, source: tie.source, at };
  const met = neighbours.get(id);
  if (met === undefined) neighbours.set(id, [one]);
  else if (!met.some((known) => known.id === other.id && known.at === at)) met.push(one);
  if (met === undefined || met.length <= mostPersons) return null;
  const persons = personsShowing(met, rules, at, windowDays);
  return persons > mostPersons ? { node: id, namespace, persons } : null;
}
