import type { Stretch } from "@stork/models/watch/allowance.ts";
import { type Cell, minuteMs } from "./sampler.ts";
import { addAll, type Tally, withoutFields } from "./tally.ts";

/** The last hour of one source and event name (name "": of the source as a whole). */
export interface StreamView {
  readonly source: number;
  readonly name: string;
  /** When the newest event was received; 0 when none was in the last hour. */
  readonly last: number;
  /** What was counted in the newest minutes: the minute under way counts as the first of them. */
  counted(minutes: Stretch): ReadonlyMap<string, number>;
  /** The minutes of the hour, oldest first. */
  minutes(): [number, ReadonlyMap<string, number>][];
}

interface Stream {
  source: number;
  name: string;
  last: number;
  byMinute: Map<number, Tally>;
  sums: Record<10 | 60, Tally>;
}

/**
 * The last hour of one workspace, in memory: the sums over ten and sixty minutes are kept up as minutes come and go, so
 * that looking costs what arrived, not what is kept. It is a copy of quality_minute and is read again from there.
 */
export class Recent {
  readonly #streams = new Map<string, Stream>();
  #now = 0;

  /** Goes on to a moment: what is older than an hour leaves. */
  advance(now: number): void {
    const minute = Math.floor(now / minuteMs) * minuteMs;
    if (minute === this.#now) return;
    // A clock put back: what was known is of another time.
    if (minute < this.#now) this.#streams.clear();
    const passed = (minute - this.#now) / minuteMs;
    this.#now = minute;
    for (const [key, stream] of this.#streams) {
      for (const [at, counts] of stream.byMinute) this.#age(stream, at, counts, passed);
      if (stream.byMinute.size === 0) this.#streams.delete(key);
    }
  }

  /** Takes a minute out of the sums that it has left since the last time. */
  #age(stream: Stream, at: number, counts: Tally, passed: number): void {
    const age = (this.#now - at) / minuteMs;
    for (const span of [10, 60] as const)
      if (age >= span && age - passed < span) addAll(stream.sums[span], counts, -1);
    if (age >= 60) stream.byMinute.delete(at);
  }

  /** A minute as it now stands; it takes the place of what was known of it. */
  put(cells: readonly Omit<Cell, "workspace">[]): void {
    const whole = new Map<string, Omit<Cell, "workspace">>();
    for (const cell of cells) {
      if (cell.name !== "") this.#place(cell);
      const key = `${cell.source} ${cell.minute}`;
      let sum = whole.get(key);
      if (sum === undefined) {
        sum = { source: cell.source, name: "", minute: cell.minute, last: 0, counts: new Map() };
        whole.set(key, sum);
      }
      sum.last = Math.max(sum.last, cell.last);
      addAll(sum.counts, withoutFields(cell.counts));
    }
    for (const cell of whole.values()) this.#place(cell);
  }

  views(): StreamView[] {
    return [...this.#streams.values()].map((stream) => this.#viewOf(stream));
  }

  /** One of them; null when nothing of it came in the hour. */
  view(source: number, name: string): StreamView | null {
    const stream = this.#streams.get(`${source} ${name}`);
    return stream === undefined ? null : this.#viewOf(stream);
  }

  #viewOf(stream: Stream): StreamView {
    return {
      source: stream.source,
      name: stream.name,
      last: stream.last,
      counted: (minutes) => this.#counted(stream, minutes),
      minutes: () => [...stream.byMinute].sort((x, y) => x[0] - y[0]),
    };
  }

  #place(cell: Omit<Cell, "workspace">): void {
    const age = (this.#now - cell.minute) / minuteMs;
    if (age >= 60 || age < -1) return;
    const key = `${cell.source} ${cell.name}`;
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      const { source, name } = cell;
      stream = { source, name, last: 0, byMinute: new Map(), sums: { 10: new Map(), 60: new Map() } };
      this.#streams.set(key, stream);
    }
    stream.last = Math.max(stream.last, cell.last);
    const before = stream.byMinute.get(cell.minute);
    stream.byMinute.set(cell.minute, cell.counts);
    for (const span of [10, 60] as const) {
      if (age >= span) continue;
      if (before !== undefined) addAll(stream.sums[span], before, -1);
      addAll(stream.sums[span], cell.counts);
    }
  }

  #counted(stream: Stream, minutes: Stretch): ReadonlyMap<string, number> {
    if (minutes === 1) return stream.byMinute.get(this.#now) ?? new Map();
    if (minutes === 2) return this.#sum(stream, 2);
    return stream.sums[minutes];
  }

  #sum(stream: Stream, minutes: number): Tally {
    const sum: Tally = new Map();
    for (let i = 0; i < minutes; i += 1) {
      const counts = stream.byMinute.get(this.#now - i * minuteMs);
      if (counts !== undefined) addAll(sum, counts);
    }
    return sum;
  }
}
