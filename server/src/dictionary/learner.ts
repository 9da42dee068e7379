import type { CommittedRow } from "../events/commit.store.ts";
import { identifyingKey, looksPersonal } from "../people/personal.ts";
import { kindOfValue, type ValueKind } from "./value-kind.ts";

/** A name as it arrived from one source since the last time it was written down. */
export interface Sighting {
  workspace: number;
  kind: "event" | "property" | "trait";
  event: string;
  name: string;
  source: number;
  rows: number;
  types: Partial<Record<ValueKind, number>>;
  firstAt: number;
  lastAt: number;
}

interface Span {
  rows: number;
  firstAt: number;
  lastAt: number;
}

/** Of each event and source this many rows are looked into between two writings; all are counted. */
const sampledRows = 40;
/** Names kept in memory between two writings; a sender that invents names cannot fill it. */
const mostNames = 20_000;
/** Of one event. Keys that are data (an id as a key) are not names. */
const mostProperties = 200;
const longestName = 120;

/** Gathers which names arrive, and with what kinds of value. It keeps no value. */
export class Learner {
  #seen = new Map<string, Sighting>();
  #looked = new Map<string, number>();
  /** Names that found no room since the last writing. */
  overflow = 0;

  /** Rows just committed, of one workspace. A row costs a look-up of its name; looking into one is rare by `sampledRows`. */
  see(workspace: number, rows: readonly CommittedRow[]): void {
    const bySource = new Map<number, Map<string, Span>>();
    for (const { event, origin } of rows) {
      const { name, at } = event;
      const { source } = origin;
      const spans = bySource.get(source) ?? new Map<string, Span>();
      if (spans.size === 0) bySource.set(source, spans);
      const span = spans.get(name);
      if (span === undefined) spans.set(name, { rows: 1, firstAt: at, lastAt: at });
      else {
        span.rows += 1;
        if (at < span.firstAt) span.firstAt = at;
        if (at > span.lastAt) span.lastAt = at;
      }
      for (const said of event.said)
        if (said.kind === "traits") this.#traits(workspace, source, said.traits, at);
    }
    for (const [source, spans] of bySource)
      for (const [name, { rows: count, firstAt, lastAt }] of spans)
        if (name !== "" && name.length <= longestName)
          this.count(workspace, source, name, count, firstAt, lastAt);
    this.#sample(workspace, rows, bySource);
  }

  /** Looks into the first rows of each name that has not had its share since the last writing. */
  #sample(
    workspace: number,
    rows: readonly CommittedRow[],
    bySource: ReadonlyMap<number, ReadonlyMap<string, Span>>,
  ): void {
    const room = new Map<number, Map<string, number>>();
    let left = 0;
    for (const [source, spans] of bySource) {
      const mine = new Map<string, number>();
      room.set(source, mine);
      for (const name of spans.keys()) {
        const more = sampledRows - (this.#looked.get(`${workspace} ${source} ${name}`) ?? 0);
        if (more <= 0 || name === "" || name.length > longestName) continue;
        mine.set(name, more);
        left += more;
      }
    }
    for (const { event, origin } of left > 0 ? rows : []) {
      const mine = room.get(origin.source);
      const more = mine?.get(event.name) ?? 0;
      if (more <= 0 || event.properties.length < 3) continue;
      mine?.set(event.name, more - 1);
      const key = `${workspace} ${origin.source} ${event.name}`;
      this.#looked.set(key, (this.#looked.get(key) ?? 0) + 1);
      this.look(workspace, origin.source, event.name, event.properties, event.at);
      left -= 1;
      if (left === 0) return;
    }
  }

  /** One row's properties, as JSON. */
  look(workspace: number, source: number, event: string, properties: string, at: number): void {
    let read: unknown;
    try {
      read = JSON.parse(properties);
    } catch {
      return;
    }
    if (typeof read !== "object" || read === null || Array.isArray(read)) return;
    for (const [name, value] of Object.entries(read).slice(0, mostProperties))
      if (isName(name))
        this.#add({ workspace, kind: "property", event, name, source }, at, 1, kindOfValue(value));
  }

  count(
    workspace: number,
    source: number,
    name: string,
    rows: number,
    firstAt: number,
    lastAt: number,
  ): void {
    this.#add({ workspace, kind: "event", event: "", name, source }, firstAt, rows);
    this.#add({ workspace, kind: "event", event: "", name, source }, lastAt, 0);
  }

  /** What was gathered, to be written down; the learner begins anew. */
  take(): Sighting[] {
    const seen = [...this.#seen.values()];
    this.#seen = new Map();
    this.#looked = new Map();
    this.overflow = 0;
    return seen;
  }

  /** Takes back what could not be written. */
  giveBack(sightings: readonly Sighting[]): void {
    for (const each of sightings) {
      const known = this.#seen.get(keyOf(each));
      if (known === undefined) this.#seen.set(keyOf(each), each);
      else merge(known, each);
    }
  }

  #traits(workspace: number, source: number, traits: Readonly<Record<string, unknown>>, at: number): void {
    for (const [name, value] of Object.entries(traits).slice(0, mostProperties))
      if (isName(name))
        this.#add({ workspace, kind: "trait", event: "", name, source }, at, 1, kindOfValue(value, true));
  }

  #add(
    what: Pick<Sighting, "workspace" | "kind" | "event" | "name" | "source">,
    at: number,
    rows: number,
    kind?: ValueKind,
  ): void {
    const key = keyOf(what);
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      if (this.#seen.size >= mostNames) {
        if (rows > 0) this.overflow += 1;
        return;
      }
      seen = { ...what, rows: 0, types: {}, firstAt: at, lastAt: at };
      this.#seen.set(key, seen);
    }
    seen.rows += rows;
    if (at < seen.firstAt) seen.firstAt = at;
    if (at > seen.lastAt) seen.lastAt = at;
    if (kind !== undefined) seen.types[kind] = (seen.types[kind] ?? 0) + 1;
  }
}

/** A key that is itself a phone number or an address is somebody's data, not a name; `phone` is a name. */
const isName = (key: string): boolean =>
  key !== "" &&
  key.length <= longestName &&
  key.isWellFormed() &&
  !key.includes("\0") &&
  (identifyingKey(key) || !looksPersonal(key));

const keyOf = ({
  workspace,
  kind,
  event,
  name,
  source,
}: Omit<Sighting, "rows" | "types" | "firstAt" | "lastAt">) =>
  `${workspace}\n${source}\n${kind}\n${event}\n${name}`;

function merge(into: Sighting, more: Sighting): void {
  into.rows += more.rows;
  into.firstAt = Math.min(into.firstAt, more.firstAt);
  into.lastAt = Math.max(into.lastAt, more.lastAt);
  for (const [kind, count] of Object.entries(more.types))
    into.types[kind as ValueKind] = (into.types[kind as ValueKind] ?? 0) + count;
}
