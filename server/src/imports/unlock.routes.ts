import { ImportPreview, UnlockFiles } from "@stork/contract/imports.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { choiceOf, requiredPreset } from "./choice.store.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { previewFiles } from "./import-files.client.ts";
import { unlockInThread } from "./reading/reader.client.ts";
import type { Unlocked } from "./reading/unlock.client.ts";
import { unknownUpload, wrongPassword } from "./refusals.ts";
import { toldApart } from "./told-apart.ts";
import { findUpload, replaceFiles, type UploadedFile } from "./uploads.client.ts";

/** What is kept of a file that was opened is what it holds: nothing after this asks for the password again. */
export function unlockRoute(http: FastifyInstance, { db, clock, dataDir }: ImportJobDeps): void {
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/preview/:upload/unlock",
      scope: "collect:write",
      summary:
        "Opens those of the files sent before that this password fits, and says what an import would find",
      params: z.object({ upload: z.string() }),
      body: UnlockFiles,
      reply: ImportPreview,
    },
    async ({ workspace, params, body: { password, ...said } }) => {
      const upload = await findUpload(dataDir, workspace.id, params.upload);
      if (upload === null) throw new Refusal(unknownUpload);
      const preset = requiredPreset(said.preset);
      const choice = await choiceOf(db, workspace.id, said);
      const found = await unlockInThread({ files: upload.files, password });
      const wrong = upload.files.filter((_, i) => found[i] === "wrong").map(({ name }) => name);
      const isAnyOther = found.some((one) => typeof one === "object");
      if (wrong.length > 0 && !isAnyOther) throw new Refusal(wrongPassword, { file: wrong.join("、") });
      const files = isAnyOther ? nowThere(upload.files, found) : upload.files;
      if (isAnyOther) await replaceFiles(dataDir, workspace.id, upload, files);
      const context = { zone: workspace.timeZone, now: clock.now().getTime() };
      return { upload: upload.id, ...(await previewFiles(preset, files, choice, context)) };
    },
  );
}

/** Those that were opened in the place of those that asked. */
function nowThere(files: readonly UploadedFile[], found: readonly Unlocked[]): UploadedFile[] {
  const isOpen = (one: Unlocked | undefined) => typeof one === "object" && "now" in one;
  const taken = files.filter((_, i) => !isOpen(found[i])).map(({ name }) => name);
  return files.flatMap((file, i) => {
    const one = found[i];
    if (one === undefined || typeof one === "string") return [file];
    if ("why" in one) return [{ ...file, unreadable: one.why }];
    const now = toldApart(one.now, taken);
    taken.push(...now.map(({ name }) => name));
    return now;
  });
}
