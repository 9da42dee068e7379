import { isExcluded, type Mark } from "../../cleaning/marks.ts";
import { insertRows, type OnCommitted } from "../../events/commit.store.ts";
import type { Event } from "../../events/event.ts";
import { hash64 } from "../../events/message-hash.ts";
import { genderOfWord } from "../../events/segment-traits.ts";
import { dateMarks } from "../../people/children.ts";
import type { Identity } from "../../people/identity.store.ts";
import type { RecordStatements } from "../../people/statements.store.ts";
import { latestToday } from "../../people/statements.store.ts";
import type { Statement } from "../../people/statements.ts";
import type { Vault } from "../../people/vault.store.ts";
import type { ClickHouse } from "../../platform/clickhouse.ts";
import type { Db } from "../../platform/postgres.ts";
import type { RefusedRowLine } from "../imports.store.ts";
import type { FileRecord, RecordKind } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { isAgeImpossible } from "./ages.ts";
import { isRefused } from "./gather.ts";
import {
  findBirthdays,
  findMessages,
  findStatedChildren,
  type StoredChild,
  type StoredFact,
} from "./known.store.ts";
import { addSlice, count, type Progress } from "./progress.ts";
import type { Reader } from "./reader.client.ts";
import type { HandedRecord, Slice } from "./slice.ts";

export interface SliceDeps {
  db: Db;
  clickhouse: ClickHouse;
  vault: Vault;
  identity: Pick<Identity, "resolve">;
  recordStatements: RecordStatements;
  onCommitted: readonly OnCommitted[];
}

/** What holds for a whole import. */
export interface ImportContext {
  id: number;
  workspace: number;
  source: number;
  preset: string;
  zone: string;
  startedAt: Date;
  /** When this slice is taken. */
  now: Date;
  /** Whether anything of this source can be known already. */
  lookUp: boolean;
}

interface Kept {
  rows: number;
  record: FileRecord;
  node: number;
  events: Event[];
  marks: Set<Mark>;
}

/** Commits one slice of a file and adds to the progress. Doing it again after a kill in the middle counts the same. */
export async function commitSlice(
  deps: SliceDeps,
  context: ImportContext,
  kind: RecordKind,
  { slice, reader }: { slice: Slice; reader: Reader },
  progress: Progress,
): Promise<{ refused: RefusedRowLine[]; nodes: number[] }> {
  const turnedDown = new Map<HandedRecord, RefusedRow>();
  const refuse = (record: HandedRecord, code: RefusedRow): void => {
    count(progress.reasons, code, record.rows);
    progress.refused += record.rows;
    turnedDown.set(record, code);
  };
  await deps.vault.ready(context.workspace);
  const kept = await identify(deps, context, slice.records, refuse);
  if (kind.checksAge) await markAges(deps, context, kept);
  const stored = await knownChildren(deps, kept);
  const known = context.lookUp
    ? await findMessages(
        deps.clickhouse,
        context.workspace,
        kept.flatMap(({ events, node }) => events.map(({ message, at }) => ({ node, message, at }))),
      )
    : new Map<string, StoredFact>();
  const received = Math.max(context.now.getTime(), (progress.writtenTo ?? 0) + 1);
  const fresh: Kept[] = [];
  for (const one of kept) {
    const standing = standingOf(context, one, { known, stored, savedTo: progress.writtenTo ?? 0 });
    progress[standing === "new" ? "added" : "repeated"] += one.rows;
    if (standing === "new") fresh.push(one);
    // What an earlier file of this very import said is in its totals already.
    if (standing !== "said-before") take(context, kind, one, stored, progress);
  }
  const said = fresh.flatMap((one) => statementsOf(context, one, received));
  if (said.length > 0) await deps.recordStatements(context.workspace, said);
  const origin = {
    workspace: context.workspace,
    source: context.source,
    import: context.id,
    received,
  };
  const rows = fresh.flatMap(({ events, node }) => events.map((event) => ({ event, node, origin })));
  await insertRows(
    deps,
    rows.filter(({ event }) => !known.has(event.message)),
  );
  progress.writtenTo = received;
  addSlice(slice, progress);
  progress.records = (progress.records ?? 0) + kept.length;
  const refused = await refusedRows(slice, reader, turnedDown, progress.file);
  return { refused, nodes: kind.personsAs === null ? [] : kept.map(({ node }) => node) };
}

async function refusedRows(
  slice: Slice,
  reader: Reader,
  turnedDown: ReadonlyMap<HandedRecord, RefusedRow>,
  file: number,
): Promise<RefusedRowLine[]> {
  const places = slice.records.flatMap((record, at) => (turnedDown.has(record) ? [at] : []));
  const rows = await reader.rowsOf(slice, places);
  return places.flatMap((at, i) => {
    const code = turnedDown.get(slice.records[at] as HandedRecord) as RefusedRow;
    const of = rows[i] ?? [];
    return of.map(({ line, cells }) => ({ file, line, recordLine: of[0]?.line ?? line, code, cells }));
  });
}

