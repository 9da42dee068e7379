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
import type { Mirror, MirroredMove, MirroredNode } from "./mirror.store.ts";
import {
  findEdges,
  findNodes,
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

/** A lookup holds this many sightings at once, so that a transaction stays short. */
const slice = 4_000;

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
    for (let from = 0; from < open.length; from += slice) {
      const some = open.slice(from, from + slice);
      const found = await inTurn(workspace, () =>
        lookUp(
          parts,
          memory,
          rules,
          workspace,
          some.map((i) => sightings[i] as Sighting),
        ),
      );
      for (const [k, i] of some.entries()) answer[i] = found[k] ?? [];
    }
    return answer;
  }

  return { resolve };
}

async function lookUp(
  { db, vault, mirror, clock, onJoined, mostNodes = mostNodesPerPerson }: IdentityParts,
  memory: Memory,
  rules: NamespaceRules,
  workspace: number,
  sightings: readonly Sighting[],
): Promise<number[][]> {
  const seen = sightings.map((sighting) => see(sighting, rules));
  const at = clock.now();
  const done = await db.transaction().execute(async (tx) => {
    await lockIdentity(tx, workspace);
    const batch = await nameNodes(tx, vault, workspace, seen);
    const ties = await newTies(tx, memory, seen);
    const touched = [...new Set(ties.flatMap(({ a, b }) => [a, b]))];
    const existing = await findPersonsOf(
      tx,
      workspace,
      touched.filter((id) => !batch.made.has(id)),
    );
    const plan = planJoins([...existing, ...batch.made.values()], ties, rules, mostNodes);
    const made = [...batch.made.values()].map((node) => ({
      ...node,
      person: plan.moves.get(node.id) ?? node.id,
    }));
    await insertNodes(tx, workspace, made, at);
    const edges = ties.map((tie, i) => ({
      ...tie,
      rule: plan.verdicts[i] === "joined" ? tie.rule : "conflict",
    }));
    await insertEdges(tx, workspace, edges);
    const moves = [...plan.moves].map(([node, person]) => ({ node, person }));
    return { ...batch, moves: await moveNodes(tx, workspace, moves, at) };
  });
  await copy(mirror, workspace, done, at);
  // Nodes made just now had no life of their own; those that moved had one, as another person.
  const joined = done.moves.filter(({ node }) => !done.made.has(node)).map(({ person }) => person);
  if (joined.length > 0) await onJoined?.(workspace, [...new Set(joined)]);
  return seen.map((one) => remember(memory, workspace, one));
}

/** Nodes found are copied again too: whoever made them may have died before copying. */
async function copy(
  mirror: Mirror,
  workspace: number,
  {
    found,
    made,
    moves,
  }: { found: { id: number; created: Date }[]; made: Map<number, unknown>; moves: MirroredMove[] },
  at: Date,
): Promise<void> {
  const nodes: MirroredNode[] = [
    ...found.map(({ id, created }) => ({ id, workspace, created })),
    ...[...made.keys()].map((id) => ({ id, workspace, created: at })),
  ];
  await mirror.write(nodes, moves);
}

/** Finds or numbers every identifier; the numbered ones are still to be inserted. */
async function nameNodes(tx: Tx, vault: Vault, workspace: number, seen: readonly Seen[]) {
  const byText = new Map<
    string,
    { identifier: Identifier; hash: Buffer; source: number; holders: Wanted[] }
  >();
  for (const { sighting, wanted } of seen) {
    for (const one of wanted) {
      const { namespace, value } = one.identifier;
      const text = `${namespace}\n${value}`;
      const entry = byText.get(text);
      if (entry !== undefined) entry.holders.push(one);
      else {
        const hash = vault.hash(workspace, namespace, value);
        byText.set(text, { identifier: one.identifier, hash, source: sighting.source, holders: [one] });
      }
    }
  }
  const hashKey = (namespace: string, hash: Buffer) => `${namespace}\n${hash.toString("base64")}`;
  const all = [...byText.values()].map((entry) => ({ ...entry, namespace: entry.identifier.namespace }));
  const found = await findNodes(tx, workspace, all);
  const ids = new Map(found.map(({ id, namespace, hash }) => [hashKey(namespace, hash), id]));
  const missing = all.filter(({ namespace, hash }) => !ids.has(hashKey(namespace, hash)));
  const fresh = await takeNodeIds(tx, missing.length);
  const made = new Map<number, NewNode & MappedNode>();
  for (const [i, { identifier, namespace, hash, source }] of missing.entries()) {
    const id = fresh[i] as number;
    ids.set(hashKey(namespace, hash), id);
    const ends = kindOf(namespace) === "phone" ? phoneEnds(identifier.value) : null;
    made.set(id, {
      id,
      namespace,
      hash,
      sealed: vault.seal(workspace, identifier.value),
      maskHash: ends === null ? null : vault.hash(workspace, "phone-ends", ends),
      person: id,
      // 0 stands for facts that no source sent, e.g. of the server's own.
      source: source || null,
    });
  }
  for (const { namespace, hash, holders } of all) {
    for (const holder of holders) holder.id = ids.get(hashKey(namespace, hash));
  }
  return { found, made };
}

/** The ties of these sightings that nothing is known of yet, each from the strongest identifier to another. */
async function newTies(tx: Tx, memory: Memory, seen: readonly Seen[]) {
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
  const old = new Set((await findEdges(tx, list)).map(({ a, b }) => `${a}:${b}`));
  // An alias is a decision: it counts even where the same two were left apart before.
  return list.filter(({ a, b, rule }) => rule === "alias" || !old.has(`${a}:${b}`));
}
