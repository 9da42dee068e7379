import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { silencesOf } from "./silence.store.ts";
import type { StoppedItem } from "./stoppers.ts";

/** Keeps what a silence stopped, counted by what it was. */
export async function noteStopped(
  db: Db | Tx,
  silence: number,
  items: readonly StoppedItem[],
  at: Date,
): Promise<void> {
  const some = items.filter(({ times }) => times > 0);
  if (some.length === 0) return;
  await sql`
    insert into silence_stop (silence_id, kind, ref, name, times, first_at, last_at)
    select ${silence}, kind, ref, max(name), sum(times), ${at}, ${at}
    from unnest(${some.map(({ kind }) => kind)}::text[], ${some.map(({ ref }) => ref)}::text[],
      ${some.map(({ name }) => name)}::text[], ${some.map(({ times }) => times)}::int[]) as of (kind, ref, name, times)
    group by kind, ref
    on conflict (silence_id, kind, ref) do update
      set times = silence_stop.times + excluded.times, last_at = excluded.last_at, name = excluded.name`.execute(
    db,
  );
}

/** The same where a room that asked leave.store.ts held something back of a silent person. */
export async function noteHeldBack(
  db: Db | Tx,
  workspace: number,
  held: readonly { person: number; item: StoppedItem }[],
  at: Date,
): Promise<void> {
  if (held.length === 0) return;
  const silences = await silencesOf(db, workspace, [...new Set(held.map(({ person }) => person))]);
  const bySilence = new Map<number, StoppedItem[]>();
  for (const { person, item } of held) {
    const newest = silences.get(person)?.at(-1);
    if (newest !== undefined) bySilence.set(newest.id, [...(bySilence.get(newest.id) ?? []), item]);
  }
  for (const [silence, items] of bySilence) await noteStopped(db, silence, items, at);
}
