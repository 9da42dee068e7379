import type { Event } from "./event.ts";
import { FairShare } from "./fair-share.ts";
import { headOf, tailOf } from "./message-table.ts";
import type { RecentWindow } from "./recent-window.ts";
import { Underway } from "./underway.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Events of one source, to be committed together. */
export interface Delivery {
  workspace: number;
  source: number;
  received: number;
  events: readonly Event[];
}

/** What became of an event: committed (also when it had been before), or nobody could be found in it. */
export type Outcome = "committed" | "nobody";

export interface CollectorOptions {
  /** Commits deliveries as one; answers one outcome per event, in order. Throws when nothing is sure. */
  commit: (deliveries: readonly Delivery[]) => Promise<Outcome[][]>;
  recent: RecentWindow;
  /** A small group goes once nothing more has come for so long: each insert costs the engine the same few milliseconds. */
  waitMs?: number;
  /** Whatever comes, a small group waits no longer for company. */
  mostWaitMs?: number;
  /** From the start of a group to that of a small one: a hundred small inserts a second would keep a core busy. */
  apartMs?: number;
  /** A group this large goes at once, also beside another; none is larger, except by a single delivery. */
  groupEvents?: number;
  /** Events waiting and being committed beyond which deliveries are turned away, each source by its fair share. */
  mostEvents?: number;
  groupsAtOnce?: number;
  /** Nobody is kept waiting longer, e.g. by an engine that hangs; what was taken may still be committed later. */
  patienceMs?: number;
  /** Whether an error meets every delivery alike (an engine is away), so that trying each by itself is in vain. */
  meetsAll?: (error: unknown) => boolean;
  /** Told of events that had come before, or come twice at once. */
  onRepeated?: (workspace: number, source: number, count: number) => void;
}

const defaults = {
  waitMs: 2,
  mostWaitMs: 20,
  apartMs: 40,
  groupEvents: 4_000,
  mostEvents: 60_000,
  groupsAtOnce: 2,
  patienceMs: 20_000,
  meetsAll: () => false,
  onRepeated: () => {},
};

const committedBefore = -1;
const none: Promise<Outcome[]> = Promise.resolve([]);

export class Overloaded extends Error {}
/** Neither committed nor refused within the sender's patience. */
export class Overdue extends Error {}

/** The delivery that carries the first copy of a message. */
interface Carrier {
  readonly fresh: Event[];
  answer: Promise<Outcome[]>;
}
/** The message's place in it. */
interface Elsewhere {
  carrier: Carrier;
  at: number;
}

/** Where messages stand, of the few deliveries of which somebody had to know. */
const places = new WeakMap<Carrier, Map<string, number>>();

/** Looked for only when a message comes again while its first copy is on its way. */
function placeIn(carrier: Carrier, message: string): number {
  const known = places.get(carrier) ?? new Map<string, number>();
  if (known.size === 0) places.set(carrier, known);
  for (let i = known.size; i < carrier.fresh.length; i += 1)
    known.set((carrier.fresh[i] as Event).message, i);
  return known.get(message) as number;
}

interface Waiting {
  delivery: Delivery;
  ticket: number;
  done: (outcomes: Outcome[]) => void;
  failed: (error: unknown) => void;
}

/**
 * Takes deliveries from many requests, commits them in groups and answers each when it is committed, never before. A
 * message seen before is not committed again; one whose first copy is still on its way shares that copy's fate.
 */
export class Collector {
  readonly #options: Required<CollectorOptions>;
  readonly #underway: Underway<Carrier>;
  readonly #line = new WaitingLine<Waiting>(({ delivery }) => delivery.events.length);
  readonly #share: FairShare;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  #idle: (() => void)[] = [];

  constructor(options: CollectorOptions) {
    this.#options = { ...defaults, ...options };
    this.#share = new FairShare(this.#options.mostEvents);
    this.#underway = new Underway(this.#options.mostEvents);
  }

  async collect(delivery: Delivery): Promise<Outcome[]> {
    const { events, source } = delivery;
    // Whatever was seen before is given back at once: only what is new has to wait.
    if (!this.#share.take(source, events.length)) throw new Overloaded();
    const carrier: Carrier = { fresh: [], answer: none };
    const { fresh } = carrier;
    const ticket = this.#underway.ticket(carrier);
    const { elsewhere, placeOf } = this.#sort(events, carrier, ticket);
    const repeated = events.length - fresh.length;
    this.#giveBack(source, repeated);
    if (repeated > 0) this.#options.onRepeated(delivery.workspace, source, repeated);
    if (fresh.length > 0) carrier.answer = this.#enqueue({ ...delivery, events: fresh }, ticket);
    else this.#underway.arrived(ticket);
    return this.#inTime(placeOf === null ? carrier.answer : this.#answered(carrier, elsewhere, placeOf));
  }

  async #answered(
    carrier: Carrier,
    elsewhere: readonly Elsewhere[],
    placeOf: readonly number[],
  ): Promise<Outcome[]> {
    const found = await carrier.answer;
    const others = await Promise.all(
      elsewhere.map(({ carrier, at }) => carrier.answer.then((outcomes) => outcomes[at])),
    );
    return placeOf.map((place) => {
      if (place === committedBefore) return "committed";
      return (place >= 0 ? found[place] : others[-place - 2]) as Outcome;
    });
  }

