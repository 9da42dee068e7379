import { sql } from "kysely";
import type { Auth } from "./auth.ts";
import type { Clock } from "./clock.ts";
import type { Db } from "./postgres.ts";
import { createSignInLink } from "./sign-in-links.store.ts";

export const organisationId = "organisation";
const ownerEmail = "owner@stork.local";

/** The organisation and its first owner, made when the instance is new; servers that start together take turns. */
export async function ensureOwner(db: Db, auth: Auth, clock: Clock): Promise<{ userId: string }> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(7181)`.execute(connection);
    try {
      return await findOrMakeOwner(db, auth, clock);
    } finally {
      await sql`select pg_advisory_unlock(7181)`.execute(connection);
    }
  });
}

async function findOrMakeOwner(db: Db, auth: Auth, clock: Clock): Promise<{ userId: string }> {
  const now = clock.now();
  await db
    .insertInto("organization")
    .values({
      id: organisationId,
      name: "我的公司",
      slug: organisationId,
      logo: null,
      metadata: null,
      createdAt: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const first = db.selectFrom("member").select("userId").where("organizationId", "=", organisationId);
  const owner = await first.where("role", "=", "owner").orderBy("createdAt").executeTakeFirst();
  if (owner) return { userId: owner.userId };
  const known = await db.selectFrom("user").select("id").where("email", "=", ownerEmail).executeTakeFirst();
  const { id } = known ?? (await auth.createUser({ name: "所有者 Owner", email: ownerEmail }));
  const role = {
    id: `owner-${id}`,
    organizationId: organisationId,
    userId: id,
    role: "owner",
    createdAt: now,
  };
  await db.insertInto("member").values(role).execute();
  return { userId: id };
}

/** A link for the first owner; null when a password was set, which is the usual way in from then on. */
export async function ownerLink(db: Db, auth: Auth, clock: Clock, always = false): Promise<string | null> {
  const { userId } = await ensureOwner(db, auth, clock);
  const account = db.selectFrom("account").select("id").where("userId", "=", userId);
  const password = await account.where("password", "is not", null).executeTakeFirst();
  return password && !always ? null : createSignInLink(db, userId, clock);
}

/** A remembered fact of this instance, e.g. that the demo was made. */
export async function recall<T>(db: Db, key: string): Promise<T | null> {
  const row = await db.selectFrom("instance").select("value").where("key", "=", key).executeTakeFirst();
  return (row?.value as T | undefined) ?? null;
}

export async function remember(db: Db, key: string, value: unknown): Promise<void> {
  await sql`insert into instance (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(db);
}
