import { atEase } from "../platform/at-ease.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import type { Glimpse, NamespaceRules, Sighting } from "./identity.ts";
import { writeDown } from "./judge.store.ts";
import { Memory } from "./memory.ts";
import { asMade, type Mirror, type MirroredNode } from "./mirror.store.ts";
import { Naming } from "./naming.store.ts";
import {
  bumpEpoch,
  createRuleBook,
  fixedBook,
  othersHaveLooked,
  type RuleBook,
  type RuleSet,
} from "./rule-book.store.ts";
import { firstRecalled, nodesOf, recall, recalled, remember, type Seen, see } from "./sighted.ts";
import type { Vault } from "./vault.store.ts";

export interface Identity {
  /**
   * The nodes of each sighting's identifiers, the one its facts are kept under first; none when no identifier is
   * usable. New nodes, evidence and joins are committed, and copied to ClickHouse, when this answers. `imported`: they
   * came by a file under way, so that queries may see whose its new nodes are later.
   */
  resolve(
    workspace: number,
    sightings: readonly Sighting[],
    how?: { imported: boolean },
  ): Promise<number[][]>;
  /** Of each only the node that its facts are kept under; 0 when no identifier is usable. */
  place(workspace: number, glimpses: readonly Glimpse[]): Promise<number[]>;
  /**
   * Forgets, in every server, what is remembered of a workspace's nodes. Whoever deletes nodes calls this after the
   * deletion is committed; when it answers nobody uses a deleted node any more.
   */
  forget(workspace: number): Promise<void>;
}

/** Told which persons are others than before, before the change is acknowledged. */
export type OnChanged = (workspace: number, persons: readonly number[]) => Promise<void>;

export interface IdentityParts {
  db: Db;
  vault: Vault;
  mirror: Mirror;
  clock: Clock;
  onChanged?: OnChanged;
  /** In place of what the workspaces' settings say. */
  rules?: NamespaceRules;
  /** How many identifiers to remember; twice as many at most, with their ties some 25 to 50 bytes each. */
  remembered?: number;
}

/** A lookup holds this many sightings at once, so that a transaction stays short, and others get their turn. */
const slice = 5_000;
/** While one is being written down the next is read and hashed. Smaller slices overlap more, and make more small inserts. */
const slicesAtOnce = 2;
/** What the buyers of a large shop come to. A memory takes no more room than it is used for, and 100 MB at most. */
const mostRemembered = 1_400_000;

export function createIdentity(parts: IdentityParts): Identity {
  const { db, vault, remembered = mostRemembered } = parts;
  let memory = new Memory(remembered);
  // Its workspace alone would be enough; but this is rare, and what is known comes back within moments.
  const forgetAll = () => {
    memory = new Memory(remembered);
  };
  const book = parts.rules === undefined ? createRuleBook(forgetAll) : fixedBook(parts.rules);
  const turns = new Map<number, Promise<unknown>>();

  /** One batch of unknowns at a time per workspace: the database makes them take turns anyway. */
  function inTurn<Answer>(workspace: number, work: () => Promise<Answer>): Promise<Answer> {
    const before = turns.get(workspace) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    turns.set(workspace, mine);
    return mine;
  }

  /** Takes of each sighting what is asked for: from memory, by how many it recalled, or from what was looked up. */
  async function find<Shown extends Pick<Sighting, "identifiers" | "rule">, Answer>(
    workspace: number,
    sightings: readonly Shown[],
    imported: boolean,
    { whole, known, found }: Taking<Shown, Answer>,
  ): Promise<Answer[]> {
    const rules = book.current(workspace, db) ?? (await book.look(db, workspace));
    const answer: Answer[] = new Array(sightings.length);
    const underway: Promise<void>[] = [];
    const begin = async (some: readonly number[]) => {
      await vault.ready(workspace);
      const looking: LookUp = {
        ...{ ...parts, book, rules, imported, memory: () => memory },
        turn: (work) => inTurn(workspace, work),
      };
      const wanted = some.map((i) => whole(sightings[i] as Shown));
      const task = lookUp(looking, workspace, wanted).then((nodes) => {
        for (let k = 0; k < some.length; k += 1) answer[some[k] as number] = found(nodes[k] ?? []);
      });
      // Awaited below; until then its failure is nobody's surprise.
      task.catch(() => undefined);
      underway.push(task);
      if (underway.length === slicesAtOnce) await underway.shift();
    };
    let open: number[] = [];
    for await (const [from, to] of atEase(sightings.length)) {
      for (let i = from; i < to; i += 1) {
        const sighting = sightings[i] as Shown;
        const count = sighting.rule === "unbind" ? -1 : recall(memory, workspace, sighting, rules.of);
        if (count < 0) open.push(i);
        else answer[i] = known(count);
      }
      for (; open.length >= slice; open = open.slice(slice)) await begin(open.slice(0, slice));
    }
    if (open.length > 0) await begin(open);
    await Promise.all(underway);
    return answer;
  }

  async function forget(workspace: number): Promise<void> {
    await bumpEpoch(db, workspace);
    await book.look(db, workspace);
    await othersHaveLooked();
  }

  const all = { whole: (one: Sighting) => one, known: recalled, found: (nodes: number[]) => nodes };
  const first = {
    whole: ({ sighting }: Glimpse) => sighting,
    known: firstRecalled,
    found: ([node = 0]: number[]) => node,
  };
  return {
    resolve: (workspace, sightings, how) => find(workspace, sightings, how?.imported === true, all),
    place: (workspace, glimpses) => find(workspace, glimpses, false, first),
    forget,
  };
}

