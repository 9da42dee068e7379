import { suggest } from "../people/review.store.ts";
import type { Tasks } from "../platform/jobs.ts";
import { Refusal } from "../platform/refusal.ts";
import { findAnchors } from "./anchors.store.ts";
import { amongOf, currentModel } from "./learn.store.ts";
import {
  findCandidates,
  findCommonness,
  findPending,
  findSample,
  findSettled,
  forgetGone,
  type Pair,
  replaceKeys,
  setCompared,
} from "./link-keys.store.ts";
import type { KeptModel } from "./model.store.ts";
import type { Found } from "./order.ts";
import { compareAsked, findAsked, withdraw, withdrawUntold } from "./questions.store.ts";
import type { RunDeps } from "./run-deps.ts";
import { addFound, findSetting, type LinkSetting, setFinished, setStarted } from "./setting.store.ts";
import { type LinkThread, startLinkThread } from "./thread.client.ts";
import { findChanged, findWords } from "./words.store.ts";

const task = "linking.run";
/** Persons whose keys are made, or who are compared, at a time. */
const slice = 1_000;
const nothing = { compared: 0, suggested: 0, joined: 0, withdrawn: 0 };

export function linkingTasks(deps: RunDeps): Tasks {
  return {
    [task]: async (payload, { signal, lastAttempt }) => {
      const { workspace } = payload as { workspace: number };
      try {
        await run(deps, workspace, signal);
      } catch (error) {
        if (lastAttempt) await setFinished(deps.db, workspace, deps.clock.now(), (error as Error).name);
        throw error;
      }
    },
  };
}

/** What waits already is not added a second time. */
export async function startRun({ db, jobs, clock }: RunDeps, workspace: number, runAt?: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const options = { key: `${task}:${workspace}`, maxAttempts: 3 };
    await jobs.add(tx, task, { workspace }, { ...options, runAt: runAt ?? clock.now() });
  });
}

async function run(deps: RunDeps, workspace: number, signal: AbortSignal): Promise<void> {
  const { db, clock, keysOf } = deps;
  await setStarted(db, workspace, clock.now());
  const thread = startLinkThread(workspace, await keysOf(workspace));
  try {
    await index(deps, workspace, thread, signal);
    const model = await currentModel(deps, workspace, thread);
    const setting = await findSetting(db, workspace);
    const { total } = await findSample(db, workspace, 1);
    const compared = new Set<number>();
    await compareAsked(db, workspace, { version: model.version, least: setting.review });
    for (;;) {
      signal.throwIfAborted();
      const persons = await findPending(db, workspace, slice);
      if (persons.length === 0) break;
      await compare(deps, workspace, thread, { model, setting, total, persons, compared });
      for (const person of persons) compared.add(person);
    }
    await addFound(db, workspace, { ...nothing, withdrawn: await withdrawUntold(db, workspace) });
    await setFinished(db, workspace, clock.now(), null);
  } finally {
    await thread.close();
  }
}

/** Keys of persons who are new or of whom other things are told. */
async function index({ db }: RunDeps, workspace: number, thread: LinkThread, signal: AbortSignal) {
  await forgetGone(db, workspace);
  const changed = await findChanged(db, workspace);
  for (let from = 0; from < changed.length; from += slice) {
    signal.throwIfAborted();
    const some = changed.slice(from, from + slice);
    const persons = some.map(({ person }) => person);
    const words = await findWords(db, workspace, persons);
    await replaceKeys(db, workspace, some, await thread.ask({ ask: "index", persons, words }));
  }
}

interface Comparing {
  model: KeptModel;
  setting: LinkSetting;
  total: number;
  persons: readonly number[];
  /** Before, in this run: what is between them and these was weighed then. */
  compared: ReadonlySet<number>;
}

async function compare(
  deps: RunDeps,
  workspace: number,
  thread: LinkThread,
  { model, setting, total, persons, compared: earlier }: Comparing,
): Promise<void> {
  const { db, clock } = deps;
  const isNew = ({ a, b }: Pair) => !earlier.has(a) && !earlier.has(b);
  const before = (await findAsked(db, workspace, persons)).filter(isNew);
  const candidates = (await findCandidates(db, workspace, persons)).filter(isNew);
  const pairs = [...new Map([...candidates, ...before].map(({ a, b }) => [`${a} ${b}`, { a, b }])).values()];
  const among = await amongOf(deps, workspace, [], pairs);
  const commonness = await findCommonness(db, workspace, among.persons);
  const least = setting.review;
  const order = { among, commonness, total, model: model.model, least };
  const found = pairs.length === 0 ? [] : await thread.ask({ ask: "weigh", ...order });
  const settled = await findSettled(db, workspace, found);
  const open = found.filter(({ a, b }) => !settled.has(`${a} ${b}`));
  const certain = setting.joinCertain
    ? open.filter(({ evidence }) => evidence.chance >= setting.certain)
    : [];
  const joined = await join(deps, workspace, certain, model.version);
  const asked = open.filter((one) => !joined.has(one));
  const anchors = await findAnchors(
    db,
    workspace,
    asked.flatMap(({ a, b }) => [a, b]),
  );
  const items = asked.flatMap(({ a, b, evidence }) => {
    const [one, other] = [anchors.get(a), anchors.get(b)];
    if (one === undefined || other === undefined) return [];
    const kept = { ...evidence, model: model.version };
    return [{ kind: "same-person" as const, a: one, b: other, score: evidence.chance, evidence: kept }];
  });
  await suggest(db, workspace, items, clock.now());
  // What was asked by another model, or before other things were told, and would not be asked today.
  const still = new Set(asked.map(({ a, b }) => `${a} ${b}`));
  const withdrawn = await withdraw(
    db,
    before.filter(({ a, b }) => !still.has(`${a} ${b}`)),
  );
  await setCompared(db, workspace, persons);
  const [compared, suggested] = [pairs.length, items.length];
  await addFound(db, workspace, { compared, suggested, joined: joined.size, withdrawn });
}

/** Joins what counts as certain, where the workspace wants it so; each is a decision that can be undone. */
async function join(
  { changes }: RunDeps,
  workspace: number,
  certain: readonly Found[],
  version: number,
): Promise<Set<Found>> {
  const joined = new Set<Found>();
  for (const one of certain) {
    const { a, b, evidence } = one;
    const reason = `linking model ${version}: ${evidence.weight.toFixed(1)} bits`;
    try {
      await changes.make(workspace, { kind: "merge", a, b, rule: "review" }, { who: "linking", reason });
      joined.add(one);
    } catch (error) {
      // They are one already, were said to be two, or would be too large a person: then it is asked or left.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return joined;
}
