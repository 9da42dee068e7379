import type { UsedBy } from "@stork/contract/dictionary.ts";
import { sql } from "kysely";
import { findUnfinished } from "../journeys/journey.store.ts";
import { conditionsOf } from "../journeys/stands-on.ts";
import type { Db } from "../platform/postgres.ts";
import type { Mention } from "../segments/condition.ts";
import { findSegments } from "../segments/segments.store.ts";
import { mentionsOf } from "../segments/sentence.ts";
import { entryId } from "./entry-id.ts";
import { eventsOfFigures, figures } from "./figures.ts";

/** A user of names: what it reads, and what reads it. */
export interface User extends UsedBy {
  /** Entries it speaks of. */
  entries: readonly string[];
  /** Ids of the segments it stands on. */
  segments: readonly string[];
}

/** Everything of a workspace that reads names. */
export async function findUsers(db: Db, workspace: number): Promise<User[]> {
  const [segments, journeys] = await Promise.all([
    findSegments(db, workspace),
    findUnfinished(db, workspace),
  ]);
  const { rows: campaigns } = await sql<{ id: number; name: string; segment: number; event: string }>`
    select id, name, segment_id as segment, conversion_event as event from campaign
    where workspace_id = ${workspace} and journey_id is null order by id desc limit 1000`.execute(db);
  return [
    ...segments.map(({ where, ...one }) => userBy("segment", one, mentionsOf(where))),
    ...journeys.map(({ definition, ...one }) =>
      userBy("journey", one, conditionsOf(definition).flatMap(mentionsOf)),
    ),
    ...campaigns.map(
      ({ id, name, segment, event }): User => ({
        ...{ kind: "campaign", id: String(id), name: { zh: name, en: name } },
        entries: [entryId({ kind: "event", event: "", name: event })],
        segments: [String(segment)],
      }),
    ),
    ...figures.map(
      ({ id, name }): User => ({
        ...{ kind: "metric", id, name, segments: [] },
        entries: (eventsOfFigures[id] ?? []).map((event) => `event:${event}`),
      }),
    ),
  ];
}

const userBy = (
  kind: "segment" | "journey",
  { id, name }: { id: number; name: string },
  mentions: readonly Mention[],
): User => ({
  ...{ kind, id: String(id), name: { zh: name, en: name } },
  entries: [...new Set(mentions.flatMap(entriesOf))],
  segments: [...new Set(mentions.flatMap((one) => ("segment" in one ? [one.segment] : [])))],
});

function entriesOf(mention: Mention): string[] {
  if ("trait" in mention) return [entryId({ kind: "trait", event: "", name: mention.trait })];
  if ("tag" in mention) return [entryId({ kind: "tag", event: "", name: mention.tag })];
  if (!("event" in mention)) return [];
  const event = entryId({ kind: "event", event: "", name: mention.event });
  if (mention.property === undefined) return [event];
  return [event, entryId({ kind: "property", event: mention.event, name: mention.property })];
}

/** Who uses each entry. A campaign or a journey uses what its segments use. */
export function usesOf(users: readonly User[]): Map<string, UsedBy[]> {
  const uses = new Map<string, UsedBy[]>();
  const entriesOfSegment = new Map(
    users.filter(({ kind }) => kind === "segment").map(({ id, entries }) => [id, entries]),
  );
  for (const { kind, id, name, entries, segments } of users) {
    const taken =
      kind === "campaign" || kind === "journey"
        ? segments.flatMap((one) => entriesOfSegment.get(one) ?? [])
        : [];
    for (const entry of new Set([...entries, ...taken]))
      uses.set(entry, [...(uses.get(entry) ?? []), { kind, id, name }]);
  }
  return uses;
}
