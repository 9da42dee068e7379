import type { Identifier, NamespaceRules, Sighting } from "./identity.ts";
import { type Memory, unusable } from "./memory.ts";
import { normalise } from "./normalise.ts";

/** A sighting on its way: its usable identifiers, the strongest first, each with its node once that is known. */
export interface Seen {
  readonly sighting: Sighting;
  readonly wanted: readonly Wanted[];
  /** Of each identifier as it came; null: it can name nobody. */
  readonly asCame: readonly (Wanted | null)[];
}

export interface Wanted {
  readonly identifier: Identifier;
  readonly rank: number;
  /** Who it names; set once the batch is gathered. */
  name: Name | null;
}

/** An identifier of a batch, once. */
export interface Name {
  readonly identifier: Identifier;
  readonly hashHex: string;
  /** Of the value's masked form, where it has one. */
  readonly maskHex: string | null;
  readonly source: number;
  /** How many of the batch's sightings show it. */
  times: number;
  /** Its node, once that is found or made. */
  id: number;
}

export function see(sighting: Sighting, rules: NamespaceRules): Seen {
  let wanted: Wanted[] = [];
  const asCame = sighting.identifiers.map((raw) => {
    const normal = normalise(raw);
    if (!normal.ok) return null;
    const { identifier } = normal;
    const known = wanted.find((one) => isSame(one.identifier, identifier));
    if (known !== undefined) return known;
    const one: Wanted = { identifier, rank: rules(identifier.namespace).rank, name: null };
    wanted = withOne(wanted, one);
    return one;
  });
  // Nearly always they come in order.
  const isSorted = wanted.every((one, i) => i === 0 || (wanted[i - 1] as Wanted).rank <= one.rank);
  return { sighting, asCame, wanted: isSorted ? wanted : wanted.sort((a, b) => a.rank - b.rank) };
}

/** Nearly always there are two at most; an array that one is pushed to takes room for sixteen more. */
function withOne<One>(list: readonly One[], one: One): One[] {
  const [first] = list;
  if (first === undefined) return [one];
  return list.length === 1 ? [first, one] : [...list, one];
}

// What was found last, the strongest first: filled anew by each `recall`, since lists made for each event would outlive
// the young generation with the ten thousand that are under way.
const ids: number[] = [];
const ranks: number[] = [];

/**
 * How many nodes memory alone knows a sighting by, when every identifier and every tie between them was seen before; else
 * -1. Until the next call they are `recalled`.
 */
export function recall(
  memory: Memory,
  workspace: number,
  { identifiers, rule }: Pick<Sighting, "identifiers" | "rule">,
  rules: NamespaceRules,
): number {
  let count = 0;
  for (const identifier of identifiers) {
    const id = memory.node(workspace, identifier);
    if (id === undefined) return -1;
    if (id === unusable || isAmong(id, count)) continue;
    const { rank } = rules(identifier.namespace.trim().toLowerCase());
    // Nearly always they come in order, or are two.
    let at = count;
    for (; at > 0 && (ranks[at - 1] as number) > rank; at -= 1) {
      ids[at] = ids[at - 1] as number;
      ranks[at] = ranks[at - 1] as number;
    }
    ids[at] = id;
    ranks[at] = rank;
    count += 1;
  }
  const first = ids[0] as number;
  for (let i = 1; i < count; i += 1) if (!memory.hasTie(first, ids[i] as number, rule)) return -1;
  return count;
}

export const recalled = (count: number): number[] => ids.slice(0, count);
/** The one under which facts are kept; 0: there is none. */
export const firstRecalled = (count: number): number => (count === 0 ? 0 : (ids[0] as number));

function isAmong(id: number, count: number): boolean {
  for (let i = 0; i < count; i += 1) if (ids[i] === id) return true;
  return false;
}

/** Takes down what a lookup found. */
export function remember(memory: Memory, workspace: number, { sighting, wanted, asCame }: Seen): void {
  const { identifiers } = sighting;
  for (let i = 0; i < identifiers.length; i += 1)
    memory.setNode(workspace, identifiers[i] as Identifier, asCame[i]?.name?.id ?? unusable);
  const first = wanted[0]?.name?.id as number;
  for (let i = 1; i < wanted.length; i += 1)
    memory.setTie(first, wanted[i]?.name?.id as number, sighting.rule);
}

/** The nodes of a sighting that was looked up, the strongest first. */
export const nodesOf = ({ wanted }: Seen): number[] => wanted.map(({ name }) => name?.id as number);

const isSame = (a: Identifier, b: Identifier): boolean => a.namespace === b.namespace && a.value === b.value;
