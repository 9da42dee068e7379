import { Import, ImportPreset, StartImport } from "@stork/contract/imports.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { fileSource } from "../events/sources.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { choiceOf, requiredPreset } from "./choice.store.ts";
import { decisionsRoutes } from "./decisions.routes.ts";
import { existingImport } from "./existing.store.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { planFiles } from "./import-files.client.ts";
import { isSettling } from "./import-lock.store.ts";
import { reportImport } from "./import-report.ts";
import {
  beginUndo,
  cancelImport,
  findBefore,
  findImport,
  type ImportRow,
  insertImport,
  listImports,
} from "./imports.store.ts";
import type { Preset } from "./preset.ts";
import { presetOf, presets } from "./presets.ts";
import { previewsRoutes } from "./previews.routes.ts";
import { rawFilesRoute } from "./raw-files.routes.ts";
import { findRawFiles } from "./raw-files.store.ts";
import type { ImportFile } from "./reading/progress.ts";
import { finishedImport, noFiles, notUndoable, unknownUpload } from "./refusals.ts";
import { refusedRowsRoute } from "./refused-rows.routes.ts";
import { findUpload } from "./uploads.client.ts";

const params = z.object({ import: z.string() });

export function importsRoutes(http: FastifyInstance, deps: ImportJobDeps): void {
  const { db } = deps;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/import-presets",
      scope: "collect:read",
      summary: "Lists the kinds of files that can be imported",
      reply: z.object({ items: z.array(ImportPreset) }),
    },
    async () => ({ items: Object.values(presets).map(describePreset) }),
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/imports",
      scope: "collect:read",
      summary: "Lists the imports, newest first",
      reply: z.object({ items: z.array(Import) }),
    },
    async ({ workspace }) => ({
      items: (await listImports(db, workspace.id)).map((row) => reportImport(row)),
    }),
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/imports/:import",
      scope: "collect:read",
      summary: "One import: progress, counts, marks, questions",
      params,
      reply: Import,
    },
    async ({ workspace, params }) => {
      const found = await existingImport(db, workspace, params.import);
      const settling = await isSettling(db, found);
      // Read anew when that is known: where nobody writes any more, everything that was written is in it.
      const row = found.status === "cancelled" ? await existingImport(db, workspace, params.import) : found;
      const raw = { kept: await findRawFiles(db, row.id), days: await deps.rawFilesDays(workspace.id) };
      return { ...reportImport(row, raw, await findBefore(db, row)), settling };
    },
  );
  startRoute(http, deps);
  endRoutes(http, deps);
  previewsRoutes(http, deps);
  decisionsRoutes(http, deps);
  refusedRowsRoute(http, deps);
  rawFilesRoute(http, deps);
}

function startRoute(http: FastifyInstance, { db, jobs, clock, dataDir }: ImportJobDeps): void {
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports",
      scope: "collect:write",
      summary: "Starts the import of uploaded files; follow it at /imports/{id}",
      body: StartImport,
      reply: Import,
      status: 202,
    },
    async ({ workspace, caller, body }) => {
      const upload = await findUpload(dataDir, workspace.id, body.upload);
      if (upload === null) throw new Refusal(unknownUpload);
      const preset = requiredPreset(body.preset);
      const asked = upload.files.filter(({ name }) => body.files?.includes(name) ?? true);
      if (asked.length === 0) throw new Refusal(noFiles);
      const planned = await planFiles(preset, asked, await choiceOf(db, workspace.id, body));
      const startedAt = clock.now();
      const files: ImportFile[] = [];
      for (const file of planned) {
        const named = presetOf(file.preset ?? preset)?.name.zh ?? preset;
        files.push({ ...file, source: (await fileSource(db, workspace.id, named, startedAt)).id });
      }
      const ofAll = new Set(files.map((file) => file.preset));
      const id = await insertImport(db, jobs, {
        workspace: workspace.id,
        source: files[0]?.source ?? 0,
        preset: ofAll.size === 1 ? ([...ofAll][0] ?? preset) : preset,
        ...{ files, startedAt, by: caller.who },
      });
      return reportImport((await findImport(db, id)) as ImportRow);
    },
  );
}

function endRoutes(http: FastifyInstance, { db, jobs, clock }: ImportJobDeps): void {
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/:import/cancel",
      scope: "collect:write",
      summary: "Stops an import; what is imported stays",
      params,
      reply: Import,
    },
    async ({ workspace, params }) => {
      const row = await existingImport(db, workspace, params.import);
      if (!(await cancelImport(db, row.id, clock.now()))) throw new Refusal(finishedImport);
      return reportImport(await existingImport(db, workspace, params.import));
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/:import/undo",
      scope: "collect:write",
      summary: "Takes an import back as a whole; what was known before counts again",
      params,
      reply: Import,
      status: 202,
    },
    async ({ workspace, params }) => {
      const row = await existingImport(db, workspace, params.import);
      if (!(await beginUndo(db, jobs, row.id, clock.now()))) throw new Refusal(notUndoable);
      return reportImport(await existingImport(db, workspace, params.import));
    },
  );
}

function describePreset({ id, name, description, kinds }: Preset): ImportPreset {
  const targets = new Map(
    kinds.flatMap((kind) =>
      kind.targets.map(({ id, label, required }) => [id, { id, label, required }] as const),
    ),
  );
  return { id, name, description, targets: [...targets.values()] };
}
