import type { Definition } from "@stork/contract/journeys.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { entryMeaning } from "./entries.ts";

export interface LiveJourney {
  readonly id: number;
  readonly workspace: number;
  readonly timeZone: string;
  readonly name: string;
  readonly version: number;
  readonly definition: Definition;
}

/** What the events that arrive are held against: in memory, by workspace and name. */
export interface LiveTable {
  /** The journeys that wait for an event of this name; undefined for nearly every event. */
  wokenBy(workspace: number): ReadonlyMap<string, readonly LiveJourney[]> | undefined;
  readonly journeys: readonly LiveJourney[];
  /** Whether anybody may be on the way in this workspace. */
  isUsed(workspace: number): boolean;
  /** Reads again what has changed. */
  refresh(): Promise<void>;
  /** What comes before the first reading is told of, too. */
  ready(): Promise<void>;
}

interface Seen {
  id: number;
  workspace: number;
  status: string;
  version: number;
}

/** Started on another server, a journey is known here at the next look, within a second. */
export function createLiveTable(db: Db): LiveTable {
  let journeys: readonly LiveJourney[] = [];
  let byName = new Map<number, Map<string, LiveJourney[]>>();
  let used: ReadonlySet<number> = new Set();
  let seen: string | null = null;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    const { rows } = await sql<Seen>`
      select id, workspace_id as workspace, status, version from journey where status in ('live', 'paused')
      order by id`.execute(db);
    const now = JSON.stringify(rows);
    if (now === seen) return;
    const live = rows.filter(({ status }) => status === "live").map(({ id }) => id);
    journeys = live.length === 0 ? [] : await findDefinitions(db, live);
    byName = tableOf(journeys);
    used = new Set(rows.map(({ workspace }) => workspace));
    seen = now;
  };
  const refresh = (): Promise<void> => {
    // One that has begun may have looked before the change that is to be seen.
    reading = (reading ?? Promise.resolve()).catch(() => undefined).then(read);
    return reading;
  };
  return {
    wokenBy: (workspace) => byName.get(workspace),
    get journeys() {
      return journeys;
    },
    isUsed: (workspace) => used.has(workspace),
    refresh,
    async ready() {
      if (seen === null) await refresh();
    },
  };
}

async function findDefinitions(db: Db, ids: readonly number[]): Promise<LiveJourney[]> {
  const { rows } = await sql<LiveJourney>`
    select journey.id, workspace_id as workspace, time_zone as "timeZone", journey.name, journey.version, definition
    from journey join journey_version on journey_id = journey.id and journey_version.version = journey.version
      join workspace on workspace.id = workspace_id
    where journey.id = any(${[...ids]}::int[]) order by journey.id`.execute(db);
  return rows;
}

function tableOf(journeys: readonly LiveJourney[]): Map<number, Map<string, LiveJourney[]>> {
  const table = new Map<number, Map<string, LiveJourney[]>>();
  for (const journey of journeys) {
    const { entry } = journey.definition;
    const name = entryMeaning(entry).wokenBy(entry);
    if (name === null) continue;
    const names = table.get(journey.workspace) ?? new Map<string, LiveJourney[]>();
    table.set(journey.workspace, names);
    names.set(name, [...(names.get(name) ?? []), journey]);
  }
  return table;
}
