import { setImmediate } from "node:timers/promises";
import type { Tx } from "../platform/postgres.ts";
import { findBars, findNeighbours, findUnshared } from "./bars.store.ts";
import { BatchTies } from "./batch-ties.ts";
import { type MappedNode, planJoins } from "./joins.ts";
import type { Memory } from "./memory.ts";
import { asMade, type MirroredMove } from "./mirror.store.ts";
import { type Apart, nameNodes } from "./naming.store.ts";
import {
  findEdges,
  findPersonsOf,
  insertEdges,
  insertNodes,
  lockIdentity,
  moveNodes,
  type NewEdge,
  type NewNode,
} from "./node.store.ts";
import type { Reshaped } from "./reshape.store.ts";
import { suggest } from "./review.store.ts";
import type { RuleBook, RuleSet } from "./rule-book.store.ts";
import { shareValue } from "./share.store.ts";
import { type CountedTie, type KnownTies, type Neighbour, tiesBefore } from "./sharing.ts";
import type { Name, Seen, Wanted } from "./sighted.ts";
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
  readonly made: readonly number[];
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
  { seen, names, at }: { seen: readonly Seen[]; names: readonly Name[]; at: Date },
): Promise<Written> {
  await lockIdentity(tx, workspace);
  const rules = await book.look(tx, workspace);
  const { found, made, apart, open } = await nameNodes(tx, workspace, { seen, names });
  const ties = await newTies(tx, memory(), open, made);
  const known = await knownTies(tx, ties, made, rules);
  const moves: MirroredMove[] = apart.edges.map(({ a, b }) => ({ seq: asMade, node: b, person: a }));
  const parted: number[] = [];
  const take = (shaped: Reshaped) => {
    moves.push(...shaped.moves);
    if (shaped.moves.length > 0) parted.push(...[...shaped.nodes.values()].map(({ now }) => now));
  };
  let fresh = { made: made as Made, apart };
  let from = 0;
  // Nearly always one round: only where a value turns out to be shared does what follows see other persons.
  for (;;) {
    const { ties: some, share } = tiesBefore(ties, from, known, rules.of);
    moves.push(...(await judge(tx, vault, workspace, { ties: some, ...fresh, rules, at })));
    from += some.length;
    fresh = { made: new Map(), apart: { nodes: [], edges: [] } };
    if (share === null) break;
    known.shared.add(share.node);
    take(await shareValue(tx, workspace, share, rules, at));
  }
  const forget = await partBound(tx, workspace, seen, at, take);
  const ids = [...apart.nodes.map(({ id }) => id), ...made.keys()];
  return { found, made: ids, moves, parted, forget, epoch: rules.epoch + (forget ? 1 : 0) };
}

type Made = ReadonlyMap<number, NewNode & MappedNode>;

interface Round {
  readonly ties: readonly CountedTie[];
  /** Not inserted yet, as those apart, which need no judging. */
  readonly made: Made;
  readonly apart: Apart;
  readonly rules: RuleSet;
  readonly at: Date;
}

async function judge(
  tx: Tx,
  vault: Vault,
  workspace: number,
  { ties, made, apart, rules, at }: Round,
): Promise<MirroredMove[]> {
  const touched = [...new Set(ties.flatMap(({ a, b }) => [a, b]).filter((id) => !made.has(id)))];
  const existing = await findPersonsOf(tx, workspace, touched);
  const bars = await findBars(
    tx,
    touched,
    existing.map(({ id }) => id),
  );
  const plan = planJoins([...existing, ...made.values()], ties, rules.of, rules.mostNodes, bars);
  const judged = [...made.values()].map((node) => ({ ...node, person: plan.moves.get(node.id) ?? node.id }));
  const nodes = [...judged, ...apart.nodes];
  const edges = ties.map((tie, i) => ({ ...tie, state: plan.verdicts[i] as string }));
  const isNew = ({ a, b }: NewEdge) => made.has(a) || made.has(b);
  const fresh = [...edges.filter(isNew), ...apart.edges];
  const writing = insertEdges(tx, workspace, { fresh, others: edges.filter((edge) => !isNew(edge)) });
  // Awaited below; until then its failure is nobody's surprise.
  writing.catch(() => undefined);
  // While the database writes them, what it gets next is sealed.
  const values = await sealed(vault, workspace, nodes);
  await writing;
  await insertNodes(tx, workspace, nodes, values, at);
  const held = edges.filter(({ state }) => state === "conflict");
  if (held.length > 0) await propose(tx, workspace, held, namespacesOf([...existing, ...judged]), rules, at);
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
  const taken = new BatchTies();
  const ties: CountedTie[] = [];
  // What was made just now has no edges yet.
  const between: CountedTie[] = [];
  for (const { sighting, wanted } of seen) {
    const { rule, source, message, at } = sighting;
    if (rule === "unbind") continue;
    const first = wanted[0] as Wanted;
    for (let i = 1; i < wanted.length; i += 1) {
      const other = wanted[i] as Wanted;
      const [x, y] = [idOf(first), idOf(other)];
      if (!taken.add(x, y, rule)) continue;
      const isNew = made.has(x) || made.has(y);
      if (!isNew && memory.hasTie(x, y, rule)) continue;
      const [a, b] = x < y ? [first, other] : [other, first];
      const tie = { a: idOf(a), b: idOf(b), rule, source, message, at };
      const told = { ...tie, aNamespace: a.identifier.namespace, bNamespace: b.identifier.namespace };
      ties.push(told);
      if (!isNew) between.push(told);
    }
  }
  const old = await findEdges(tx, between);
  if (old.length === 0) return ties;
  const known = new BatchTies();
  for (const { a, b } of old) known.add(a, b, "same-message");
  // An alias is a decision: it counts even where the same two were left apart before.
  return ties.filter(({ a, b, rule }) => rule === "alias" || !known.has(a, b, "same-message"));
}

const idOf = ({ name }: Wanted): number => name?.id as number;

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
