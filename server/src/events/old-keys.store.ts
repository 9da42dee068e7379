import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { newWriteKey } from "./sources.store.ts";

export interface OldKey {
  readonly endsAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Gives a source a new write key. The old one counts until `endsAt`; from then on, or at once without it, no more. */
export async function changeWriteKey(
  db: Db,
  source: number,
  { endsAt, now }: { endsAt: Date | null; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ key: string }>`
      select write_key as key from source where id = ${source} for update`.execute(tx);
    await sql`delete from source_old_key where source_id = ${source} and ends_at <= ${now}`.execute(tx);
    if (endsAt !== null)
      await sql`insert into source_old_key (write_key, source_id, ends_at)
        values (${rows[0]?.key}, ${source}, ${endsAt})`.execute(tx);
    await sql`update source set write_key = ${newWriteKey()} where id = ${source}`.execute(tx);
  });
}

/** Ends a source's old keys now; answers them, so that they can be forgotten. */
export async function endOldKeys(db: Db, source: number): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    delete from source_old_key where source_id = ${source} returning write_key as key`.execute(db);
  return rows.map(({ key }) => key);
}

/** The old keys that still count, of each of these sources; who shows them needs no more than when. */
export async function findOldKeys(
  db: Db,
  sources: readonly number[],
  now: Date,
): Promise<Map<number, OldKey[]>> {
  const { rows } = await sql<OldKey & { source: number }>`
    select source_id as source, ends_at as "endsAt", last_used_at as "lastUsedAt" from source_old_key
    where source_id = any(${[...sources]}) and ends_at > ${now} order by ends_at`.execute(db);
  return Map.groupBy(rows, ({ source }) => source);
}
