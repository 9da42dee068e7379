import type { Language, Words } from "@stork/contract/common.ts";
import type { Condition, CountAnswer, Segment } from "@stork/contract/segments.ts";
import type { PersonMap } from "../people/person-map.store.ts";
import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { checkCondition, checkCycle } from "./check.ts";
import { personsMatching } from "./compile.ts";
import { findUnheard } from "./heard.store.ts";
import { countMembers, type MemberCount } from "./membership.store.ts";
import type { Refresher } from "./refresher.job.ts";
import { inUse, unknownSegment } from "./refusals.ts";
import {
  findSegments,
  insertSegment,
  removeSegment,
  type StoredSegment,
  savedSegments,
  updateSegment,
} from "./segments.store.ts";
import { mentionedSegments, mentionsOf, sentenceOf, warningsOf } from "./sentence.ts";

export interface SegmentsParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  refresher: Pick<Refresher, "evaluate">;
  personMap: Pick<PersonMap, "settled">;
  /** Later rooms refuse here, by name, while something of theirs stands on a segment. */
  beforeRemoval?: readonly BeforeRemoval[];
}

export type BeforeRemoval = (workspace: number, segment: string) => Promise<void>;

interface Workspace {
  id: number;
  timeZone: string;
}

const week = 7 * 86_400_000;

/** How a condition reads, and what about it looks like a mistake. */
export async function describeCondition(
  { db, clickhouse }: SegmentsParts,
  workspace: Workspace,
  where: Condition,
  language: Language,
): Promise<{ sentence: Words; warnings: Words[] }> {
  const segments = savedSegments(await findSegments(db, workspace.id));
  checkCondition(where, segments, language);
  const unheard = await findUnheard(clickhouse, workspace.id, mentionsOf(where));
  return { sentence: sentenceOf(where, segments), warnings: [...warningsOf(where), ...unheard] };
}

export async function countPersons(
  parts: SegmentsParts,
  workspace: Workspace,
  where: Condition,
  language: Language,
): Promise<CountAnswer> {
  const { db, clickhouse, clock, personMap } = parts;
  const started = performance.now();
  const segments = savedSegments(await findSegments(db, workspace.id));
  checkCondition(where, segments, language);
  const matching = personsMatching(workspace, where, clock.now(), { segments });
  // Who sends an event and asks at once must see the joins it made: the map follows within a moment.
  await personMap.settled();
  const [[row], unheard] = await Promise.all([
    clickhouse.query<{ persons: number }>(ch`select count() as persons from (${matching})`),
    findUnheard(clickhouse, workspace.id, mentionsOf(where)),
  ]);
  return {
    persons: row?.persons ?? 0,
    tookMs: Math.round(performance.now() - started),
    sentence: sentenceOf(where, segments),
    warnings: [...warningsOf(where), ...unheard],
  };
}

export async function listSegments(
  { db, clickhouse, clock }: SegmentsParts,
  workspace: Workspace,
): Promise<Segment[]> {
  const [all, counts] = await Promise.all([
    findSegments(db, workspace.id),
    countMembers(clickhouse, workspace.id, new Date(clock.now().getTime() - week)),
  ]);
  return all.map((segment) => shown(segment, all, counts.get(segment.id)));
}

export async function readSegment(parts: SegmentsParts, workspace: Workspace, id: string): Promise<Segment> {
  return found((await listSegments(parts, workspace)).find((segment) => segment.id === id));
}

/** Answers when the members are worked out, so that the next question finds them. */
export async function createSegment(
  parts: SegmentsParts,
  workspace: Workspace,
  { name, where }: { name: string; where: Condition },
  language: Language,
): Promise<Segment> {
  const { db, clock, refresher } = parts;
  checkCondition(where, savedSegments(await findSegments(db, workspace.id)), language);
  const { id } = await insertSegment(db, workspace.id, { name, where }, clock.now());
  await refresher.evaluate(workspace, id);
  return readSegment(parts, workspace, String(id));
}

export async function changeSegment(
  parts: SegmentsParts,
  workspace: Workspace,
  id: string,
  change: { name?: string | undefined; where?: Condition | undefined },
  language: Language,
): Promise<Segment> {
  const all = await findSegments(parts.db, workspace.id);
  found(all.find((segment) => String(segment.id) === id));
  if (change.where !== undefined) {
    checkCondition(change.where, savedSegments(all), language);
    checkCycle(id, change.where, savedSegments(all));
  }
  found(await updateSegment(parts.db, workspace.id, Number(id), change));
  if (change.where !== undefined) {
    // Those who take this segment in have changed with it.
    for (const each of [Number(id), ...dependants(id, all)]) await parts.refresher.evaluate(workspace, each);
  }
  return readSegment(parts, workspace, id);
}

export async function deleteSegment(
  { db, clock, beforeRemoval = [] }: SegmentsParts,
  workspace: Workspace,
  id: string,
): Promise<void> {
  const all = await findSegments(db, workspace.id);
  found(all.find((segment) => String(segment.id) === id));
  const users = all
    .filter((segment) => mentionedSegments(segment.where).includes(id))
    .map(({ name }) => name);
  if (users.length > 0) throw new Refusal(inUse, { users: users.join("、") });
  for (const mayRefuse of beforeRemoval) await mayRefuse(workspace.id, id);
  await removeSegment(db, workspace.id, Number(id), clock.now());
}

/** The segments that take this one in, directly or through others. */
function dependants(id: string, all: readonly StoredSegment[]): number[] {
  const seen = new Set<string>([id]);
  for (let size = 0; size !== seen.size; ) {
    size = seen.size;
    for (const segment of all) {
      if (mentionedSegments(segment.where).some((other) => seen.has(other))) seen.add(String(segment.id));
    }
  }
  return [...seen].filter((other) => other !== id).map(Number);
}

function shown(
  segment: StoredSegment,
  all: readonly StoredSegment[],
  count: MemberCount | undefined,
): Segment {
  const { id, name, where, freshAt, createdAt } = segment;
  return {
    id: String(id),
    name,
    where,
    sentence: sentenceOf(where, savedSegments(all)),
    persons: freshAt === null ? null : (count?.persons ?? 0),
    freshAt: freshAt?.toISOString() ?? null,
    entered7Days: count?.entered7Days ?? 0,
    left7Days: count?.left7Days ?? 0,
    createdAt: createdAt.toISOString(),
  };
}

function found<T>(segment: T | null | undefined): T {
  if (segment === null || segment === undefined) throw new Refusal(unknownSegment);
  return segment;
}
