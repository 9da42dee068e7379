import { findFamilyChildren } from "../people/child.store.ts";
import { dateImpossible } from "../people/children.ts";
import { findHouseholds } from "../people/household.store.ts";
import { findHushedPersons } from "../people/hush.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { findRefusing } from "../privacy/refusing.store.ts";
import { silencesOf } from "../privacy/silence.store.ts";
import type { StoppedItem } from "../privacy/stoppers.ts";
import { newestModel, newestVersion } from "./age-model.store.ts";
import type { Inference, Stopped } from "./inference.ts";
import { findPurchases, nodesOf, ownersOf } from "./inference-feed.store.ts";
import type { Place } from "./inference-place.ts";
import { type InferenceThread, startInference } from "./inference-thread.client.ts";
import type { Answer, Ask, Bought, PersonGuess } from "./inference-work.ts";
import { dateOfDay, type InferredChild, replaceInferred } from "./inferred.store.ts";

export interface KeeperParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether thousands order at once: they are looked at afterwards (after-flood.ts). */
  readonly isFlood: () => boolean;
  /** Told the nodes of those whose guesses changed. */
  readonly onGuessed: (workspace: number, nodes: readonly number[]) => Promise<void> | void;
}

/** Orders of the same moment are looked at together. */
const waitMs = 1500;
/** However dear the looks of a flood were, somebody is looked at after a minute. */
const mostWaitMs = 60_000;
/** A look takes about so long: it begins with a few persons and learns how many that are. */
const lookMs = 300;
const mostCreditMs = 400;
/** Asking both engines, and writing to them, costs about as much again as the reckoning. */
const withEngines = 2;
const slices = { first: 50, least: 5, most: 500 };
const restMs = 5_000;
const mostWaiting = 5000;
/** Looking back takes no more of one core than one part of so many, whatever arrives: it shares them with the taking in. */
const shares = { usual: 20, inFlood: 60 };
/** A guess this unsure is none: fewer than one birthday in twelve would be near it. */
const leastConfidence = 0.08;

/** Keeps the guesses of all workspaces: after each order, of whoever it came from; the nightly job goes through all. */
export class InferenceKeeper implements Inference {
  private readonly parts: KeeperParts;
  private readonly waiting = new Map<number, Set<number>>();
  private thread: InferenceThread | null = null;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private rest: NodeJS.Timeout | null = null;
  private asking = 0;
  /** How long may be looked back before pauses are made; it comes back while nobody looks. */
  private credit = mostCreditMs;
  private lookedAt = performance.now();
  private slice = slices.first;
  /** Processor time that reckoning took so far. */
  private spentMs = 0;

  constructor(parts: KeeperParts) {
    this.parts = parts;
  }

  /** Somebody ordered something. */
  readonly onCommitted = (workspace: number, nodes: readonly number[], names: readonly string[]): void => {
    if (this.stopped || !names.includes("Order Completed")) return;
    this.lookAt(workspace, nodes);
  };

  /** Something else was heard of these nodes that may change a guess: a birthday, a merge, a split. */
  lookAt(workspace: number, nodes: readonly number[]): void {
    const waiting = this.waiting.get(workspace) ?? new Set();
    // In a flood (an import, a great day) most are left to the nightly job, which goes through everybody.
    for (const node of nodes) {
      if (waiting.size >= mostWaiting) waiting.delete(waiting.values().next().value as number);
      waiting.add(node);
    }
    this.waiting.set(workspace, waiting);
    this.wait();
  }

