import { randomUUID } from "node:crypto";
import { type Member, Role } from "@stork/contract/access.ts";
import { sql } from "kysely";
import type { Clock } from "./clock.ts";
import type { Db } from "./postgres.ts";

export async function listMembers(db: Db, workspaceId: number): Promise<Member[]> {
  const { rows } = await sql<{ id: string; name: string; email: string; role: string; joinedAt: Date }>`
    select u.id, u.name, u.email, m.role, m."createdAt" as "joinedAt"
    from workspace w
    join member m on m."organizationId" = w.organization_id
    join "user" u on u.id = m."userId"
    where w.id = ${workspaceId} order by m."createdAt", u.email`.execute(db);
  return rows.map((row) => ({ ...row, role: roleOf(row.role), joinedAt: row.joinedAt.toISOString() }));
}

export async function findUserByEmail(db: Db, email: string): Promise<{ id: string } | null> {
  const query = db.selectFrom("user").select("id").where("email", "=", email.toLowerCase());
  return (await query.executeTakeFirst()) ?? null;
}

export async function isOwner(db: Db, organisationId: string, userId: string): Promise<boolean> {
  const owners = db
    .selectFrom("member")
    .where("organizationId", "=", organisationId)
    .where("role", "=", "owner");
  return (await owners.where("userId", "=", userId).select("id").executeTakeFirst()) !== undefined;
}

/** Answers false when the user is in the workspace's organisation already. */
export async function addMember(
  db: Db,
  { workspaceId, userId, role }: { workspaceId: number; userId: string; role: Role },
  clock: Clock,
): Promise<boolean> {
  const { rows } = await sql`
    insert into member (id, "organizationId", "userId", role, "createdAt")
    select ${randomUUID()}, organization_id, ${userId}, ${role}, ${clock.now()} from workspace where id = ${workspaceId}
    on conflict do nothing returning id`.execute(db);
  return rows.length === 1;
}

export type Change = "done" | "unknown" | "last-owner";

/** Gives a member another role, or none (removes). The last owner stays. */
export function changeMember(
  db: Db,
  workspaceId: number,
  userId: string,
  role: Role | null,
): Promise<Change> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; userId: string; role: string }>`
      select m.id, m."userId", m.role from member m join workspace w on w.organization_id = m."organizationId"
      where w.id = ${workspaceId} for update of m`.execute(tx);
    const row = rows.find((member) => member.userId === userId);
    if (!row) return "unknown";
    const owners = rows.filter((member) => member.role === "owner");
    if (row.role === "owner" && role !== "owner" && owners.length === 1) return "last-owner";
    if (role) await tx.updateTable("member").set({ role }).where("id", "=", row.id).execute();
    else await tx.deleteFrom("member").where("id", "=", row.id).execute();
    return "done";
  });
}

/** A role that the table should not hold is the lowest. */
export const roleOf = (text: string): Role => Role.safeParse(text).data ?? "viewer";
