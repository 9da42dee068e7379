import type { Event } from "./event.ts";
import type { RecentWindow } from "./recent-window.ts";

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
  /** How long the first delivery of a group waits for company. */
  waitMs?: number;
  /** A group this large goes at once. */
  groupEvents?: number;
  /** Events waiting and being committed beyond which deliveries are turned away. */
  mostEvents?: number;
  groupsAtOnce?: number;
}

const committedBefore = -1;
const none: Promise<Outcome[]> = Promise.resolve([]);

export class Overloaded extends Error {}

/** The delivery that carries the first copy of a message, and the message's place in it. */
interface Underway {
  carrier: Carrier;
  at: number;
}
interface Carrier {
  answer: Promise<Outcome[]>;
}

interface Waiting {
  delivery: Delivery;
  done: (outcomes: Outcome[]) => void;
  failed: (error: unknown) => void;
}

/**
 * Takes deliveries from many requests, commits them in groups and answers each when it is committed, never before. A
 * message seen before is not committed again; one whose first copy is still on its way shares that copy's fate.
 */
export class Collector {
  readonly #options: Required<CollectorOptions>;
  readonly #pending = new Map<string, Underway>();
  #group: Waiting[] = [];
  #groupEvents = 0;
  #events = 0;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];

  constructor(options: CollectorOptions) {
    this.#options = { waitMs: 8, groupEvents: 8_000, mostEvents: 40_000, groupsAtOnce: 1, ...options };
  }

  async collect(delivery: Delivery): Promise<Outcome[]> {
    const { events } = delivery;
    if (this.#events + events.length > this.#options.mostEvents) throw new Overloaded();
    const carrier: Carrier = { answer: none };
    const { fresh, elsewhere, placeOf } = this.#sort(events, carrier);
    if (fresh.length > 0) carrier.answer = this.#enqueue({ ...delivery, events: fresh });
    const found = await carrier.answer;
    const others = await Promise.all(
      elsewhere.map(({ carrier, at }) => carrier.answer.then((outcomes) => outcomes[at])),
    );
    return placeOf.map((place) => {
      if (place === committedBefore) return "committed";
      return (place >= 0 ? found[place] : others[-place - 2]) as Outcome;
    });
  }

  /** Tells new messages from those committed before (-1), those on their way (-2, -3, …) and copies within the delivery. */
  #sort(events: readonly Event[], carrier: Carrier) {
    const fresh: Event[] = [];
    const elsewhere: Underway[] = [];
    const placeOf = events.map((event) => {
      if (this.#options.recent.has(event.message)) return committedBefore;
      const underway = this.#pending.get(event.message);
      if (underway === undefined) {
        this.#pending.set(event.message, { carrier, at: fresh.length });
        return fresh.push(event) - 1;
      }
      return underway.carrier === carrier ? underway.at : -1 - elsewhere.push(underway);
    });
    return { fresh, elsewhere, placeOf };
  }

  /** Resolves when everything taken is committed or refused. */
  drained(): Promise<void> {
    if (this.#events === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #enqueue(delivery: Delivery): Promise<Outcome[]> {
    this.#events += delivery.events.length;
    this.#groupEvents += delivery.events.length;
    const answer = new Promise<Outcome[]>((done, failed) => this.#group.push({ delivery, done, failed }));
    if (this.#groupEvents >= this.#options.groupEvents) this.#start();
    else if (this.#timer === undefined && this.#running < this.#options.groupsAtOnce)
      this.#timer = setTimeout(() => this.#start(), this.#options.waitMs);
    return answer;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#group.length === 0 || this.#running >= this.#options.groupsAtOnce) return;
    const group = this.#group;
    this.#group = [];
    this.#groupEvents = 0;
    this.#running += 1;
    void this.#run(group).finally(() => {
      this.#running -= 1;
      this.#start();
    });
  }

  async #run(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#options.commit(group.map(({ delivery }) => delivery));
      for (const [i, waiting] of group.entries()) this.#settle(waiting, outcomes[i] as Outcome[]);
    } catch (error) {
      if (group.length === 1) this.#fail(group[0] as Waiting, error);
      // One request that no engine takes must not fail its neighbours for ever: each once more by itself.
      else for (const waiting of group) await this.#run([waiting]);
    }
  }

  #settle({ delivery, done }: Waiting, outcomes: Outcome[]): void {
    for (const [i, event] of delivery.events.entries()) {
      this.#pending.delete(event.message);
      if (outcomes[i] === "committed") this.#options.recent.add(event.message);
    }
    this.#left(delivery);
    done(outcomes);
  }

  #fail({ delivery, failed }: Waiting, error: unknown): void {
    for (const event of delivery.events) this.#pending.delete(event.message);
    this.#left(delivery);
    failed(error);
  }

  #left(delivery: Delivery): void {
    this.#events -= delivery.events.length;
    if (this.#events > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
