import type { Identifier, NamespaceRules, Sighting, SightingRule } from "./identity.ts";
import { Known } from "./known.ts";
import { normalise } from "./normalise.ts";

/** What need not be looked up again: nodes of identifiers as they came, and ties between nodes that were judged. */
export interface Memory {
  readonly nodes: Known;
  /** 1: judged. */
  readonly ties: Known;
}

export const newMemory = (size: number): Memory => ({ nodes: new Known(size), ties: new Known(size) });

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
  id: number | undefined;
}

/** Remembered for a value that can name nobody. */
const unusable = 0;
/** Longer values are refused anyway (see normalise.ts), padding included, and must not fill the memory. */
const longest = 1_000;

const nodeKey = (workspace: number, { namespace, value }: Identifier): string =>
  `${workspace}\n${namespace}\n${value}`;

/** An alias is a decision of its own, made even where the same two were left apart before. */
export const tieKey = (a: number, b: number, rule: SightingRule): string => {
  const pair = a < b ? `${a}:${b}` : `${b}:${a}`;
  return rule === "alias" ? `${pair}:alias` : pair;
};

export function see(sighting: Sighting, rules: NamespaceRules): Seen {
  const wanted: Wanted[] = [];
  const asCame = sighting.identifiers.map((raw) => {
    const normal = normalise(raw);
    if (!normal.ok) return null;
    const { identifier } = normal;
    const known = wanted.find((one) => isSame(one.identifier, identifier));
    if (known !== undefined) return known;
    const one: Wanted = { identifier, rank: rules(identifier.namespace).rank, id: undefined };
    wanted.push(one);
    return one;
  });
  return { sighting, asCame, wanted: wanted.sort((a, b) => a.rank - b.rank) };
}

/** The answer from memory alone, when every identifier and every tie between them was seen before; else null. */
export function recall(
  { nodes, ties }: Memory,
  workspace: number,
  { identifiers, rule }: Sighting,
  rules: NamespaceRules,
): number[] | null {
  const found: { id: number; rank: number }[] = [];
  for (const identifier of identifiers) {
    const id = identifier.value.length > longest ? unusable : nodes.get(nodeKey(workspace, identifier));
    if (id === undefined) return null;
    if (id !== unusable && !found.some((other) => other.id === id)) {
      found.push({ id, rank: rules(identifier.namespace.trim().toLowerCase()).rank });
    }
  }
  // Sorting takes lists of its own, even of two that are in order, as nearly all are.
  if (found.some(({ rank }, i) => i > 0 && rank < (found[i - 1]?.rank ?? 0)))
    found.sort((a, b) => a.rank - b.rank);
  const ids = found.map(({ id }) => id);
  return ids.every((id, i) => i === 0 || ties.get(tieKey(ids[0] as number, id, rule)) === 1) ? ids : null;
}

/** Takes down what a lookup found; answers the nodes, the strongest first. */
export function remember(
  { nodes, ties }: Memory,
  workspace: number,
  { sighting, wanted, asCame }: Seen,
): number[] {
  for (const [i, raw] of sighting.identifiers.entries())
    if (raw.value.length <= longest) nodes.set(nodeKey(workspace, raw), asCame[i]?.id ?? unusable);
  const ids = wanted.map(({ id }) => id as number);
  for (const id of ids.slice(1)) ties.set(tieKey(ids[0] as number, id, sighting.rule), 1);
  return ids;
}

const isSame = (a: Identifier, b: Identifier): boolean => a.namespace === b.namespace && a.value === b.value;