  /**
   * Tells new messages from those committed before (-1), those on their way (-2, -3, …) and copies within the delivery.
   * Nearly always everything is new: then there are no places, and the answer is as it comes.
   */
  #sort(events: readonly Event[], carrier: Carrier, ticket: number) {
    const { fresh } = carrier;
    const elsewhere: Elsewhere[] = [];
    let placeOf: number[] | null = null;
    for (const event of events) {
      const head = headOfEvent(event);
      const tail = tailOfEvent(event);
      const first = this.#seen(head, tail);
      if (first === undefined) {
        this.#underway.add(head, tail, ticket);
        placeOf?.push(fresh.length);
        fresh.push(event);
        continue;
      }
      placeOf ??= [...fresh.keys()];
      if (first === null) {
        placeOf.push(committedBefore);
        continue;
      }
      const at = placeIn(first, event.message);
      placeOf.push(first === carrier ? at : -1 - elsewhere.push({ carrier: first, at }));
    }
    return { elsewhere, placeOf };
  }

  /** Where a message's first copy is on its way; null when it was committed before, undefined when it is new. */
  #seen(head: number, tail: number): Carrier | null | undefined {
    return this.#options.recent.has(head, tail) ? null : this.#underway.carrierOf(head, tail);
  }

  /** Fails after the time of patience, whatever becomes of the answer. */
  #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Overdue()), this.#options.patienceMs);
      const settle = (done: () => void) => {
        clearTimeout(timer);
        done();
      };
      answer.then(
        (found) => settle(() => resolve(found)),
        (error) => settle(() => reject(error)),
      );
    });
  }

  /** Resolves when everything taken is committed or refused. */
  drained(): Promise<void> {
    if (this.#share.total === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #enqueue(delivery: Delivery, ticket: number): Promise<Outcome[]> {
    const answer = new Promise<Outcome[]>((done, failed) =>
      this.#line.add(delivery.source, { delivery, ticket, done, failed }),
    );
    this.#gather();
    return answer;
  }

  /** Starts what is large enough; the rest waits for company, or for the group before it. */
  #gather(): void {
    const { size } = this.#line;
    const { groupEvents, waitMs, mostWaitMs, apartMs } = this.#options;
    if (size >= groupEvents) this.#start();
    if (this.#line.size === 0 || this.#running > 0 || this.#timer !== undefined) return;
    const now = performance.now();
    const first = Math.max(waitMs, this.#startedAt + apartMs - now);
    this.#wait(size, first, now + Math.max(first, mostWaitMs));
  }

  /** Starts as soon as nothing came in between, or it is time. */
  #wait(before: number, ms: number, until: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const { size } = this.#line;
      if (size > before && performance.now() < until) this.#wait(size, this.#options.waitMs, until);
      else this.#start();
    }, ms);
  }

  /** Beside a group that is being committed only a full one starts: each insert costs the engine a merge later. */
  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { groupEvents, groupsAtOnce } = this.#options;
    while (
      this.#line.size > 0 &&
      (this.#running === 0 || (this.#running < groupsAtOnce && this.#line.size >= groupEvents))
    ) {
      this.#running += 1;
      this.#startedAt = performance.now();
      void this.#run(this.#line.take(groupEvents)).finally(() => {
        this.#running -= 1;
        this.#gather();
      });
    }
  }

  async #run(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#options.commit(group.map(({ delivery }) => delivery));
      for (const [i, waiting] of group.entries()) this.#settle(waiting, outcomes[i] as Outcome[]);
    } catch (error) {
      if (group.length === 1 || this.#options.meetsAll(error))
        for (const waiting of group) this.#fail(waiting, error);
      // One request that no engine takes must not fail its neighbours for ever: each once more by itself.
      else for (const waiting of group) await this.#run([waiting]);
    }
  }

  #settle({ delivery, ticket, done }: Waiting, outcomes: Outcome[]): void {
    const { source, events } = delivery;
    for (let i = 0; i < events.length; i += 1) {
      const event = events[i] as Event;
      const head = headOfEvent(event);
      const tail = tailOfEvent(event);
      this.#underway.delete(head, tail);
      if (outcomes[i] === "committed") this.#options.recent.add(head, tail);
    }
    this.#underway.arrived(ticket);
    this.#giveBack(source, events.length);
    done(outcomes);
  }

  #fail({ delivery, ticket, failed }: Waiting, error: unknown): void {
    const { source, events } = delivery;
    for (const event of events) this.#underway.delete(headOfEvent(event), tailOfEvent(event));
    this.#underway.arrived(ticket);
    this.#giveBack(source, events.length);
    failed(error);
  }

  #giveBack(source: number, events: number): void {
    this.#share.giveBack(source, events);
    if (this.#share.total > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

const headOfEvent = (event: Event): number => event.messageHead ?? headOf(event.message);
const tailOfEvent = (event: Event): number => event.messageTail ?? tailOf(event.message);
