import type { Words } from "@stork/contract/common.ts";
import type { DictionaryEntry, SeenFrom, UsedBy } from "@stork/contract/dictionary.ts";
import type { SaidEntry } from "./entries.store.ts";
import { type EntryName, entryId, entryName } from "./entry-id.ts";
import { knownOf, sensitivityOf } from "./known.ts";
import { knownTags } from "./known-tags.ts";
import { leadsTo } from "./leads-to.ts";
import type { SeenName } from "./seen.store.ts";
import { typeOf } from "./value-kind.ts";

/** A figure of the outcomes room, as it stands there. */
export interface Figure {
  id: string;
  name: Words;
  definition: Words;
  unit: string;
}

export interface Material {
  seen: readonly SeenName[];
  said: ReadonlyMap<string, SaidEntry>;
  figures: readonly Figure[];
  uses: ReadonlyMap<string, readonly UsedBy[]>;
}

export type BareEntry = Omit<DictionaryEntry, "tasks"> & {
  /** Types of value that arrive beside the one that counts. */
  against: readonly string[];
};

/** Every name that arrived, is used or was written of, with what Stork knows, what people say and where it comes from. */
export function entriesOf({ seen, said, figures, uses }: Material): BareEntry[] {
  const byId = new Map<string, { name: EntryName; seen: SeenName[] }>();
  const of = (name: EntryName) => {
    const id = entryId(name);
    const known = byId.get(id) ?? { name, seen: [] };
    byId.set(id, known);
    return known;
  };
  for (const one of seen) of(one).seen.push(one);
  for (const id of [...said.keys(), ...uses.keys()]) {
    const name = entryName(id);
    if (name !== null && name.kind !== "metric") of(name);
  }
  for (const name of Object.keys(knownTags)) of({ kind: "tag", event: "", name });
  const entries = [...byId].map(([id, { name, seen }]) =>
    entryOf(id, name, seen, said.get(id), usersOf(id, uses)),
  );
  return [...entries, ...figures.map((figure) => metricOf(figure, said.get(`metric:${figure.id}`), uses))];
}

/** Whoever reads an entry, or what it goes on as: an order's amount is used by whom the sale's total is used by. */
function usersOf(id: string, uses: Material["uses"]): UsedBy[] {
  const users = new Map<string, UsedBy>();
  const reached = new Set([id]);
  for (const one of reached) {
    for (const user of uses.get(one) ?? []) users.set(`${user.kind} ${user.id}`, user);
    for (const next of leadsTo(one)) reached.add(next);
  }
  return [...users.values()];
}

function entryOf(
  id: string,
  { kind, event, name }: EntryName,
  seen: readonly SeenName[],
  said: SaidEntry | undefined,
  usedBy: readonly UsedBy[],
): BareEntry {
  const known = knownOf({ kind, name });
  const types = sumOfTypes(seen);
  const { type, against } = typeOf(types);
  const words = said?.said;
  // What was stated to be its type, or is read alike, stands against nothing.
  const agreed = [words?.type ?? known?.type, ...(words?.type === undefined ? (known?.also ?? []) : [])];
  return {
    ...{ id, kind, event: event === "" ? null : event, name },
    label: wordsOf(words?.label, known?.label),
    meaning: wordsOf(words?.meaning, known?.meaning),
    type: words?.type ?? known?.type ?? type,
    unit: words?.unit || (known?.unit ?? null),
    sensitivity: words?.sensitivity ?? sensitivityOf({ kind, name }),
    owner: words?.owner || null,
    status: said?.status ?? (known === null ? "learned" : "built-in"),
    seenFrom: seen.map(seenFrom),
    rows: seen.reduce((sum, { rows }) => sum + rows, 0),
    lastAt: newest(seen),
    usedBy: [...usedBy],
    against: against.filter((one) => !agreed.includes(one)),
  };
}

function metricOf(
  { id, name, definition, unit }: Figure,
  said: SaidEntry | undefined,
  uses: Material["uses"],
): BareEntry {
  return {
    ...{ id: `metric:${id}`, kind: "metric", event: null, name: id, label: name, meaning: definition },
    ...{ type: "number", unit, sensitivity: "internal", owner: said?.said.owner || null },
    ...{ status: "built-in", seenFrom: [], rows: 0, lastAt: null },
    usedBy: [...(uses.get(`metric:${id}`) ?? [])],
    against: [],
  };
}

function sumOfTypes(seen: readonly SeenName[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { types } of seen)
    for (const [type, count] of Object.entries(types)) sums[type] = (sums[type] ?? 0) + Number(count);
  return sums;
}

/** What people say wins, language by language. */
export function wordsOf(
  said: { zh?: string | undefined; en?: string | undefined } | undefined,
  known: Words | undefined,
): Words | null {
  const zh = said?.zh || known?.zh || said?.en;
  const en = said?.en || known?.en || said?.zh;
  return zh && en ? { zh, en } : null;
}

function seenFrom({ source, sourceName, rows, types, firstAt, lastAt }: SeenName): SeenFrom {
  return {
    source: { id: String(source), name: sourceName },
    ...{ rows, types },
    ...{ firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
  };
}

function newest(seen: readonly SeenName[]): string | null {
  const last = Math.max(...seen.map(({ lastAt }) => lastAt.getTime()));
  return seen.length === 0 ? null : new Date(last).toISOString();
}
