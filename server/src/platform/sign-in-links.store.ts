import type pg from "pg";
import type { Clock } from "./clock.ts";
import { newSecret, plainHash } from "./crypto.ts";
import type { Db } from "./postgres.ts";

const dayMs = 24 * 3600 * 1000;

/** A token that signs its user in once, within seven days. Only its hash is kept. */
export async function createSignInLink(db: Db, userId: string, clock: Clock): Promise<string> {
  const token = newSecret();
  const now = clock.now();
  await db.deleteFrom("sign_in_link").where("expires_at", "<", now).execute();
  await db
    .insertInto("sign_in_link")
    .values({
      token_hash: plainHash(token),
      user_id: userId,
      expires_at: new Date(now.getTime() + 7 * dayMs),
      used_at: null,
    })
    .execute();
  return token;
}

/** Spends the token and answers whose it was; null when it is spent, expired or unknown. */
export async function useSignInLink(pool: pg.Pool, token: string, clock: Clock): Promise<string | null> {
  const { rows } = await pool.query<{ user_id: string }>(
    `update sign_in_link set used_at = $2
     where token_hash = $1 and used_at is null and expires_at > $2 returning user_id`,
    [plainHash(token), clock.now()],
  );
  return rows[0]?.user_id ?? null;
}
