import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import {
  type Identifier,
  kindOf,
  mostNodesPerPerson,
  type NamespaceRules,
  namespaceRules,
  type Sighting,
} from "./identity.ts";
import { type MappedNode, type Pair, planJoins } from "./joins.ts";
import type { Mirror, MirroredNode } from "./mirror.store.ts";
import {
  findEdges,
  findNodesAt,
  findPersonsOf,
  insertEdges,
  insertNodes,
  lockIdentity,
  moveNodes,
  type NewNode,
  takeNodeIds,
} from "./node.store.ts";
import { phoneEnds } from "./phone-ends.ts";
import { type Memory, newMemory, recall, remember, type Seen, see, tieKey, type Wanted } from "./sighted.ts";
import type { Vault } from "./vault.store.ts";

export interface Identity {
  /**
   * The nodes of each sighting's identifiers, the one its facts are kept under first; none when no identifier is
   * usable. New nodes, evidence and joins are committed, and copied to ClickHouse, when this answers.
   */
  resolve(workspace: number, sightings: readonly Sighting[]): Promise<number[][]>;
}

export interface IdentityParts {
  db: Db;
  vault: Vault;
  mirror: Mirror;
  clock: Clock;
  /** Told which persons others were joined to, before the join is acknowledged. */
  onJoined?: (workspace: number, persons: readonly number[]) => Promise<void>;
  rules?: NamespaceRules;
  mostNodes?: number;
  /** How many identifiers to remember; twice as many at most. */
  remembered?: number;
}

/** A lookup holds this many sightings at once, so that a transaction stays short, and others get their turn. */
const slice = 5_000;
/** While one is being written down the next is read and hashed. */
const slicesAtOnce = 2;

export function createIdentity(parts: IdentityParts): Identity {
  const { vault, rules = namespaceRules, remembered = 200_000 } = parts;
  const memory = newMemory(remembered);
  const turns = new Map<number, Promise<unknown>>();

  /** One batch of unknowns at a time per workspace: the database makes them take turns anyway. */
  function inTurn<Answer>(workspace: number, work: () => Promise<Answer>): Promise<Answer> {
    const before = turns.get(workspace) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(workspace, mine);
    return mine;
  }

  async function resolve(workspace: number, sightings: readonly Sighting[]): Promise<number[][]> {
    const answer: number[][] = new Array(sightings.length);
    const open: number[] = [];
    for (const [i, sighting] of sightings.entries()) {
      const known = recall(memory, workspace, sighting, rules);
      if (known === null) open.push(i);
      else answer[i] = known;
    }
    if (open.length === 0) return answer;
    await vault.ready(workspace);
    const looking = { ...parts, rules, memory, turn: (work) => inTurn(workspace, work) } as LookUp;
    const underway: Promise<void>[] = [];
    for (const some of slicesOf(open)) {
      const wanted = some.map((i) => sightings[i] as Sighting);
      const task = lookUp(looking, workspace, wanted).then((found) => {
        for (const [k, i] of some.entries()) answer[i] = found[k] ?? [];
      });
      // Awaited below; until then its failure is nobody's surprise.
      task.catch(() => undefined);
      underway.push(task);
      if (underway.length === slicesAtOnce) await underway.shift();
    }
    await Promise.all(underway);
    return answer;
  }

  return { resolve };
}

function* slicesOf(places: readonly number[]): Generator<number[]> {
  for (let from = 0; from < places.length; from += slice) yield places.slice(from, from + slice);
}

type Turn = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

interface LookUp extends IdentityParts {
  rules: NamespaceRules;
  memory: Memory;
  turn: Turn;
}

async function lookUp(parts: LookUp, workspace: number, sightings: readonly Sighting[]): Promise<number[][]> {
  const { db, vault, mirror, clock, onJoined, mostNodes = mostNodesPerPerson, rules, memory, turn } = parts;
  // Before its turn comes: reading and hashing go on while the database works for others.
  const seen = sightings.map((sighting) => see(sighting, rules));
  const named = namesIn(vault, workspace, seen);
  const at = clock.now();
  const work = (tx: Tx) => writeDown(tx, { vault, rules, memory, mostNodes }, workspace, { seen, named, at });
  const done = await turn(() => db.transaction().execute(work));
  // Nodes found are copied again too: whoever made them may have died before copying.
  const nodes: MirroredNode[] = [
    ...done.found.map(({ id, created }) => ({ id, workspace, created })),
    ...[...done.made.keys()].map((id) => ({ id, workspace, created: at })),
  ];
  await mirror.write(nodes, done.moves);
  // Nodes made just now had no life of their own; those that moved had one, as another person.
  const joined = done.moves.filter(({ node }) => !done.made.has(node)).map(({ person }) => person);
  if (joined.length > 0) await onJoined?.(workspace, [...new Set(joined)]);
  return seen.map((one) => remember(memory, workspace, one));
}

