import { createHash, timingSafeEqual } from "node:crypto";
import { scopes, scopesOf } from "@stork/contract/access.ts";
import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { Access, Visitor } from "./access.ts";
import { findKey } from "./api-keys.store.ts";
import type { Auth } from "./auth.ts";
import { roleOfKey } from "./caller.ts";
import type { Clock } from "./clock.ts";
import { roleOf } from "./members.store.ts";
import type { Db } from "./postgres.ts";
import { languageOf } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { findWorkspace, type WorkspaceRef } from "./workspaces.store.ts";

export interface AccessDeps {
  db: Db;
  auth: Auth;
  clock: Clock;
  /** Keys that are the owner's without being in the table: STORK_OWNER_KEY, and the command line's own. */
  ownerKeys: readonly string[];
}

export function createAccess({ db, auth, clock, ownerKeys }: AccessDeps): Access {
  const owners = ownerKeys.map(digest);
  return {
    async visitor(request) {
      const key = bearer(request);
      if (key !== null) {
        if (owners.some((owner) => timingSafeEqual(owner, digest(key)))) return ownerVisitor;
        const found = await findKey(db, key, clock);
        if (!found) throw new Refusal(refusals.unknownKey);
        const { workspaceId } = found;
        return {
          who: `key:${found.id}`,
          userId: null,
          everywhere: workspaceId === null ? found.scopes : null,
          only: workspaceId === null ? null : { workspaceId, scopes: found.scopes },
        };
      }
      const user = await auth.userOf(request.headers);
      if (!user) return null;
      refuseOtherOrigins(request);
      return { who: `user:${user.id}`, userId: user.id, everywhere: null, only: null };
    },
    async enter(visitor, idOrSlug, request) {
      const workspace = await findWorkspace(db, idOrSlug);
      if (!workspace) return null;
      const language = languageOf(request.headers["accept-language"]);
      const { who, userId } = visitor;
      const granted =
        visitor.everywhere ?? (visitor.only?.workspaceId === workspace.id ? visitor.only.scopes : null);
      if (granted) {
        return { workspace, caller: { who, userId, role: roleOfKey(granted), scopes: granted, language } };
      }
      const role = userId === null ? null : await membership(db, workspace.id, userId);
      if (!role) return null;
      return { workspace, caller: { who, userId, role, scopes: new Set(scopesOf[role]), language } };
    },
    workspacesOf: (visitor) => workspacesOf(db, visitor),
  };
}

const ownerVisitor: Visitor = { who: "key:owner", userId: null, everywhere: new Set(scopes), only: null };

async function membership(db: Db, workspaceId: number, userId: string) {
  const { rows } = await sql<{ role: string }>`
    select m.role from workspace w join member m on m."organizationId" = w.organization_id
    where w.id = ${workspaceId} and m."userId" = ${userId}`.execute(db);
  return rows[0] ? roleOf(rows[0].role) : null;
}

type Row = WorkspaceRef & { role: string; createdAt: Date };

async function workspacesOf(db: Db, visitor: Visitor) {
  const granted = visitor.everywhere ?? visitor.only?.scopes ?? null;
  const { rows } = await sql<Row>`
    select w.id, w.slug, w.name, w.time_zone as "timeZone", w.created_at as "createdAt",
      coalesce(m.role, ${granted ? roleOfKey(granted) : "viewer"}) as role
    from workspace w
    left join member m on m."organizationId" = w.organization_id and m."userId" = ${visitor.userId}
    where m.id is not null or ${visitor.everywhere !== null} or w.id = ${visitor.only?.workspaceId ?? null}
    order by w.id`.execute(db);
  return rows.map(({ role, createdAt, ...workspace }) => ({ workspace, role: roleOf(role), createdAt }));
}

function bearer(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const [, key] = /^Bearer\s+(\S+)$/i.exec(header) ?? [];
  return key ?? null;
}

/** A cookie goes along with every request a browser makes, also those another site caused: writes must come from our own pages. */
function refuseOtherOrigins(request: FastifyRequest): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  const own =
    origin === undefined
      ? site === undefined || site === "same-origin" || site === "none"
      : hostOf(origin) === host;
  if (!own) throw new Refusal(refusals.otherOrigin);
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return "";
  }
}

const digest = (key: string): Buffer => createHash("sha256").update(key).digest();
