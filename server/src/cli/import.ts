import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Import, ImportPreview, StartImport } from "@stork/contract/imports.ts";
import { Trouble } from "../platform/trouble.ts";
import { type Api, ApiTrouble } from "./api.ts";
import type { Command, Result, Voice } from "./command.ts";

const worthABar = 50 * 1024 ** 2;

export const importFiles: Command = {
  usage: "PRESET|auto FILES… --workspace W [--mapping NAME] [--sheet NAME]",
  summary: {
    zh: "导入文件（CSV、XLSX、JSON 行、Parquet；auto 自动识别；工作区不存在时自动新建）",
    en: "Imports files (CSV, XLSX, JSON lines, Parquet; auto finds the preset); makes the workspace when missing",
  },
  options: {
    workspace: { type: "string", short: "w" },
    mapping: { type: "string" },
    sheet: { type: "string" },
  },
  arguments: { least: 2, most: 21 },
  async run({ args, options, voice, api, running }) {
    const [preset = "", ...paths] = args;
    const workspace = String(options["workspace"] ?? "");
    if (workspace === "")
      throw new Trouble("请用 --workspace 指明工作区。", "Name the workspace with --workspace.");
    for (const path of paths) await readable(path);
    const server = await api();
    await ensureWorkspace(server, workspace);
    const began = performance.now();
    const home = `/api/v1/workspaces/${encodeURIComponent(workspace)}`;
    const files = { fields: { preset }, paths };
    const preview = await server.send<ImportPreview>(`${home}/imports/preview`, files, (sent, total) => {
      // What is sent in a moment needs no bar.
      if (total > worthABar) voice.progress("上传 upload", sent, total);
    });
    for (const line of noted(preview)) voice.say(line);
    const { mapping, sheet } = options;
    const order: StartImport = {
      ...{ upload: preview.upload, preset },
      ...(mapping === undefined ? {} : { mapping: String(mapping) }),
      ...(sheet === undefined
        ? {}
        : { sheets: Object.fromEntries(preview.files.map(({ name }) => [name, String(sheet)])) }),
    };
    const started = await server.call<Import>("POST", `${home}/imports`, order);
    const done = await follow({ server, running }, `${home}/imports/${started.id}`, voice);
    return resultOf(done, workspace, Math.round((performance.now() - began) / 100) / 10);
  },
};

/** What was found about each file, for whoever watches. */
const noted = ({ files }: ImportPreview): string[] =>
  files
    .filter(({ problem }) => problem === null)
    .map(({ name, format, encoding, sheet, headerLine, mergedCells = 0, recordLabel, likelyPreset }) => {
      const found = [
        format,
        encoding,
        sheet ?? "",
        headerLine > 1 ? `表头在第 header on line ${headerLine} 行` : "",
        mergedCells > 0 ? `${mergedCells} 处合并单元格已填入每一行 merged cells filled into each row` : "",
      ];
      const as = `${recordLabel?.zh ?? "?"} ${recordLabel?.en ?? ""}`.trim();
      return `${name}: ${[likelyPreset ?? "", as, ...found].filter((one) => one !== "").join("  ")}`;
    });

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

/** A server that was killed is soon there again, under another key, and goes on with the import by itself. */
const patienceMs = 120_000;

async function follow(
  { server, running }: { server: Api; running: () => Api | null },
  path: string,
  voice: Voice,
): Promise<Import> {
  let silentSince: number | null = null;
  for (;;) {
    const now = await server.call<Import>("GET", path).catch((error: unknown) => {
      // What the server says is said; where nothing answers, or one that does not know us, it was started anew.
      if (error instanceof ApiTrouble && error.code !== "access/unknown-key") throw error;
      return null;
    });
    if (now === null) {
      server = running() ?? server;
      silentSince ??= performance.now();
      if (performance.now() - silentSince > patienceMs)
        throw new Trouble(
          "服务没有应答。它再次启动后会从断点继续导入；进度见控制台「导入」。",
          "The server does not answer. Once it runs again the import goes on where it stopped; see Imports in the console.",
        );
      await sleep(1_000);
      continue;
    }
    silentSince = null;
    voice.progress("导入 import", now.bytesRead, now.bytesTotal, paceOf(now));
    if (now.status !== "waiting" && now.status !== "running") return now;
    await sleep(200);
  }
}

function paceOf({ rows, rowsPerSecond, secondsLeft }: Import): string {
  const said = [`${rows.toLocaleString("en")} 行 rows`];
  if (rowsPerSecond !== null) said.push(`${rowsPerSecond.toLocaleString("en")}/s`);
  if (secondsLeft !== null)
    said.push(`剩 left ${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`);
  return said.join("  ");
}

function resultOf(done: Import, workspace: string, seconds: number): Result {
  const { id, preset, status, totals, marks, reasons, rules, decisions, error } = done;
  const { rows, kept, added, changed, repeated, merged, records, refused, inQuarantine, skipped } = done;
  const counts = Object.entries(totals).map(([kind, count]) => `${kind} ${count.toLocaleString("en")}`);
  const listed = [...marks, ...reasons].map(
    ({ label, rows: count }) => `  ${count} × ${label.zh} ${label.en}`,
  );
  const asked = decisions
    .filter(({ answer }) => answer === null)
    .map(({ question }) => `？ ${question.zh} ${question.en}`);
  const rowsPerSecond = seconds > 0 ? Math.round(rows / seconds) : null;
  const json = {
    ...{ workspace, import: id, preset, status, seconds, rowsPerSecond },
    ...{ rows, kept, added, changed, repeated, merged, records, refused, inQuarantine, skipped },
    ...totals,
    ...{ totals, marks, reasons, rules, decisions, error },
  };
  return {
    json,
    lines: [
      `${status}  ${counts.join("  ")}`,
      `新增 added ${added}  更新 changed ${changed}  重复 repeated ${repeated}  拒绝 refused ${refused}  ${seconds} s`,
      ...listed,
      ...asked,
      ...(refused > 0
        ? [`拒绝的行在控制台「隔离区」改正后可重放。 Refused rows wait in the quarantine.`]
        : []),
      ...(error ? [`${error.zh} ${error.en}`] : []),
    ],
    exitCode: status === "failed" || status === "cancelled" ? 1 : 0,
  };
}
