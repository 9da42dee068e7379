import type { CommittedRow } from "../events/committed-row.ts";
import { countEvent } from "./count-event.ts";
import { FieldsHeard } from "./fields-heard.ts";
import { lookAtFields } from "./look-at-fields.ts";
import { add, type Tally } from "./tally.ts";

/** What was counted of one event name of a source in one minute; name "": of the source itself. */
export interface Cell {
  workspace: number;
  source: number;
  name: string;
  /** The start of the minute, in milliseconds since 1970. */
  minute: number;
  /** When the newest was received; 0 for what is no event. */
  last: number;
  counts: Tally;
}

/**
 * The fields that an event is known to have, each with the values it is known to take, so that new ones are counted (null:
 * any). Null: nothing is known of the event.
 */
export type KnownFields = ReadonlyMap<string, ReadonlySet<string> | null> | null;

interface Stream {
  name: string;
  cell: Cell | null;
  /** Looked at since the last flush. */
  looked: number;
  /** Counted since the last flush, and by how much the sample steps over. */
  passed: number;
  step: number;
}

export const minuteMs = 60_000;
/** Of each source and event name between two flushes. */
const mostLooked = 24;
/** More names than any shop has in a week, for so long the watch looks back; beyond them they are counted together. */
const mostNames = 400;
const namesKeptMs = 7 * 86_400_000;
const otherNames = "*";

/**
 * Counts every committed event and looks into a few. It runs before the sender is answered, so all it does for most
 * events is to add up; what is looked into is bounded whatever arrives, and so is its memory.
 */
export class Sampler {
  /** The names of a source that are counted each by itself, and when each was last heard. */
  readonly #named = new Map<number, Map<string, number>>();
  readonly #sources = new Map<number, Map<string, Stream>>();
  readonly #fields = new FieldsHeard();
  readonly #known: (workspace: number, source: number, name: string) => KnownFields;
  #done: Cell[] = [];

  constructor(known: (workspace: number, source: number, name: string) => KnownFields = () => null) {
    this.#known = known;
  }

  take(workspace: number, rows: readonly CommittedRow[]): void {
    let stream: Stream | undefined;
    let source = -1;
    for (const { event, origin } of rows) {
      if (stream === undefined || origin.source !== source || stream.name !== event.name) {
        source = origin.source;
        stream = this.#streamOf(source, event.name, origin.received);
      }
      const cell = this.#cellOf(stream, workspace, source, origin.received);
      if (origin.received > cell.last) cell.last = origin.received;
      countEvent(cell.counts, event, origin.received, origin.import > 0);
      stream.passed += 1;
      if (stream.looked >= mostLooked || stream.passed % stream.step !== 0) continue;
      stream.looked += 1;
      const { counts } = cell;
      const { name } = stream;
      const of = source;
      const known = this.#known(workspace, source, event.name);
      lookAtFields(counts, event, {
        // What is known to come is always counted: it would look as if it were missing.
        counts: (field) => known?.has(field) === true || this.#fields.hears(of, name, field, origin.received),
        onText: (field, hash) => {
          const values = known?.get(field);
          if (values === undefined || values === null) return;
          add(counts, `values ${field}`);
          if (!values.has(hash)) add(counts, `new ${field}`);
        },
      });
      for (const { namespace, value } of event.identifiers)
        if (namespace === "phone") {
          add(counts, "phones");
          if (!isPhone(value)) add(counts, "phones-odd");
        }
    }
  }

  /** Something of the source that is no event: refused items and the like. */
  note(workspace: number, source: number, counts: Readonly<Record<string, number>>, at: number): void {
    const cell = this.#cellOf(this.#streamOf(source, "", at), workspace, source, at);
    cell.last = 0;
    for (const [key, count] of Object.entries(counts)) add(cell.counts, key, count);
  }

  /** What was counted since the last time; it is the caller's from now on. */
  flush(): Cell[] {
    const cells = this.#done;
    this.#done = [];
    for (const [source, streams] of this.#sources)
      for (const [name, stream] of streams) {
        if (stream.cell === null) {
          // Nothing for a while: forgotten, so that names which come once do not gather.
          streams.delete(name);
          continue;
        }
        cells.push(stream.cell);
        if (name !== "" && name !== otherNames) this.#hear(source, name, stream.cell.minute);
        stream.cell = null;
        stream.step = Math.max(1, Math.floor(stream.passed / mostLooked));
        stream.passed = 0;
        stream.looked = 0;
      }
    return cells;
  }

  /** What could not be written is kept for the next time, unless there is too much of it. */
  putBack(cells: readonly Cell[]): void {
    if (this.#done.length < 20_000) this.#done.push(...cells);
  }

  #streamOf(source: number, name: string, at: number): Stream {
    let streams = this.#sources.get(source);
    if (streams === undefined) {
      streams = new Map();
      this.#sources.set(source, streams);
    }
    const found = streams.get(name);
    if (found !== undefined) return found;
    const isOwn = name === "" || name === otherNames || this.#isNamed(source, name, at);
    if (!isOwn) return this.#streamOf(source, otherNames, at);
    const made = { name, cell: null, looked: 0, passed: 0, step: 1 };
    streams.set(name, made);
    return made;
  }

  /** A sender that puts ids into its names would fill the profiles, and the watch looks at each name it finds there. */
  #isNamed(source: number, name: string, at: number): boolean {
    const named = this.#named.get(source);
    if (named !== undefined && !named.has(name) && named.size >= mostNames) {
      // In the order in which they were last heard: the first is the oldest.
      const [oldest = ["", at]] = named;
      if (at - oldest[1] < namesKeptMs) return false;
      named.delete(oldest[0]);
    }
    this.#hear(source, name, at);
    return true;
  }

  #hear(source: number, name: string, at: number): void {
    const named = this.#named.get(source) ?? new Map<string, number>();
    this.#named.set(source, named);
    named.delete(name);
    named.set(name, at);
  }

  #cellOf(stream: Stream, workspace: number, source: number, received: number): Cell {
    const { cell } = stream;
    if (cell !== null && received >= cell.minute && received < cell.minute + minuteMs) return cell;
    if (cell !== null) this.#done.push(cell);
    const minute = Math.floor(received / minuteMs) * minuteMs;
    stream.cell = { workspace, source, name: stream.name, minute, last: 0, counts: new Map() };
    return stream.cell;
  }
}

/** A mainland mobile number, or an international one; see people/normalise.ts for what is made of it. */
const isPhone = (value: string): boolean =>
  /^(?:\+?86[- ]?)?1[3-9]\d{9}$|^\+[1-9]\d{6,14}$/.test(value.replaceAll(/[\s-]/g, ""));
