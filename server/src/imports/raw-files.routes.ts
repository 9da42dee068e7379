import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { existingImport } from "./existing.store.ts";
import { openRawFile, type RawFilesDeps } from "./raw-files.store.ts";
import { noRawFile } from "./refusals.ts";

/** The original file of an import. It holds what identifies people, and is for those who may see that. */
export function rawFilesRoute(http: FastifyInstance, deps: RawFilesDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/imports/:import/files/:file", reply: null },
      scope: "people:reveal",
      summary: "An import's file as it was sent, by its place from 0; who asks is written down",
      params: z.object({ import: z.string(), file: z.string() }),
    },
    async ({ workspace, params, caller, reply }) => {
      const row = await existingImport(deps.db, workspace, params.import);
      const number = /^\d{1,4}$/.test(params.file) ? Number(params.file) : -1;
      const file = await openRawFile(deps, row, number, caller);
      if (file === null) throw new Refusal(noRawFile);
      const name = encodeURIComponent(row.files[number]?.name ?? "file").replaceAll("'", "%27");
      return reply
        .header("content-type", "application/octet-stream")
        .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
        .header("cache-control", "no-store")
        .header("x-content-type-options", "nosniff")
        .send(file);
    },
  );
}