type Judging = Pick<LookUp, "vault" | "rules" | "memory"> & { mostNodes: number };

/** Finds or makes the nodes, judges the new ties between them, and writes all of it down. */
async function writeDown(
  tx: Tx,
  { vault, rules, memory, mostNodes }: Judging,
  workspace: number,
  { seen, named, at }: { seen: readonly Seen[]; named: readonly Named[]; at: Date },
) {
  await lockIdentity(tx, workspace);
  const { found, made } = await nameNodes(tx, vault, workspace, named);
  const ties = await newTies(tx, memory, seen, made);
  const touched = new Set(ties.flatMap(({ a, b }) => [a, b]).filter((id) => !made.has(id)));
  const existing = await findPersonsOf(tx, workspace, [...touched]);
  const plan = planJoins([...existing, ...made.values()], ties, rules, mostNodes);
  const nodes = [...made.values()].map((node) => ({ ...node, person: plan.moves.get(node.id) ?? node.id }));
  await insertNodes(tx, workspace, nodes, at);
  const edges = ties.map((tie, i) => (plan.verdicts[i] === "joined" ? tie : { ...tie, rule: "conflict" }));
  await insertEdges(tx, workspace, edges);
  const moves = [...plan.moves].map(([node, person]) => ({ node, person, fresh: made.has(node) }));
  return { found, made, moves: await moveNodes(tx, workspace, moves, at) };
}

/** An identifier of a batch, once, with all who wait for its node. */
interface Named {
  readonly identifier: Identifier;
  readonly namespace: string;
  readonly hashHex: string;
  readonly source: number;
  readonly holders: Wanted[];
}

function namesIn(vault: Vault, workspace: number, seen: readonly Seen[]): Named[] {
  const byText = new Map<string, Named>();
  for (const { sighting, wanted } of seen) {
    for (const one of wanted) {
      const { namespace, value } = one.identifier;
      const text = `${namespace}\n${value}`;
      const entry = byText.get(text);
      if (entry !== undefined) {
        entry.holders.push(one);
        continue;
      }
      const hashHex = vault.hashHex(workspace, namespace, value);
      const { identifier } = one;
      byText.set(text, { identifier, namespace, hashHex, source: sighting.source, holders: [one] });
    }
  }
  return [...byText.values()];
}

/** Finds or numbers every identifier; the numbered ones are still to be inserted. */
async function nameNodes(tx: Tx, vault: Vault, workspace: number, named: readonly Named[]) {
  const found = await findNodesAt(tx, workspace, named);
  const ids = new Array<number | undefined>(named.length);
  for (const { at, id } of found) ids[at] = id;
  const fresh = await takeNodeIds(tx, named.length - found.length);
  const made = new Map<number, NewNode & MappedNode>();
  let next = 0;
  for (const [i, { identifier, namespace, hashHex, source, holders }] of named.entries()) {
    const id = ids[i] ?? (fresh[next++] as number);
    for (const holder of holders) holder.id = id;
    if (ids[i] !== undefined) continue;
    const ends = kindOf(namespace) === "phone" ? phoneEnds(identifier.value) : null;
    made.set(id, {
      ...{ id, namespace, hashHex, person: id },
      sealed: vault.seal(workspace, identifier.value),
      maskHex: ends === null ? null : vault.hashHex(workspace, "phone-ends", ends),
      // 0 stands for facts that no source sent, e.g. of the server's own.
      source: source || null,
    });
  }
  return { found, made };
}

/** The ties of these sightings that nothing is known of yet, each from the strongest identifier to another. */
async function newTies(tx: Tx, memory: Memory, seen: readonly Seen[], made: ReadonlyMap<number, unknown>) {
  const ties = new Map<string, Pair & { source: number; message: string; at: Date }>();
  for (const { sighting, wanted } of seen) {
    const [first, ...others] = wanted;
    for (const other of others) {
      const [x, y] = [first?.id as number, other.id as number];
      const { rule, source, message, at } = sighting;
      const key = tieKey(x, y, rule);
      if (memory.ties.get(key) !== true && !ties.has(key)) {
        ties.set(key, { a: Math.min(x, y), b: Math.max(x, y), rule, source, message, at });
      }
    }
  }
  const list = [...ties.values()];
  // What was made just now has no edges yet.
  const between = list.filter(({ a, b }) => !made.has(a) && !made.has(b));
  const old = new Set((await findEdges(tx, between)).map(({ a, b }) => `${a}:${b}`));
  // An alias is a decision: it counts even where the same two were left apart before.
  return list.filter(({ a, b, rule }) => rule === "alias" || !old.has(`${a}:${b}`));
}
