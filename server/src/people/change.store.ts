import type { Clock } from "../platform/clock.ts";
import { jobs } from "../platform/jobs.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { decide, undoDecision } from "./decide.store.ts";
import type { Change } from "./decision.ts";
import type { OnChanged } from "./identity.store.ts";
import type { Mirror } from "./mirror.store.ts";
import { lockIdentity } from "./node.store.ts";
import type { PersonMap } from "./person-map.store.ts";
import type { Reshaped } from "./reshape.store.ts";
import { bumpEpoch, createRuleBook, othersHaveLooked, type RuleSet } from "./rule-book.store.ts";

/** What undoing a merge leaves to a job, where very much was told of the two meanwhile. */
export const judgeAgainTask = "identity.judge-again";

/** Persons by their nodes, as they were and as they are. */
export interface Shape {
  readonly before: ReadonlyMap<number, readonly number[]>;
  readonly after: ReadonlyMap<number, readonly number[]>;
}

export interface Said {
  readonly who: string;
  readonly reason: string;
  /** Of undoing a merge: merges of somebody third since then that meant the other side of it. */
  readonly otherSide?: readonly number[];
}

/** Changes of who is who by somebody's word. What is changed is visible to every query when it answers. */
export interface Changes {
  preview(workspace: number, change: Change): Promise<Shape>;
  previewUndo(workspace: number, decision: number, otherSide?: readonly number[]): Promise<Shape>;
  make(workspace: number, change: Change, said: Said): Promise<{ decision: number; shape: Shape }>;
  undo(workspace: number, decision: number, said: Said): Promise<Shape>;
  /** Any other work on the graph, under its lock, with what follows from a change. */
  work<Answer>(workspace: number, work: Work<Answer>): Promise<Answer>;
  /** Does it, looks, and takes it back. */
  rehearse<Answer>(workspace: number, work: Work<Answer>): Promise<Answer>;
}

type Work<Answer> = (
  tx: Tx,
  rules: RuleSet,
  at: Date,
) => Promise<{ shaped: readonly Reshaped[]; answer: Answer }>;

export interface ChangeParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly mirror: Mirror;
  readonly personMap: Pick<PersonMap, "hurry">;
  readonly onChanged: OnChanged;
}

export function createChanges({ db, clock, mirror, personMap, onChanged }: ChangeParts): Changes {
  const book = createRuleBook(() => undefined);

  async function work<Answer>(workspace: number, task: Work<Answer>): Promise<Answer> {
    const { shaped, answer } = await db.transaction().execute(async (tx) => {
      await lockIdentity(tx, workspace);
      return task(tx, await book.look(tx, workspace), clock.now());
    });
    const moves = shaped.flatMap((one) => one.moves);
    if (moves.length > 0) {
      await mirror.write([], moves);
      await personMap.hurry();
    }
    const persons = new Set(
      shaped.flatMap(({ nodes }) => [...nodes.values()].flatMap(({ before, now }) => [before, now])),
    );
    if (persons.size > 0) await onChanged(workspace, [...persons]);
    return answer;
  }

  async function rehearse<Answer>(workspace: number, task: Work<Answer>): Promise<Answer> {
    let seen: Answer | null = null;
    const rehearsal = db.transaction().execute(async (tx) => {
      await lockIdentity(tx, workspace);
      seen = (await task(tx, await book.look(tx, workspace), clock.now())).answer;
      throw new Rehearsed();
    });
    await rehearsal.catch((error: unknown) => {
      if (!(error instanceof Rehearsed)) throw error;
    });
    return seen as Answer;
  }

  const making =
    (workspace: number, change: Change, said: Said): Work<{ decision: number; shape: Shape }> =>
    async (tx, rules, at) => {
      const { decision, shaped } = await decide(tx, workspace, change, { ...said, at }, rules);
      return { shaped: [shaped], answer: { decision, shape: shapeOf(shaped) } };
    };
  const undoing =
    (workspace: number, decision: number, said: Said): Work<Shape> =>
    async (tx, rules, at) => {
      const { shaped, isWhole } = await undoDecision(tx, workspace, decision, { ...said, at }, rules);
      if (!isWhole) await jobs.add(tx, judgeAgainTask, { workspace, decision }, { runAt: at });
      // A tie that was held back by what is undone now is to be judged again when it is told again.
      await bumpEpoch(tx, workspace);
      return { shaped: [shaped], answer: shapeOf(shaped) };
    };
  const nobody: Said = { who: "", reason: "" };
  return {
    work,
    rehearse,
    make: (workspace, change, said) => work(workspace, making(workspace, change, said)),
    undo: async (workspace, decision, said) => {
      const shape = await work(workspace, undoing(workspace, decision, said));
      await othersHaveLooked();
      return shape;
    },
    preview: (workspace, change) =>
      rehearse(workspace, async (tx, rules, at) => {
        const { shaped, answer } = await making(workspace, change, nobody)(tx, rules, at);
        return { shaped, answer: answer.shape };
      }),
    previewUndo: (workspace, decision, otherSide = []) =>
      rehearse(workspace, undoing(workspace, decision, { ...nobody, otherSide })),
  };
}

/** Ends a transaction that was only looked at. */
class Rehearsed extends Error {}

function shapeOf({ nodes }: Reshaped): Shape {
  const group = (of: "before" | "now") => {
    const persons = new Map<number, number[]>();
    for (const [node, one] of nodes) {
      const own = persons.get(one[of]);
      if (own === undefined) persons.set(one[of], [node]);
      else own.push(node);
    }
    return persons;
  };
  return { before: group("before"), after: group("now") };
}
