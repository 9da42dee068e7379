import { setImmediate } from "node:timers/promises";
import type { Tx } from "../platform/postgres.ts";
import { findBars, findNeighbours, findUnshared } from "./bars.store.ts";
import { type MappedNode, planJoins } from "./joins.ts";
import { type Memory, TieSet } from "./memory.ts";
import type { MirroredMove } from "./mirror.store.ts";
import { type Named, nameNodes } from "./naming.store.ts";
import {
  findEdges,
  findPersonsOf,
  insertEdges,
  insertNodes,
  lockIdentity,
  moveNodes,
  type NewNode,
} from "./node.store.ts";
import type { Reshaped } from "./reshape.store.ts";
import { suggest } from "./review.store.ts";
import type { RuleBook, RuleSet } from "./rule-book.store.ts";
import { shareValue } from "./share.store.ts";
import { type CountedTie, type KnownTies, type Neighbour, tiesBefore } from "./sharing.ts";
import type { Seen, Wanted } from "./sighted.ts";
import { partBound } from "./unbind.store.ts";
import type { Vault } from "./vault.store.ts";

export interface Judging {
  readonly vault: Vault;
  readonly book: RuleBook;
  /** As it is now: it may have been found to hold what is no longer so. */
  readonly memory: () => Memory;
}

/** What a batch came to. */
export interface Written {
  readonly found: readonly { id: number; created: Date }[];
  readonly made: ReadonlyMap<number, NewNode & MappedNode>;
  readonly moves: MirroredMove[];
  /** Persons as they are after some were parted. */
  readonly parted: readonly number[];
  /** A tie was taken back: what is remembered must go. */
  readonly forget: boolean;
  /** Of the rules that judged it. */
  readonly epoch: number;
}

/** Finds or makes the nodes, judges the new ties between them, and writes all of it down. */
export async function writeDown(
  tx: Tx,
  { vault, book, memory }: Judging,
  workspace: number,
  { seen, named, at }: { seen: readonly Seen[]; named: readonly Named[]; at: Date },
): Promise<Written> {
  await lockIdentity(tx, workspace);
  const rules = await book.look(tx, workspace);
  const { found, made } = await nameNodes(tx, vault, workspace, named);
  const ties = await newTies(tx, memory(), seen, made);
  const known = await knownTies(tx, ties, made, rules);
  const moves: MirroredMove[] = [];
  const parted: number[] = [];
  const take = (shaped: Reshaped) => {
    moves.push(...shaped.moves);
    if (shaped.moves.length > 0) parted.push(...[...shaped.nodes.values()].map(({ now }) => now));
  };
  let fresh: Made = made;
  let from = 0;
  // Nearly always one round: only where a value turns out to be shared does what follows see other persons.
  for (;;) {
    const { ties: some, share } = tiesBefore(ties, from, known, rules.of);
    moves.push(...(await judge(tx, vault, workspace, { ties: some, made: fresh, rules, at })));
    from += some.length;
    fresh = new Map();
    if (share === null) break;
    known.shared.add(share.node);
    take(await shareValue(tx, workspace, share, rules, at));
  }
  const forget = await partBound(tx, workspace, seen, at, take);
  return { found, made, moves, parted, forget, epoch: rules.epoch + (forget ? 1 : 0) };
}

type Made = ReadonlyMap<number, NewNode & MappedNode>;

interface Round {
  readonly ties: readonly CountedTie[];
  /** Not inserted yet. */
  readonly made: Made;
  readonly rules: RuleSet;
  readonly at: Date;
}

async function judge(
  tx: Tx,
  vault: Vault,
  workspace: number,
  { ties, made, rules, at }: Round,
): Promise<MirroredMove[]> {
  const touched = [...new Set(ties.flatMap(({ a, b }) => [a, b]).filter((id) => !made.has(id)))];
  const existing = await findPersonsOf(tx, workspace, touched);
  const bars = await findBars(
    tx,
    touched,
    existing.map(({ id }) => id),
  );
  const plan = planJoins([...existing, ...made.values()], ties, rules.of, rules.mostNodes, bars);
  const nodes = [...made.values()].map((node) => ({ ...node, person: plan.moves.get(node.id) ?? node.id }));
  const edges = ties.map((tie, i) => ({ ...tie, state: plan.verdicts[i] as string }));
  const writing = insertEdges(tx, workspace, edges, made);
  // Awaited below; until then its failure is nobody's surprise.
  writing.catch(() => undefined);
  // While the database writes them, what it gets next is sealed.
  const values = await sealed(vault, workspace, nodes);
  await writing;
  await insertNodes(tx, workspace, nodes, values, at);
  const held = edges.filter(({ state }) => state === "conflict");
  if (held.length > 0) await propose(tx, workspace, held, namespacesOf([...existing, ...nodes]), rules, at);
  const moves = [...plan.moves].map(([node, person]) => ({ node, person, fresh: made.has(node) }));
  return moveNodes(tx, workspace, moves, at);
}

