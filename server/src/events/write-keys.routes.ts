import { NewWriteKey, Source } from "@stork/contract/sources.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { changeWriteKey, endOldKeys } from "./old-keys.store.ts";
import { existingSource, type SourcesDeps, showSource } from "./shown-sources.store.ts";

const params = z.object({ source: z.string() });
const hourMs = 3_600_000;

/** Changing the key by which a source is written to, without losing what senders in the field still send by the old. */
export function writeKeyRoutes(http: FastifyInstance, deps: SourcesDeps): void {
  const { db, clock, keys } = deps;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/sources/:source/write-key",
      scope: "collect:write",
      summary: "Gives a source a new write key; the old one counts for a while yet",
      params,
      body: NewWriteKey,
      reply: Source,
    },
    async ({ workspace, params: { source }, body }) => {
      const row = await existingSource(db, workspace.id, source);
      const now = clock.now();
      const left = body.oldKeyHours * hourMs;
      await changeWriteKey(db, row.id, { endsAt: left === 0 ? null : new Date(now.getTime() + left), now });
      keys.forget(row.writeKey);
      return showSource(deps, workspace, await existingSource(db, workspace.id, source), true);
    },
  );

  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/sources/:source/old-keys",
      scope: "collect:write",
      summary: "Ends a source's old write keys now",
      params,
      reply: null,
    },
    async ({ workspace, params: { source } }) => {
      const row = await existingSource(db, workspace.id, source);
      for (const key of await endOldKeys(db, row.id)) keys.forget(key);
    },
  );
}
