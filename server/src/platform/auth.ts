import type { IncomingHttpHeaders } from "node:http";
import { betterAuth } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import { useSignInLink } from "./sign-in-links.store.ts";

export interface AuthOptions {
  pool: pg.Pool;
  /** Signs the cookies; changing it signs everybody out. */
  secret: string;
  publicUrl: string;
  clock: Clock;
}

export interface Auth {
  /** The user of a request's session cookie. */
  userOf(headers: IncomingHttpHeaders): Promise<{ id: string; name: string; email: string } | null>;
  /** Spends a one-time link: the cookies of a new session, or null when the link is spent, expired or unknown. */
  signInByLink(token: string): Promise<string[] | null>;
  createUser(user: { name: string; email: string }): Promise<{ id: string }>;
  /** Sets the password, and ends every session but the one whose cookie is given. */
  setPassword(userId: string, password: string, keep: IncomingHttpHeaders | null): Promise<void>;
  /** Serves /api/auth/* (sign in, sign out). */
  routes(app: FastifyInstance): void;
}

const days = 24 * 3600;
const addressHeader = "x-stork-address";

/** better-auth on our tables, wrapped here: the only file that knows it. */
export function createAuth({ pool, secret, publicUrl, clock }: AuthOptions): Auth {
  const auth = betterAuth({
    database: pool,
    secret,
    baseURL: publicUrl,
    basePath: "/api/auth",
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Accounts are made by owners; nobody signs up by himself.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    session: { expiresIn: 14 * days, updateAge: days },
    // The console may be reached by any name of this machine: a request must come from the name it goes to.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { "/sign-in/email": { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: "stork",
      useSecureCookies: publicUrl.startsWith("https:"),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [signInLinkPlugin(pool, clock)],
  });

  const context = () => auth.$context;
  return {
    async userOf(headers) {
      if (!headers.cookie) return null;
      const found = await auth.api.getSession({ headers: new Headers({ cookie: headers.cookie }) });
      return found ? { id: found.user.id, name: found.user.name, email: found.user.email } : null;
    },
    async signInByLink(token) {
      const response = await auth.api.signInByLink({ body: { token }, asResponse: true });
      return response.ok ? response.headers.getSetCookie() : null;
    },
    async createUser({ name, email }) {
      const { internalAdapter } = await context();
      const user = { name, email: email.toLowerCase(), emailVerified: true };
      return internalAdapter.createUser(user, { method: "admin" });
    },
    async setPassword(userId, password, keep) {
      const { internalAdapter, password: hasher } = await context();
      const hash = await hasher.hash(password);
      const accounts = await internalAdapter.findAccounts(userId);
      if (accounts.some(({ providerId }) => providerId === "credential")) {
        await internalAdapter.updatePassword(userId, hash);
      } else {
        await internalAdapter.createAccount({
          userId,
          providerId: "credential",
          accountId: userId,
          password: hash,
        });
      }
      const kept = keep?.cookie
        ? await auth.api.getSession({ headers: new Headers({ cookie: keep.cookie }) })
        : null;
      await pool.query(`delete from session where "userId" = $1 and token is distinct from $2`, [
        userId,
        kept?.session.token ?? null,
      ]);
    },
    routes(app) {
      app.route({
        method: ["GET", "POST"],
        url: "/api/auth/*",
        schema: { hide: true },
        handler: async (request, reply) => answerWith(reply, await auth.handler(webRequest(request))),
      });
    },
  };
}

/** Opens a session for the user of a one-time link; only the server itself may call it. */
function signInLinkPlugin(pool: pg.Pool, clock: Clock) {
  return {
    id: "sign-in-link",
    endpoints: {
      signInByLink: createAuthEndpoint(
        "/sign-in/link",
        { method: "POST", body: z.object({ token: z.string() }), metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const userId = await useSignInLink(pool, ctx.body.token, clock);
          const user = userId ? await ctx.context.internalAdapter.findUserById(userId) : null;
          if (!user) throw ctx.error("UNAUTHORIZED");
          const session = await ctx.context.internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ ok: true });
        },
      ),
    },
  };
}

/** Fastify has read the body already; better-auth speaks the web's Request. */
function webRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== "content-length") headers.set(name, String(value));
  }
  headers.set(addressHeader, request.ip);
  const body = request.method === "POST" ? JSON.stringify(request.body ?? {}) : null;
  if (body !== null) headers.set("content-type", "application/json");
  const url = `${request.protocol}://${request.headers.host ?? "localhost"}${request.url}`;
  return new Request(url, { method: request.method, headers, body });
}

async function answerWith(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  response.headers.forEach((value, name) => {
    if (name !== "set-cookie") reply.header(name, value);
  });
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header("set-cookie", cookies);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