  private wait(): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(
      () => void this.flush(),
      Math.max(waitMs, Math.min(-this.pause() * this.credit, mostWaitMs)),
    ).unref();
  }

  /** How long nobody is looked at for each moment that somebody is. */
  private pause(): number {
    return (this.parts.isFlood() ? shares.inFlood : shares.usual) - 1;
  }

  /** Looks at those who ordered last, at most a slice of each workspace: a flood does not keep today's buyer waiting. */
  async flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const waiting = [...this.waiting].map(
      ([workspace, nodes]) => [workspace, [...nodes].slice(-this.slice)] as const,
    );
    for (const [workspace, nodes] of waiting) this.done(workspace, nodes);
    this.running = this.running.then(async () => {
      const began = performance.now();
      const spent = this.spentMs;
      for (const [workspace, nodes] of waiting) await this.lookAtNodes(workspace, nodes);
      const took = withEngines * (this.spentMs - spent);
      const back = (began - this.lookedAt) / this.pause();
      this.credit = Math.min(mostCreditMs, this.credit + back) - took;
      this.lookedAt = performance.now();
      const fitting = Math.round((this.slice * lookMs) / Math.max(1, took));
      this.slice = Math.max(slices.least, Math.min(slices.most, fitting));
    });
    await this.running.catch((error: Error) => {
      // The nightly job goes through everybody again.
      this.parts.log.warn(
        { event: "ages", error: error.message },
        "guesses of ages were not brought up to date",
      );
      this.running = Promise.resolve();
    });
    if (this.waiting.size > 0) this.wait();
  }

  private done(workspace: number, nodes: readonly number[]): void {
    const waiting = this.waiting.get(workspace);
    for (const node of nodes) waiting?.delete(node);
    if (waiting?.size === 0) this.waiting.delete(workspace);
  }

  private async lookAtNodes(id: number, nodes: readonly number[]): Promise<void> {
    const workspace = await findWorkspace(this.parts.db, String(id));
    if (workspace === null) return;
    if (!this.stopped) await this.guess(workspace, await ownersOf(this.parts.db, id, nodes));
  }

  async guess(workspace: Place, persons: readonly number[]): Promise<boolean> {
    if (persons.length === 0) return true;
    const { db, clickhouse, clock } = this.parts;
    const untold = await this.untold(workspace.id, persons);
    const bought = await findPurchases(this.parts, workspace, untold);
    const version = await newestVersion(db, workspace.id);
    const guesses = await this.guessesOf(workspace.id, version, bought);
    if (guesses === null) return false;
    const stamp = { version, at: clock.now() };
    const changed = await replaceInferred({ db, clickhouse }, workspace.id, persons, guesses, stamp);
    if (changed === 0) return true;
    const nodes = await nodesOf(db, workspace.id, persons);
    await this.parts.onGuessed(workspace.id, [...nodes.keys()]);
    return true;
  }

  /**
   * Nothing is guessed where a child was stated to anybody of the household, where one was silenced or deleted, or where
   * somebody said no to the use of children's data.
   */
  private async untold(workspace: number, persons: readonly number[]): Promise<number[]> {
    const { db } = this.parts;
    const households = await findHouseholds(db, workspace, persons);
    const kin = [...new Set([...persons, ...[...households.values()].flatMap((one) => one.persons)])];
    const children = await findFamilyChildren(db, workspace, kin);
    const told = new Set(
      children.filter(({ marks }) => !marks.includes(dateImpossible)).map(({ person }) => person),
    );
    const silenced = await silencesOf(db, workspace, persons);
    const barred = new Set([
      ...(await findHushedPersons(db, workspace, kin)),
      ...(await findRefusing(db, workspace, kin, "child")),
    ]);
    return persons.filter(
      (person) =>
        !silenced.has(person) &&
        !barred.has(person) &&
        !told.has(person) &&
        !(households.get(person)?.persons ?? []).some((one) => told.has(one) || barred.has(one)),
    );
  }

  private async guessesOf(
    workspace: number,
    version: number,
    bought: ReadonlyMap<number, Bought>,
  ): Promise<InferredChild[] | null> {
    if (bought.size === 0) return [];
    const key = `${workspace}:${version}`;
    const buyers = [...bought].map(([person, one]) => ({ person, ...one }));
    let answer = await this.ask({ ask: "guess", key, buyers });
    if ("unknown" in answer) {
      const newest = await newestModel(this.parts.db, workspace);
      await this.ask({ ask: "open", key, model: newest?.model ?? null });
      answer = await this.ask({ ask: "guess", key, buyers });
    }
    return "guesses" in answer ? answer.guesses.flatMap(inferredOf) : null;
  }

  /** What is guessed of these persons' children goes; how much that was, for the proof. */
  async takeAway(workspace: number, persons: readonly number[]): Promise<StoppedItem[]> {
    const { db, clickhouse, clock } = this.parts;
    const times = await replaceInferred({ db, clickhouse }, workspace, persons, [], {
      ...{ version: 0, at: clock.now() },
    });
    return times === 0 ? [] : [{ kind: "inference", ref: "ages", name: "ages", times }];
  }

  async ask(question: Ask): Promise<Answer | Stopped> {
    if (this.stopped) return { stopped: true };
    this.thread ??= startInference();
    if (this.rest !== null) clearTimeout(this.rest);
    this.asking += 1;
    try {
      const { answer, tookMs } = await this.thread.ask(question);
      if (question.ask === "guess") this.spentMs += tookMs;
      return answer;
    } catch (error) {
      if (this.stopped) return { stopped: true };
      await this.letGo();
      throw error;
    } finally {
      this.asking -= 1;
      // Learning leaves hundreds of megabytes behind: guessing goes on in a new thread.
      if (this.asking === 0 && question.ask === "learn") await this.letGo();
      else if (this.asking === 0 && question.ask !== "hear")
        this.rest = setTimeout(() => void this.letGo(), restMs).unref();
    }
  }

  /** A thread holds its models in memory; after a while without orders it goes. */
  private async letGo(): Promise<void> {
    const thread = this.thread;
    this.thread = null;
    await thread?.close();
  }

  isStopped(): boolean {
    return this.stopped;
  }

  /** At once: a thread in the middle of learning is ended where it is. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.rest !== null) clearTimeout(this.rest);
    await this.letGo();
    await this.running.catch(() => undefined);
  }
}

function inferredOf({ person, purchases, share, children }: PersonGuess): InferredChild[] {
  return children
    .filter(({ confidence }) => confidence >= leastConfidence)
    .map(({ bornOn, interval80, confidence, quantiles }, i) => ({
      ...{ person, ordinal: i + 1, purchases, share: Math.round(share * 1000) / 1000 },
      bornOn: dateOfDay(bornOn),
      from: dateOfDay(interval80[0]),
      to: dateOfDay(interval80[1]),
      confidence: Math.round(confidence * share * 1000) / 1000,
      months: quantiles.map((day) => Math.floor(day / 30.4375)),
    }));
}
