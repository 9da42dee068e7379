import { Import, ImportPreset, ImportPreview, StartImport } from "@stork/contract/imports.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { fileSource } from "../events/sources.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { stateGenders } from "./gender-decision.store.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { planFiles, previewFile } from "./import-files.client.ts";
import { type GenderAnswer, genderAnswers, gendersBy, reportImport } from "./import-report.ts";
import {
  answerDecision,
  cancelImport,
  findImport,
  type ImportRow,
  insertImport,
  listImports,
  openImportPaths,
} from "./imports.store.ts";
import type { Preset } from "./preset.ts";
import { presetOf, presets } from "./presets.ts";
import {
  finishedImport,
  noFiles,
  tooLargeFile,
  unknownDecision,
  unknownImport,
  unknownPreset,
  unknownUpload,
} from "./refusals.ts";
import { refusedRowsRoute } from "./refused-rows.routes.ts";
import { findUpload, openUpload, sweepUploads } from "./uploads.client.ts";

const mostFileBytes = 2 * 1024 ** 3;
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
    async ({ workspace }) => ({ items: (await listImports(db, workspace.id)).map(reportImport) }),
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
    async ({ workspace, params }) => reportImport(await existing(deps, workspace, params.import)),
  );
  previewRoute(http, deps);
  startRoute(http, deps);
  decisionRoutes(http, deps);
  refusedRowsRoute(http, deps);
}

function previewRoute(http: FastifyInstance, { clock, dataDir, db }: ImportJobDeps): void {
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/preview",
      scope: "collect:write",
      summary: "Takes files (multipart, with the field preset) and says what an import would find",
      bodyLimit: mostFileBytes,
      reply: ImportPreview,
    },
    async ({ workspace, request }) => {
      const needed = await openImportPaths(db);
      const inUse = (id: string) => needed.some((path) => path.includes(id));
      await sweepUploads(dataDir, clock.now().getTime(), inUse);
      const upload = await openUpload(dataDir, workspace.id);
      try {
        let named = "";
        for await (const part of request.parts({ limits: { fileSize: mostFileBytes, files: 20 } })) {
          if (part.type === "field") {
            if (part.fieldname === "preset") named = String(part.value);
            continue;
          }
          await upload.add(part.filename || "file", part.file);
          if (part.file.truncated) throw new Refusal(tooLargeFile, { file: part.filename });
        }
        const preset = required(named);
        if (upload.files.length === 0) throw new Refusal(noFiles);
        await upload.close();
        const files = [];
        for (const file of upload.files)
          files.push(await previewFile(preset, file, workspace.timeZone, clock.now().getTime()));
        return { upload: upload.id, preset: preset.id, files };
      } catch (error) {
        await upload.drop();
        throw error;
      }
    },
  );
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
    async ({ workspace, body }) => {
      const preset = required(body.preset);
      const upload = await findUpload(dataDir, workspace.id, body.upload);
      if (upload === null) throw new Refusal(unknownUpload);
      const files = await planFiles(preset, upload.files, body.mappings);
      const startedAt = clock.now();
      const source = await fileSource(db, workspace.id, preset.name.zh, startedAt);
      const id = await insertImport(db, jobs, {
        workspace: workspace.id,
        source: source.id,
        preset: preset.id,
        files,
        startedAt,
      });
      return reportImport((await findImport(db, id)) as ImportRow);
    },
  );
}

function decisionRoutes(http: FastifyInstance, deps: ImportJobDeps): void {
  const { db, clock } = deps;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/:import/decisions/:decision",
      scope: "collect:write",
      summary: "Answers a question of an import",
      params: params.extend({ decision: z.string() }),
      body: z.object({ answer: z.string() }),
      reply: Import,
    },
    async ({ workspace, caller, params, body }) => {
      const row = await existing(deps, workspace, params.import);
      const decision = row.decisions.find(({ id }) => id === params.decision);
      const answer = genderAnswers.find((one) => one === body.answer) as GenderAnswer | undefined;
      if (decision === undefined || answer === undefined) throw new Refusal(unknownDecision);
      await stateGenders(deps, workspace.id, gendersBy(decision.facts, answer), {
        who: caller.who,
        at: clock.now(),
      });
      const decisions = row.decisions.map((one) => (one === decision ? { ...one, answer } : one));
      await answerDecision(db, row, decisions);
      return reportImport(await existing(deps, workspace, params.import));
    },
  );
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
      const row = await existing(deps, workspace, params.import);
      if (!(await cancelImport(db, row.id, clock.now()))) throw new Refusal(finishedImport);
      return reportImport(await existing(deps, workspace, params.import));
    },
  );
}

async function existing({ db }: ImportJobDeps, workspace: WorkspaceRef, id: string): Promise<ImportRow> {
  const row = /^\d{1,9}$/.test(id) ? await findImport(db, Number(id), workspace.id) : null;
  if (row === null) throw new Refusal(unknownImport);
  return row;
}

function required(id: string): Preset {
  const preset = presetOf(id);
  if (preset === undefined)
    throw new Refusal(unknownPreset, {
      preset: /^[\w-]{1,60}$/.test(id) ? id : "…",
      known: Object.keys(presets).join(", "),
    });
  return preset;
}

function describePreset({ id, name, description, kinds }: Preset): ImportPreset {
  const targets = new Map(
    kinds.flatMap((kind) =>
      kind.targets.map(({ id, label, required }) => [id, { id, label, required }] as const),
    ),
  );
  return { id, name, description, targets: [...targets.values()] };
}
