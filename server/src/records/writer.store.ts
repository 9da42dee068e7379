import { randomUUID } from "node:crypto";
import type { RecordKindId } from "@stork/contract/records.ts";
import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { halvesOfTexts, KnownIds } from "./known-ids.ts";
import { countRecords, streamIds } from "./versions.store.ts";

/**
 * Lets one batch at a time write a workspace's records, over all servers: what counts is decided by what is known, so
 * nobody may add to that in between. Remembers which records exist for as long as nobody else wrote.
 */
export interface Writers {
  write<Answer>(workspace: number, work: (memory: Memory) => Promise<Answer>): Promise<Answer>;
}

export interface Memory {
  /** Of these records, by the halves of their ids, the places of those that may be known; the others surely are not. */
  mayKnow(kind: RecordKindId, halves: Uint32Array): Promise<number[]>;
  added(kind: RecordKindId, halves: Uint32Array): void;
}

/** A turn holds a connection while its work asks for more: all of them must never be held by turns. */
const turnsAtOnce = 3;
/** So many batches in a row without another writer before it pays to remember. */
const aloneAfter = 3;
/** A batch this large pays for reading all ids once. */
const largeBatch = 2_000;
const mostFilters = 24;

interface Alone {
  batches: number;
  readonly filters: Map<RecordKindId, KnownIds>;
}

export function createWriters(db: Db, clickhouse: ClickHouse): Writers {
  const server = randomUUID();
  const turns = new Map<number, Promise<unknown>>();
  const alone = new Map<number, Alone>();
  const limit = createLimit(turnsAtOnce);

  async function locked<Answer>(
    workspace: number,
    work: (memory: Memory) => Promise<Answer>,
  ): Promise<Answer> {
    return db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(7184, ${workspace}::int)`.execute(connection);
      try {
        const { rows } = await sql<{ before: string | null }>`
          with old as (select server from record_writer where workspace_id = ${workspace})
          insert into record_writer (workspace_id, server) values (${workspace}, ${server})
          on conflict (workspace_id) do update set server = excluded.server
          returning (select server from old) as before`.execute(connection);
        const before = rows[0]?.before ?? null;
        if (before !== server && before !== null) alone.delete(workspace);
        const mine = alone.get(workspace) ?? {
          batches: before === null ? aloneAfter : 0,
          filters: new Map(),
        };
        mine.batches += 1;
        alone.delete(workspace);
        alone.set(workspace, mine);
        forgetOldest(alone);
        return await work(memoryOf(clickhouse, workspace, mine));
      } catch (error) {
        // What was written is not sure: better to ask again than to take a known record for a new one.
        alone.delete(workspace);
        throw error;
      } finally {
        await sql`select pg_advisory_unlock(7184, ${workspace}::int)`.execute(connection);
      }
    });
  }

  return {
    write(workspace, work) {
      const before = turns.get(workspace) ?? Promise.resolve();
      const mine = before.catch(() => undefined).then(() => limit(() => locked(workspace, work)));
      turns.set(workspace, mine);
      return mine;
    },
  };
}

/** Keeps everybody from writing records, and from telling events of them, in some workspaces while something is done. */
export async function withoutWriters<Answer>(
  db: Db,
  workspaces: readonly number[],
  work: () => Promise<Answer>,
): Promise<Answer> {
  // In one order, so that two who wait for several never wait for each other.
  const [first, ...others] = [...new Set(workspaces)].sort((a, b) => a - b);
  if (first === undefined) return work();
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(7184, ${first}::int)`.execute(connection);
    try {
      return await withoutWriters(db, others, work);
    } finally {
      await sql`select pg_advisory_unlock(7184, ${first}::int)`.execute(connection);
    }
  });
}

function memoryOf(clickhouse: ClickHouse, workspace: number, { batches, filters }: Alone): Memory {
  async function filterFor(kind: RecordKindId, wanted: number): Promise<KnownIds | null> {
    const filter = filters.get(kind);
    if (filter !== undefined) return filter;
    if (batches < aloneAfter) return null;
    const rows = await countRecords(clickhouse, workspace, kind);
    if (rows > 0 && wanted < largeBatch) return null;
    // Where a large file begins, there is room for more of it.
    const made = new KnownIds(Math.max(rows + wanted, wanted >= largeBatch ? 1_000_000 : 0));
    if (rows > 0)
      for await (const ids of streamIds(clickhouse, workspace, kind)) addAll(made, halvesOfTexts(ids));
    filters.set(kind, made);
    return made;
  }
  return {
    async mayKnow(kind, halves) {
      const filter = await filterFor(kind, halves.length / 2);
      const places: number[] = [];
      for (let i = 0; i < halves.length; i += 2)
        if (filter === null || filter.mayHave(halves[i] as number, halves[i + 1] as number))
          places.push(i / 2);
      return places;
    },
    added(kind, halves) {
      const filter = filters.get(kind);
      if (filter !== undefined) addAll(filter, halves);
    },
  };
}

function addAll(filter: KnownIds, halves: Uint32Array): void {
  for (let i = 0; i < halves.length; i += 2) filter.add(halves[i] as number, halves[i + 1] as number);
}

function forgetOldest(alone: Map<number, Alone>): void {
  let filters = 0;
  for (const one of alone.values()) filters += one.filters.size;
  for (const workspace of alone.keys()) {
    if (filters <= mostFilters || alone.size === 1) return;
    filters -= alone.get(workspace)?.filters.size ?? 0;
    alone.delete(workspace);
  }
}

function createLimit(most: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