/** What is taken of sightings: the whole of one that is not known, an answer of those recalled, and of those looked up. */
interface Taking<Shown, Answer> {
  whole(shown: Shown): Sighting;
  known(count: number): Answer;
  found(nodes: number[]): Answer;
}

type Turn = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

interface LookUp extends Omit<IdentityParts, "rules"> {
  book: RuleBook;
  rules: RuleSet;
  imported: boolean;
  memory: () => Memory;
  turn: Turn;
}

async function lookUp(parts: LookUp, workspace: number, sightings: readonly Sighting[]): Promise<number[][]> {
  const { db, vault, mirror, clock, onChanged, book, rules, imported, turn } = parts;
  // Before its turn comes: reading and hashing go on while the database works for others.
  const seen: Seen[] = [];
  const naming = new Naming(vault, workspace);
  for await (const [from, to] of atEase(sightings.length))
    for (let i = from; i < to; i += 1) {
      const one = see(sightings[i] as Sighting, rules.of);
      seen.push(one);
      naming.add(one);
    }
  const { names } = naming;
  const at = clock.now();
  const judging = { vault, book, memory: parts.memory };
  const work = (tx: Tx) => writeDown(tx, judging, workspace, { seen, names, at });
  const done = await turn(() => db.transaction().execute(work));
  // Nodes found are copied again too: whoever made them may have died before copying.
  const nodes: MirroredNode[] = [
    ...done.found.map(({ id, created }) => ({ id, workspace, created })),
    ...done.made.map((id) => ({ id, workspace, created: at })),
  ];
  const moves = imported ? done.moves.map((move) => ({ ...move, imported })) : done.moves;
  await mirror.write(nodes, moves);
  // Nodes made just now had no life of their own; those that moved had one, as another person.
  const joined = done.moves.filter(({ seq }) => seq !== asMade).map(({ person }) => person);
  const changed = [...new Set([...joined, ...done.parted])];
  if (changed.length > 0) await onChanged?.(workspace, changed);
  if (done.forget) await othersHaveLooked();
  // What was judged before something had to be forgotten is not remembered after it; nor is what takes a tie back.
  const { epoch } = (done.forget ? null : book.current(workspace, db)) ?? (await book.look(db, workspace));
  if (epoch === done.epoch) {
    const memory = parts.memory();
    for (const one of seen) if (one.sighting.rule !== "unbind") remember(memory, workspace, one);
  }
  return seen.map(nodesOf);
}