/** After a turn of the event loop, so that what was asked for is on its way. */
async function sealed(vault: Vault, workspace: number, nodes: readonly NewNode[]): Promise<Buffer[]> {
  await setImmediate();
  return vault.sealMany(
    workspace,
    nodes.map(({ value }) => value),
  );
}

const namespacesOf = (nodes: readonly { id: number; namespace: string }[]): ReadonlyMap<number, string> =>
  new Map(nodes.map(({ id, namespace }) => [id, namespace]));

/** Joins that were held back are asked about, where the rules of both ends say so. */
async function propose(
  tx: Tx,
  workspace: number,
  held: readonly CountedTie[],
  namespaces: ReadonlyMap<number, string>,
  rules: RuleSet,
  at: Date,
): Promise<void> {
  const asked = held.filter(({ a, b }) => [a, b].every((id) => rules.of(namespaces.get(id) ?? "").review));
  const items = asked.map(({ a, b, rule }) => ({
    kind: "conflict" as const,
    a,
    b,
    score: null,
    evidence: { rule },
  }));
  await suggest(tx, workspace, items, at);
}

/** The ties of these sightings that nothing is known of yet, each from the strongest identifier to another. */
async function newTies(tx: Tx, memory: Memory, seen: readonly Seen[], made: Made): Promise<CountedTie[]> {
  const taken = new TieSet(seen.length);
  const ties: CountedTie[] = [];
  // What was made just now has no edges yet.
  const between: CountedTie[] = [];
  for (const { sighting, wanted } of seen) {
    const { rule, source, message, at } = sighting;
    if (rule === "unbind") continue;
    const first = wanted[0] as Wanted;
    for (let i = 1; i < wanted.length; i += 1) {
      const other = wanted[i] as Wanted;
      const [x, y] = [first.id as number, other.id as number];
      if (!taken.add(x, y, rule)) continue;
      const isNew = made.has(x) || made.has(y);
      if (!isNew && memory.hasTie(x, y, rule)) continue;
      const [a, b] = x < y ? [first, other] : [other, first];
      const tie = { a: a.id as number, b: b.id as number, rule, source, message, at };
      const told = { ...tie, aNamespace: a.identifier.namespace, bNamespace: b.identifier.namespace };
      ties.push(told);
      if (!isNew) between.push(told);
    }
  }
  const old = await findEdges(tx, between);
  if (old.length === 0) return ties;
  const known = new TieSet(old.length);
  for (const { a, b } of old) known.add(a, b, "same-message");
  // An alias is a decision: it counts even where the same two were left apart before.
  return ties.filter(({ a, b, rule }) => rule === "alias" || !known.has(a, b, "same-message"));
}

/** What is known of the values that count how many persons show them: those that were there before, and met others now. */
async function knownTies(
  tx: Tx,
  ties: readonly CountedTie[],
  made: Made,
  rules: RuleSet,
): Promise<KnownTies> {
  const counted = new Set<number>();
  const counts = (namespace: string) => rules.of(namespace).mostPersons !== null;
  for (const { a, b, aNamespace, bNamespace } of ties) {
    if (!made.has(a) && counts(aNamespace)) counted.add(a);
    if (!made.has(b) && counts(bNamespace)) counted.add(b);
  }
  const values = [...counted];
  if (values.length === 0) return { neighbours: new Map(), shared: new Set() };
  const { shared } = await findBars(tx, values, []);
  for (const id of await findUnshared(tx, values)) shared.add(id);
  const open = values.filter((id) => !shared.has(id));
  const neighbours = new Map<number, Neighbour[]>();
  for (const { of, at, ...end } of await findNeighbours(tx, open)) {
    const one = { ...end, at: at.getTime() };
    const others = neighbours.get(of);
    if (others === undefined) neighbours.set(of, [one]);
    else others.push(one);
  }
  return { neighbours, shared };
}
