import { CreatedApiKey, NewApiKey } from "@stork/contract/access.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Visitor } from "./access.ts";
import { createKey } from "./api-keys.store.ts";
import type { Clock } from "./clock.ts";
import type { Db } from "./postgres.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { callerRoute } from "./workspace-route.ts";

export interface InstanceRoutesDeps {
  db: Db;
  clock: Clock;
  signInLink: () => Promise<string>;
}

/** For whoever runs the machine: the command line, and automation with the owner's key. */
export function instanceRoutes(http: FastifyInstance, { db, clock, signInLink }: InstanceRoutesDeps): void {
  callerRoute(
    http,
    {
      method: "POST",
      path: "/api/v1/keys",
      summary: "Make an API key for every workspace; it is shown this once",
      body: NewApiKey,
      reply: CreatedApiKey,
      status: 201,
    },
    async ({ visitor, body }) => {
      refuseOthers(visitor);
      return createKey(db, { workspaceId: null, ...body, createdBy: null }, clock);
    },
  );
  callerRoute(
    http,
    {
      method: "POST",
      path: "/api/v1/session/link",
      summary: "Make a one-time sign-in link for the first owner",
      reply: z.object({ link: z.string() }),
    },
    async ({ visitor }) => {
      refuseOthers(visitor);
      return { link: await signInLink() };
    },
  );
}

function refuseOthers({ everywhere }: Visitor): void {
  if (!everywhere?.has("settings:write")) throw new Refusal(refusals.notAllowed, { scope: "settings:write" });
}
