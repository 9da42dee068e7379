import type { CommittedRow } from "../events/committed-row.ts";
import type { Said } from "../events/event.ts";
import { textOf } from "../events/utf8.ts";
import { identifyingKey, looksPersonal } from "../people/personal.ts";
import type { RecordOrigin, StatedRecord } from "../records/record.ts";
import { kindOfValue, type ValueKind } from "./value-kind.ts";

/** A name as it arrived from one source since the last time it was written down. */
export interface Sighting {
  workspace: number;
  kind: "event" | "property" | "trait" | "record" | "field";
  /** Of a property the event, of a field the kind of record. */
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
      for (const said of event.said) this.#said(workspace, source, said, at);
    }
    for (const [source, spans] of bySource)
      for (const [name, { rows: count, firstAt, lastAt }] of spans)
        if (name !== "" && name.length <= longestName)
          this.count({ workspace, source, kind: "event" }, name, count, firstAt, lastAt);
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
      const of = { workspace, source: origin.source, kind: "property", event: event.name } as const;
      this.look(of, event.properties, event.at);
      left -= 1;
      if (left === 0) return;
    }
  }

  /** Records just kept, of one source and with the same instant of arrival. Of each kind a few are looked into. */
  seeRecords({ workspace, source, received }: RecordOrigin, records: readonly StatedRecord[]): void {
    const keyOfKind = (kind: string) => `${workspace} ${source} record ${kind}`;
    const spans = new Map<string, Span & { looked: number }>();
    for (const record of records) {
      const { kind } = record;
      const when = record.at ?? received;
      let span = spans.get(kind);
      if (span === undefined) {
        span = { rows: 0, firstAt: when, lastAt: when, looked: this.#looked.get(keyOfKind(kind)) ?? 0 };
        spans.set(kind, span);
      }
      span.rows += 1;
      if (when < span.firstAt) span.firstAt = when;
      if (when > span.lastAt) span.lastAt = when;
      if (span.looked >= sampledRows) continue;
      span.looked += 1;
      // A packed record makes these when it is asked: of the few that are looked into alone.
      this.look({ workspace, source, kind: "field", event: kind }, textOf(record.fields), when);
      for (const one of record.said) this.#said(workspace, source, one, when);
    }
    for (const [kind, { rows, firstAt, lastAt, looked }] of spans) {
      this.#looked.set(keyOfKind(kind), looked);
      this.count({ workspace, source, kind: "record" }, kind, rows, firstAt, lastAt);
    }
  }

  /** The properties of one row or the fields of one record, as JSON. */
  look(
    of: Pick<Sighting, "workspace" | "source" | "event"> & { kind: "property" | "field" },
    properties: string,
    at: number,
  ): void {
    let read: unknown;
    try {
      read = JSON.parse(properties);
    } catch {
      return;
    }
    if (typeof read !== "object" || read === null || Array.isArray(read)) return;
    for (const [name, value] of Object.entries(read).slice(0, mostProperties))
      if (isName(name)) this.#add({ ...of, name }, at, 1, kindOfValue(value));
  }

  count(
    of: Pick<Sighting, "workspace" | "source"> & { kind: "event" | "record" },
    name: string,
    rows: number,
    firstAt: number,
    lastAt: number,
  ): void {
    this.#add({ ...of, event: "", name }, firstAt, rows);
    this.#add({ ...of, event: "", name }, lastAt, 0);
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

  #said(workspace: number, source: number, said: Said, at: number): void {
    for (const [name, value] of Object.entries(traitsOf(said)).slice(0, mostProperties))
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

/** What is said of a person under the names of traits: a child's dates are those that made it a child. */
function traitsOf(said: Said): Readonly<Record<string, unknown>> {
  if (said.kind === "traits") return said.traits;
  if (said.kind !== "child") return {};
  const { dueOn, bornOn, genderCode } = said;
  return {
    ...(dueOn === undefined ? {} : { dueDate: dueOn }),
    ...(bornOn === undefined ? {} : { babyBirthday: bornOn }),
    ...(genderCode === undefined ? {} : { babyGender: genderCode }),
  };
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
