import { sql } from "kysely";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";

/** The family of advisory locks whose holders are senders that live. */
const senders = 7180;
const lookAgainMs = 5000;

export interface Presence {
  leave(): Promise<void>;
}

/**
 * Shows that a sender lives, by a lock that the database lets go when its connection ends: after kill -9 at once, not
 * when some time has passed. Losing it while living is harmless: whoever is taken for dead finds at the next hand-over
 * that its messages are no longer its own.
 */
export async function showPresence(db: Db, sender: number, log: Log): Promise<Presence> {
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const { promise: seen, resolve: see } = Promise.withResolvers<void>();
  let leaving = false;
  void left.then(() => {
    leaving = true;
  });
  const hold = (): Promise<void> =>
    db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(${senders}::int, ${sender}::int)`.execute(connection);
      see();
      while (!leaving) {
        await Promise.race([left, after(lookAgainMs)]);
        await sql`select 1`.execute(connection);
      }
      await sql`select pg_advisory_unlock(${senders}::int, ${sender}::int)`.execute(connection);
    });
  const staying = (async () => {
    while (!leaving) {
      await hold().catch(async (error: Error) => {
        if (leaving) return;
        log.warn({ event: "presence-lost", error: error.message }, "the database does not see this sender");
        await Promise.race([left, after(1000)]);
      });
    }
  })();
  await Promise.race([seen, after(2000)]);
  return {
    async leave() {
      leave();
      await staying;
    },
  };
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The owners (columns owner, beat_by) start with the sender's number; true while that sender shows itself. */
export const lives = (owner: "message.owner" | "campaign.beat_by") => sql<boolean>`exists (
  select from pg_locks
  where locktype = 'advisory' and objsubid = 2 and classid = ${senders}::int::oid
    and database = (select oid from pg_database where datname = current_database())
    and objid::bigint = split_part(${sql.ref(owner)}, '.', 1)::bigint)`;
