import { ImportPreview, PreviewAgain } from "@stork/contract/imports.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { choiceOf, requiredPreset } from "./choice.store.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { previewFiles, refusalFor } from "./import-files.client.ts";
import { openImportPaths } from "./imports.store.ts";
import { UnreadableFile } from "./reading/format.ts";
import { noFiles, tooLargeFile, tooManyAtOnce, unknownUpload } from "./refusals.ts";
import { toldApart } from "./told-apart.ts";
import { unlockRoute } from "./unlock.routes.ts";
import { unpack } from "./unpack.client.ts";
import { findUpload, openUpload, sweepUploads, type UploadedFile } from "./uploads.client.ts";

const mostFileBytes = 2 * 1024 ** 3;
const mostFiles = 100;

/** What an import would find: files are taken once, and looked at as often as somebody says how they are to be read. */
export function previewsRoutes(http: FastifyInstance, deps: ImportJobDeps): void {
  const { db, clock, dataDir } = deps;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/preview",
      scope: "collect:write",
      summary: "Takes files (multipart, with the field preset, or auto) and says what an import would find",
      bodyLimit: mostFileBytes,
      reply: ImportPreview,
    },
    async ({ workspace, request }) => {
      const needed = await openImportPaths(db);
      const now = clock.now().getTime();
      await sweepUploads(dataDir, now, (id) => needed.some((path) => path.includes(id)));
      const upload = await openUpload(dataDir, workspace.id);
      try {
        const named = await takeParts(request, upload);
        const preset = requiredPreset(named);
        if (upload.files.length === 0) throw new Refusal(noFiles);
        await upload.close();
        const context = { zone: workspace.timeZone, now };
        return {
          upload: upload.id,
          ...(await previewFiles(preset, upload.files, await choiceOf(db, workspace.id, {}), context)),
        };
      } catch (error) {
        await upload.drop();
        throw error;
      }
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/preview/:upload",
      scope: "collect:write",
      summary: "The same for files that were sent before, with other columns or sheets",
      params: z.object({ upload: z.string() }),
      body: PreviewAgain,
      reply: ImportPreview,
    },
    async ({ workspace, params, body }) => {
      const upload = await findUpload(dataDir, workspace.id, params.upload);
      if (upload === null) throw new Refusal(unknownUpload);
      const preset = requiredPreset(body.preset);
      const choice = await choiceOf(db, workspace.id, body);
      const context = { zone: workspace.timeZone, now: clock.now().getTime() };
      return { upload: upload.id, ...(await previewFiles(preset, upload.files, choice, context)) };
    },
  );
  unlockRoute(http, deps);
}

/** Takes the files of a request, unpacked; answers the field preset. */
async function takeParts(
  request: FastifyRequest,
  upload: Awaited<ReturnType<typeof openUpload>>,
): Promise<string> {
  let named = "";
  // One more than there may be, to be told by it.
  for await (const part of request.parts({ limits: { fileSize: mostFileBytes, files: mostFiles + 1 } })) {
    if (part.type === "field") {
      if (part.fieldname === "preset") named = String(part.value);
      continue;
    }
    if (upload.files.length === mostFiles) throw new Refusal(tooManyAtOnce, { most: mostFiles });
    const name = part.filename || "file";
    await upload.add(name, part.file);
    if (part.file.truncated) throw new Refusal(tooLargeFile, { file: name });
  }
  const unpacked: UploadedFile[] = [];
  for (const file of upload.files) unpacked.push(...(await unpackOne(file)));
  upload.files.splice(0, upload.files.length, ...toldApart(unpacked));
  return named;
}

/** An archive that cannot be opened stays what it is: its preview says why, and the files beside it are right. */
async function unpackOne(file: UploadedFile): Promise<UploadedFile[]> {
  try {
    return await unpack(file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.why === "too-many-files") throw new Refusal(refusalFor(error.why), { file: file.name });
    return [{ ...file, unreadable: error.why }];
  }
}