async function identify(
  { identity }: SliceDeps,
  context: ImportContext,
  slice: readonly HandedRecord[],
  refuse: (record: HandedRecord, code: RefusedRow) => void,
): Promise<Kept[]> {
  const readable: { record: HandedRecord; read: FileRecord; occurrence: number }[] = [];
  for (const record of slice) {
    const { read, occurrence } = record;
    if (isRefused(read)) refuse(record, read.refused);
    else readable.push({ record, read, occurrence });
  }
  const nodes = await identity.resolve(
    context.workspace,
    readable.map(({ read, occurrence }) => ({
      identifiers: read.identifiers,
      source: context.source,
      message: messageOf(context, read, occurrence, 0),
      at: new Date(read.events[0]?.at ?? context.startedAt),
      rule: "same-row" as const,
    })),
  );
  const kept: Kept[] = [];
  for (const [i, { record, read, occurrence }] of readable.entries()) {
    const node = nodes[i]?.[0];
    if (node === undefined) {
      refuse(record, "unusable-identifier");
      continue;
    }
    const marks = new Set(read.marks);
    if (
      read.child?.bornOn &&
      dateMarks({ bornOn: read.child.bornOn, dueOn: null }, latestToday(context.now)).length > 0
    )
      marks.add("date-impossible");
    const events = read.events.map(
      (event, e): Event => ({
        ...event,
        identifiers: read.identifiers,
        rule: "same-row",
        message: messageOf(context, read, occurrence, e),
        type: "track",
        marks: [],
        excluded: false,
        said: [],
      }),
    );
    kept.push({ rows: record.rows, record: read, node, events, marks });
  }
  return kept;
}

/** The same record of the same kind of file is the same message, whichever file and import it comes by. */
const messageOf = (
  { preset }: ImportContext,
  { key }: FileRecord,
  occurrence: number,
  event: number,
): string => hash64(`${preset} ${event} ${occurrence} ${key}`);

async function markAges({ db }: SliceDeps, { zone }: ImportContext, kept: readonly Kept[]): Promise<void> {
  const birthdays = await findBirthdays(db, [...new Set(kept.map(({ node }) => node))]);
  for (const { node, events, marks } of kept) {
    const born = birthdays.get(node);
    if (born !== undefined && events.some(({ at }) => isAgeImpossible(at, born, zone)))
      marks.add("age-impossible");
  }
}

async function knownChildren({ db }: SliceDeps, kept: readonly Kept[]): Promise<Map<number, StoredChild[]>> {
  const nodes = kept.filter(({ record }) => record.child !== null).map(({ node }) => node);
  const found = new Map<number, StoredChild[]>();
  for (const child of await findStatedChildren(db, nodes))
    found.set(child.node, [...(found.get(child.node) ?? []), child]);
  return found;
}

const sameChild = (
  { record, node }: Kept,
  stored: ReadonlyMap<number, StoredChild[]>,
): StoredChild | undefined =>
  stored.get(node)?.find((child) => child.bornOn === (record.child?.bornOn ?? null));

/**
 * New: unknown, or written by this very import in a slice that was cut off before its progress was saved. Said before:
 * by this import too, in a slice that is saved, as when a file was given twice. Known: by another import or a message.
 */
function standingOf(
  { id }: ImportContext,
  one: Kept,
  facts: {
    known: ReadonlyMap<string, StoredFact>;
    stored: ReadonlyMap<number, StoredChild[]>;
    savedTo: number;
  },
): "new" | "said-before" | "known" {
  const standing = (mine: boolean, writtenAt: number) =>
    mine ? (writtenAt > facts.savedTo ? "new" : "said-before") : "known";
  if (one.events.length === 0) {
    const child = sameChild(one, facts.stored);
    return child === undefined
      ? "new"
      : standing(child.statedBy === `import:${id}`, child.statedAt.getTime());
  }
  const each = one.events.map(({ message }) => {
    const fact = facts.known.get(message);
    return fact === undefined ? "new" : standing(fact.import === id, fact.received);
  });
  return each.find((one) => one === "new") ?? each[0] ?? "new";
}

/** Puts the marks on the events and counts what the file holds. */
function take(
  { id }: ImportContext,
  kind: RecordKind,
  one: Kept,
  stored: ReadonlyMap<number, StoredChild[]>,
  progress: Progress,
): void {
  const marks = [...one.marks];
  for (const mark of marks) count(progress.marks, mark);
  for (const event of one.events) Object.assign(event, { marks, excluded: isExcluded(marks) });
  count(progress.totals, kind.id);
  const before = sameChild(one, stored);
  const code = one.record.child?.genderCode;
  if (before === undefined || code === undefined || before.statedBy === `import:${id}`) return;
  const isDecided = before.gender !== null && before.gender !== "unknown";
  if (before.genderCode === null || before.genderCode === code || isDecided) return;
  // A word against a code: which code means what is not ours to guess.
  if (genderOfWord(before.genderCode) === undefined) count(progress.genders, `${before.genderCode}|${code}`);
}

function statementsOf({ id }: ImportContext, { record, node, events }: Kept, received: number): Statement[] {
  const at = new Date(events[0]?.at ?? received);
  const by = `import:${id}`;
  const said = record.child === null ? record.said : [record.child, ...record.said];
  return said.map((one): Statement => {
    if (one.kind === "child") return { ...one, node, at, statedBy: by };
    if (one.kind === "consent") return { ...one, node, at, saidBy: by };
    if (one.kind === "profile") return { ...one, node, at, message: `${by} ${received}` };
    return { ...one, node, at };
  });
}
