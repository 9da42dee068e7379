import {
  ApiKey,
  ChangePassword,
  CreatedApiKey,
  InvitedMember,
  Member,
  NewApiKey,
  NewMember,
  NewWorkspace,
  Role,
  Session,
  Workspace,
} from "@stork/contract/access.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Access, Visitor } from "./access.ts";
import { createKey, listKeys, revokeKey } from "./api-keys.store.ts";
import type { Auth } from "./auth.ts";
import type { Clock } from "./clock.ts";
import { instanceRoutes } from "./instance.routes.ts";
import { addMember, changeMember, findUserByEmail, isOwner, listMembers } from "./members.store.ts";
import type { Db } from "./postgres.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { signInRoutes } from "./sign-in.routes.ts";
import { createSignInLink } from "./sign-in-links.store.ts";
import { callerRoute, publicRoute, workspaceRoute } from "./workspace-route.ts";
import { createWorkspace } from "./workspaces.store.ts";

export interface AccessRoutesDeps {
  db: Db;
  auth: Auth;
  access: Access;
  clock: Clock;
  master: Buffer;
  version: string;
  publicUrl: () => string;
  signInLink: () => Promise<string>;
  /** The organisation that new workspaces belong to. */
  organisationId: string;
}

export function accessRoutes(http: FastifyInstance, deps: AccessRoutesDeps): void {
  deps.auth.routes(http);
  signInRoutes(http, deps);
  sessionRoutes(http, deps);
  instanceRoutes(http, deps);
  workspaceRoutes(http, deps);
  memberRoutes(http, deps);
  keyRoutes(http, deps);
}

function sessionRoutes(http: FastifyInstance, { db, auth, access, version }: AccessRoutesDeps): void {
  publicRoute(
    http,
    {
      method: "GET",
      path: "/api/v1/session",
      summary: "Who is signed in, and where they may go",
      reply: Session,
    },
    async ({ request }) => {
      const visitor = await access.visitor(request);
      if (!visitor) return { user: null, workspaces: [], version };
      const user = visitor.userId
        ? await db
            .selectFrom("user")
            .select(["id", "name", "email"])
            .where("id", "=", visitor.userId)
            .executeTakeFirst()
        : undefined;
      return { user: user ?? null, workspaces: await workspacesFor(access, visitor), version };
    },
  );
  callerRoute(
    http,
    {
      method: "POST",
      path: "/api/v1/session/password",
      summary: "Set the signed-in user's password",
      body: ChangePassword,
      reply: null,
    },
    async ({ visitor, body, request }) => {
      if (visitor.userId === null) throw new Refusal(refusals.usersOnly);
      await auth.setPassword(visitor.userId, body.password, request.headers);
    },
  );
}

function workspaceRoutes(
  http: FastifyInstance,
  { db, access, clock, master, organisationId }: AccessRoutesDeps,
): void {
  callerRoute(
    http,
    {
      method: "GET",
      path: "/api/v1/workspaces",
      summary: "The caller's workspaces",
      reply: z.object({ items: z.array(Workspace) }),
    },
    async ({ visitor }) => ({ items: await workspacesFor(access, visitor) }),
  );
  callerRoute(
    http,
    {
      method: "POST",
      path: "/api/v1/workspaces",
      summary: "Make a workspace",
      body: NewWorkspace,
      reply: Workspace,
      status: 201,
    },
    async ({ visitor, body: { slug, name = slug, cryptography } }) => {
      if (!(await mayMakeWorkspaces({ db, organisationId }, visitor))) {
        throw new Refusal(refusals.notAllowed, { scope: "settings:write" });
      }
      const made = await createWorkspace(db, master, { slug, name, organisationId, cryptography }, clock);
      if (!made) throw new Refusal(refusals.slugTaken, { slug });
      return { ...made, id: String(made.id), role: "owner" as const, createdAt: clock.now().toISOString() };
    },
  );
}

