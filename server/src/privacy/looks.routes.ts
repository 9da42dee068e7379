import { LoggedLooks } from "@stork/contract/looks.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findPerson } from "../people/find-person.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findLooks } from "./looks.store.ts";

const asked = z.object({
  /** Of one person; none that is known any more: no looks. */
  person: z.string().max(40).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Who saw what without masks: for those who may see it themselves, and have to answer for it. */
export function looksRoutes(http: FastifyInstance, parts: { readonly db: Db; readonly vault: Vault }): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/looks", scope: "people:reveal", query: asked, reply: LoggedLooks },
      summary: "Every look at values without their masks: who, when, at what, of whom; newest first",
    },
    async ({ workspace, query: { person: id, after, limit } }) => {
      const person = id === undefined ? null : await findPerson(parts.db, workspace.id, id);
      if (id !== undefined && person === null) return { items: [], next: null };
      const before = after === undefined ? null : Number(after);
      const found = await findLooks(parts, workspace.id, { person, before, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  );
}
