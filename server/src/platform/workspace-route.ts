import type { Scope } from "@stork/contract/access.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Visitor } from "./access.ts";
import type { Caller } from "./caller.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import type { WorkspaceRef } from "./workspaces.store.ts";

type Shape = z.ZodObject;
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

export interface RouteSpec<
  Params extends Shape | undefined,
  Query extends Shape | undefined,
  Body extends z.ZodType | undefined,
  Reply extends z.ZodType | null,
> {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  path: string;
  /** One sentence for the interface's documentation. */
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** null: the answer has no JSON form (204, a redirect, a file sent through `reply`). */
  reply: Reply;
  /** Of the answer; 200, or 204 when there is no reply. */
  status?: number;
  /** In bytes; 1 MB when not given. */
  bodyLimit?: number;
  /** Left out of the documentation. */
  hidden?: boolean;
}

interface Asked<Params, Query, Body> {
  params: Out<Params>;
  query: Out<Query>;
  body: Out<Body>;
  request: FastifyRequest;
  reply: FastifyReply;
}

type Answer<Reply> = Promise<Reply extends z.ZodType ? z.output<Reply> : unknown>;
type Before = (request: FastifyRequest) => Promise<void>;

/** A route of one workspace, at /api/v1/workspaces/:workspace{path}. Who may not enter is turned away before the body is read. */
export function workspaceRoute<
  Reply extends z.ZodType | null,
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  app: FastifyInstance,
  spec: RouteSpec<Params, Query, Body, Reply> & { scope: Scope },
  handler: (asked: Asked<Params, Query, Body> & { workspace: WorkspaceRef; caller: Caller }) => Answer<Reply>,
): void {
  const params = (spec.params ?? z.object({})).extend({ workspace: z.string() });
  const before: Before = async (request) => {
    const { workspace: named } = request.params as { workspace: string };
    const entered = await app.access.enter(await signedIn(app, request), named, request);
    if (!entered) throw new Refusal(refusals.unknownWorkspace);
    if (!entered.caller.scopes.has(spec.scope)) throw new Refusal(refusals.notAllowed, { scope: spec.scope });
    request.entered = entered;
  };
  const described = { ...spec, params, path: `/api/v1/workspaces/:workspace${spec.path}` };
  register(app, described, before, (request, reply) => {
    if (!request.entered) throw new Error("entered is set before");
    return handler({ ...asked<Params, Query, Body>(request, reply), ...request.entered });
  });
}

/** A route of whoever is signed in, at its whole path. */
export function callerRoute<
  Reply extends z.ZodType | null,
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  app: FastifyInstance,
  spec: RouteSpec<Params, Query, Body, Reply>,
  handler: (asked: Asked<Params, Query, Body> & { visitor: Visitor }) => Answer<Reply>,
): void {
  const before: Before = async (request) => {
    request.visitor = await signedIn(app, request);
  };
  register(app, spec, before, (request, reply) => {
    if (!request.visitor) throw new Error("visitor is set before");
    return handler({ ...asked<Params, Query, Body>(request, reply), visitor: request.visitor });
  });
}

/** A route that asks nobody to sign in (collect, tracked links, health). */
export function publicRoute<
  Reply extends z.ZodType | null,
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  app: FastifyInstance,
  spec: RouteSpec<Params, Query, Body, Reply>,
  handler: (asked: Asked<Params, Query, Body>) => Answer<Reply>,
): void {
  register(
    app,
    spec,
    async () => {},
    (request, reply) => handler(asked<Params, Query, Body>(request, reply)),
  );
}

function register(
  app: FastifyInstance,
  spec: RouteSpec<Shape | undefined, Shape | undefined, z.ZodType | undefined, z.ZodType | null>,
  before: Before,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const status = spec.status ?? (spec.reply ? 200 : 204);
  app.route({
    method: spec.method,
    url: spec.path,
    ...(spec.bodyLimit === undefined ? {} : { bodyLimit: spec.bodyLimit }),
    schema: {
      summary: spec.summary,
      tags: [tagOf(spec.path)],
      ...(spec.hidden ? { hide: true } : {}),
      ...(spec.params ? { params: spec.params } : {}),
      ...(spec.query ? { querystring: spec.query } : {}),
      ...(spec.body ? { body: spec.body } : {}),
      ...(spec.reply ? { response: { [status]: spec.reply } } : {}),
    },
    onRequest: before,
    handler: async (request, reply) => {
      const answer = await handler(request, reply);
      if (reply.sent) return reply;
      reply.code(reply.statusCode === 200 ? status : reply.statusCode);
      return spec.reply === null && answer === undefined ? reply.send() : answer;
    },
  });
}

async function signedIn(app: FastifyInstance, request: FastifyRequest): Promise<Visitor> {
  const visitor = await app.access.visitor(request);
  if (!visitor) throw new Refusal(refusals.signedOut);
  return visitor;
}

const asked = <Params, Query, Body>(request: FastifyRequest, reply: FastifyReply) => ({
  params: request.params as Out<Params>,
  query: request.query as Out<Query>,
  body: request.body as Out<Body>,
  request,
  reply,
});

/** The first word after the workspace groups the routes of a room. */
const tagOf = (path: string): string =>
  path.replace("/api/v1/workspaces/:workspace", "").split("/")[1] || "access";