function memberRoutes(http: FastifyInstance, { db, auth, clock, publicUrl }: AccessRoutesDeps): void {
  const one = z.object({ member: z.string() });
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/members",
      scope: "settings:read",
      summary:
        "Colleagues who may sign in to the workspace, with their roles; a shop's members are records of the kind member",
      reply: z.object({ items: z.array(Member) }),
    },
    async ({ workspace }) => ({ items: await listMembers(db, workspace.id) }),
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/members",
      scope: "settings:write",
      summary: "Adds one colleague with a role; answers a one-time sign-in link to pass on",
      body: NewMember,
      reply: InvitedMember,
      status: 201,
    },
    async ({ workspace, body }) => {
      const user = (await findUserByEmail(db, body.email)) ?? (await auth.createUser(body));
      const added = await addMember(
        db,
        { workspaceId: workspace.id, userId: user.id, role: body.role },
        clock,
      );
      if (!added) throw new Refusal(refusals.emailTaken);
      const token = await createSignInLink(db, user.id, clock);
      const member = { id: user.id, ...body, joinedAt: clock.now().toISOString() };
      return { ...member, signInLink: `${publicUrl()}/sign-in/${token}` };
    },
  );
  workspaceRoute(
    http,
    {
      method: "PATCH",
      path: "/members/:member",
      scope: "settings:write",
      summary: "Gives a colleague another role",
      params: one,
      body: z.object({ role: Role }),
      reply: null,
    },
    async ({ workspace, params, body }) =>
      refuseUnlessDone(await changeMember(db, workspace.id, params.member, body.role)),
  );
  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/members/:member",
      scope: "settings:write",
      summary: "Takes a colleague out of the workspace",
      params: one,
      reply: null,
    },
    async ({ workspace, params }) =>
      refuseUnlessDone(await changeMember(db, workspace.id, params.member, null)),
  );
}

function keyRoutes(http: FastifyInstance, { db, clock }: AccessRoutesDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/keys",
      scope: "settings:read",
      summary: "The workspace's API keys",
      reply: z.object({ items: z.array(ApiKey) }),
    },
    async ({ workspace }) => ({ items: await listKeys(db, workspace.id) }),
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/keys",
      scope: "settings:write",
      summary: "Make an API key; it is shown this once",
      body: NewApiKey,
      reply: CreatedApiKey,
      status: 201,
    },
    async ({ workspace, caller, body }) => {
      const more = body.scopes.find((scope) => !caller.scopes.has(scope));
      if (more) throw new Refusal(refusals.tooMuch, { scope: more });
      return createKey(db, { workspaceId: workspace.id, ...body, createdBy: caller.userId }, clock);
    },
  );
  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/keys/:key",
      scope: "settings:write",
      summary: "Revoke an API key",
      params: z.object({ key: z.uuid() }),
      reply: null,
    },
    async ({ workspace, params }) => {
      if (!(await revokeKey(db, workspace.id, params.key, clock))) throw new Refusal(refusals.noSuchKey);
    },
  );
}

async function workspacesFor(access: Access, visitor: Visitor): Promise<Workspace[]> {
  const found = await access.workspacesOf(visitor);
  return found.map(({ workspace, role, createdAt }) => ({
    ...workspace,
    id: String(workspace.id),
    role,
    createdAt: createdAt.toISOString(),
  }));
}

/** The organisation's owners may, before there is any workspace too; so may a key that holds everywhere. */
async function mayMakeWorkspaces(
  { db, organisationId }: Pick<AccessRoutesDeps, "db" | "organisationId">,
  { everywhere, userId }: Visitor,
): Promise<boolean> {
  if (everywhere) return everywhere.has("settings:write");
  return userId !== null && (await isOwner(db, organisationId, userId));
}

function refuseUnlessDone(change: "done" | "unknown" | "last-owner"): void {
  if (change === "unknown") throw new Refusal(refusals.unknownMember);
  if (change === "last-owner") throw new Refusal(refusals.lastOwner);
}
