import { constants, openAsBlob } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import { Trouble } from "../platform/trouble.ts";
import { type Api, ApiTrouble } from "./api.ts";
import type { Command, Result, Voice } from "./command.ts";

export const importFiles: Command = {
  usage: "PRESET FILES… --workspace W",
  summary: {
    zh: "导入文件（工作区不存在时自动新建）",
    en: "Imports files; makes the workspace when it is missing",
  },
  options: { workspace: { type: "string", short: "w" } },
  arguments: { least: 2, most: 21 },
  async run({ args, options, voice, api }) {
    const [preset = "", ...paths] = args;
    const workspace = String(options["workspace"] ?? "");
    if (workspace === "")
      throw new Trouble("请用 --workspace 指明工作区。", "Name the workspace with --workspace.");
    const form = await formOf(preset, paths);
    const server = await api();
    await ensureWorkspace(server, workspace);
    const began = performance.now();
    const home = `/api/v1/workspaces/${encodeURIComponent(workspace)}`;
    const { upload } = await server.send<ImportPreview>(`${home}/imports/preview`, form);
    const started = await server.call<Import>("POST", `${home}/imports`, { upload, preset });
    const done = await follow(server, `${home}/imports/${started.id}`, voice);
    return resultOf(done, workspace, Math.round((performance.now() - began) / 100) / 10);
  },
};

async function formOf(preset: string, paths: readonly string[]): Promise<FormData> {
  const form = new FormData();
  form.append("preset", preset);
  for (const path of paths) {
    await readable(path);
    const file = await openAsBlob(path);
    form.append("files", file, basename(path));
  }
  return form;
}

async function readable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isFile()) return;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(`打不开文件 ${path}（${code}）。`, `The file ${path} cannot be opened (${code}).`);
  }
  throw new Trouble(`${path} 不是文件。`, `${path} is not a file.`);
}

async function ensureWorkspace({ call }: Api, slug: string): Promise<void> {
  try {
    await call("POST", "/api/v1/workspaces", { slug });
  } catch (error) {
    if (!(error instanceof ApiTrouble && error.code === "access/slug-taken")) throw error;
  }
}

async function follow({ call }: Api, path: string, voice: Voice): Promise<Import> {
  for (;;) {
    const now = await call<Import>("GET", path);
    voice.progress("导入 import", now.bytesRead, now.bytesTotal, `${now.rows.toLocaleString("en")} 行 rows`);
    if (now.status !== "waiting" && now.status !== "running") return now;
    await sleep(200);
  }
}

function resultOf(done: Import, workspace: string, seconds: number): Result {
  const { id, preset, status, rows, added, repeated, refused, totals, marks, reasons, decisions, error } =
    done;
  const counts = Object.entries(totals).map(([kind, count]) => `${kind} ${count.toLocaleString("en")}`);
  const noted = [...marks, ...reasons].map(
    ({ label, rows: count }) => `  ${count} × ${label.zh} ${label.en}`,
  );
  const asked = decisions
    .filter(({ answer }) => answer === null)
    .map(({ question }) => `？ ${question.zh} ${question.en}`);
  return {
    json: {
      workspace,
      import: id,
      preset,
      status,
      seconds,
      rows,
      added,
      repeated,
      refused,
      ...totals,
      totals,
      marks,
      reasons,
      decisions,
      error,
    },
    lines: [
      `${status}  ${counts.join("  ")}`,
      `新增 added ${added}  重复 repeated ${repeated}  拒绝 refused ${refused}  ${seconds} s`,
      ...noted,
      ...asked,
      ...(error ? [`${error.zh} ${error.en}`] : []),
    ],
    exitCode: status === "failed" || status === "cancelled" ? 1 : 0,
  };
}
