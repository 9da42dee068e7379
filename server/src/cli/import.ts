import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Words } from "@stork/contract/common.ts";
import type { Import, ImportPreview, PreviewedFile, StartImport } from "@stork/contract/imports.ts";
import { presetOf, presets } from "../imports/presets.ts";
import { Trouble } from "../platform/trouble.ts";
import { type Api, ApiTrouble } from "./api.ts";
import type { Command, Options, Result, Voice } from "./command.ts";
import { type FilePasswords, filePasswords, withPasswords } from "./file-passwords.ts";

const worthABar = 50 * 1024 ** 2;

export const importFiles: Command = {
  usage:
    "PRESET|auto FILES… --workspace W [--mapping NAME] [--sheet NAME] [--as-suggested] [--password-stdin]",
  summary: {
    zh: "导入文件（CSV、XLSX、JSON 行、Parquet；auto 自动识别；--as-suggested 照猜的列导入没见过的表；文件有密码时会问，或读环境变量 STORK_FILE_PASSWORD；工作区不存在时自动新建）",
    en: "Imports files (CSV, XLSX, JSON lines, Parquet; auto finds the preset; --as-suggested takes an unknown table's columns as they were guessed; of a file under a password it is asked for, or read from STORK_FILE_PASSWORD); makes the workspace when missing",
  },
  options: {
    workspace: { type: "string", short: "w" },
    mapping: { type: "string" },
    sheet: { type: "string" },
    "as-suggested": { type: "boolean" },
    "password-stdin": { type: "boolean" },
  },
  arguments: { least: 2, most: 1001 },
  async run({ args, options, voice, api, running }) {
    const [preset = "", ...paths] = args;
    const workspace = workspaceOf(options["workspace"]);
    requirePreset(preset);
    for (const path of paths) await readable(path);
    const passwords = await filePasswords(options["password-stdin"] === true);
    const server = await api();
    if (await ensureWorkspace(server, workspace)) voice.say(`新建了工作区 made the workspace ${workspace}`);
    const results: Result[] = [];
    for (let from = 0; from < paths.length; from += mostAtOnce) {
      const some = paths.slice(from, from + mostAtOnce);
      if (paths.length > mostAtOnce)
        voice.say(
          `\n第 ${from + 1}–${from + some.length} 个文件，共 ${paths.length} 个 files ${from + 1}–${from + some.length} of ${paths.length}`,
        );
      const result = await importOnce(
        { server, running, voice, workspace, preset, options, passwords },
        some,
      );
      if (paths.length > mostAtOnce) for (const line of result.lines) voice.say(line);
      results.push(result);
    }
    return results.length === 1 ? (results[0] as Result) : together(results);
  },
};

/** As many as one import takes. */
const mostAtOnce = 100;

interface Order {
  server: Api;
  running: () => Api | null;
  voice: Voice;
  workspace: string;
  preset: string;
  options: Options;
  passwords: FilePasswords;
}

/** Sends the files, says what was found in them, and stays until they are in. */
async function importOnce(
  { server, running, voice, workspace, preset, options, passwords }: Order,
  paths: readonly string[],
): Promise<Result> {
  const began = performance.now();
  const home = `/api/v1/workspaces/${encodeURIComponent(workspace)}`;
  const files = { fields: { preset }, paths };
  const sent = await server.send<ImportPreview>(`${home}/imports/preview`, files, (sent, total) => {
    // What is sent in a moment needs no bar.
    if (total > worthABar) voice.progress("上传 upload", sent, total);
  });
  const preview = await withPasswords(sent, passwords, voice, (password) =>
    server.call("POST", `${home}/imports/preview/${sent.upload}/unlock`, { preset, password }),
  );
  for (const line of noted(preview)) voice.say(line);
  const { mapping, sheet } = options;
  const guesses = preview.files.filter(({ guessed }) => guessed === true);
  if (options["as-suggested"] !== true && mapping === undefined)
    for (const file of guesses) throw unknownTable(file, `${server.url}/w/${workspace}/data/imports/new`);
  const order: StartImport = {
    ...{ upload: preview.upload, preset },
    presets: Object.fromEntries(guesses.flatMap(({ name, readAs }) => (readAs ? [[name, readAs]] : []))),
    mappings: Object.fromEntries(guesses.map(({ name, mapping }) => [name, mapping])),
    ...(mapping === undefined ? {} : { mapping: String(mapping) }),
    ...(sheet === undefined
      ? {}
      : { sheets: Object.fromEntries(preview.files.map(({ name }) => [name, String(sheet)])) }),
  };
  const started = await server.call<Import>("POST", `${home}/imports`, order);
  const leave = () => {
    voice.say(
      `不再显示进度；导入 ${started.id} 照常进行，服务停了也会在下次启动后接着做。要取消，请到控制台「导入」。\nNo longer watching; import ${started.id} goes on, also after the server's next start. To cancel it, see Imports in the console.`,
    );
    process.exit(130);
  };
  process.once("SIGINT", leave);
  const done = await follow({ server, running }, `${home}/imports/${started.id}`, voice).finally(
    () => void process.removeListener("SIGINT", leave),
  );
  return resultOf(done, workspace, Math.round((performance.now() - began) / 100) / 10);
}

/** More files than one import takes are several imports: what each came to was told as it ended. */
const together = (results: readonly Result[]): Result => ({
  json: { imports: results.map(({ json }) => json) },
  lines: [`${results.length} 次导入 imports`],
  exitCode: Math.max(...results.map(({ exitCode = 0 }) => exitCode)),
});

/** Nobody imports by a guess that nobody has seen. */
function unknownTable(
  { name, mapping, targets, recordLabel, problem }: PreviewedFile,
  page: string,
): Trouble {
  const labels = new Map(targets.map(({ id, label }) => [id, label]));
  const guesses = mapping.map(({ column, target }) => {
    const label = target === null ? undefined : labels.get(target);
    return `  ${column} → ${label === undefined ? "不导入 left out" : `${label.zh} ${label.en}`}`;
  });
  const list = guesses.join("\n");
  const complete = problem === null;
  return new Trouble(
    `没见过「${name}」的表头，看起来像「${recordLabel?.zh ?? "?"}」：\n${list}\n${complete ? "照此导入请加 --as-suggested；要改，" : `${problem?.zh}\n`}请在 ${page} 说明各列并存下这份对应，以后自动套用。`,
    `The header of “${name}” is not known; it looks like “${recordLabel?.en ?? "?"}” as above. ${complete ? "Add --as-suggested to import it so; to change it," : ""} say what its columns are at ${page} and save that: it is used by itself from then on.`,
  );
}

function workspaceOf(said: unknown): string {
  const workspace = String(said ?? "");
  if (workspace === "")
    throw new Trouble("请用 --workspace 指明工作区。", "Name the workspace with --workspace.");
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(workspace))
    throw new Trouble(
      `工作区的短名只能用小写字母、数字和连字符（例如 sapling），现在是「${workspace}」。`,
      `A workspace's short name has lower-case letters, digits and hyphens (e.g. sapling), not "${workspace}".`,
    );
  return workspace;
}

/** Before a workspace is made for nothing. */
function requirePreset(preset: string): void {
  if (preset === "auto" || presetOf(preset) !== undefined) return;
  const known = Object.values(presets).map(({ id, name }) => `  ${id.padEnd(14)} ${name.zh} ${name.en}`);
  throw new Trouble(
    `没有名为「${preset}」的预设。可用的有：\n  ${"auto".padEnd(14)} 自动识别 finds it by itself\n${known.join("\n")}`,
    `There is no preset "${preset}"; see above.`,
  );
}

/** What was found about each file, for whoever watches. */
const noted = ({ files }: ImportPreview): string[] => [
  ...files
    .filter(({ lacks }) => lacks === "rows" && files.length > 1)
    .map(({ name }) => `${name}: 只有表头，没有数据行，跳过 a header and no rows; passed over`),
  ...files
    .filter(({ problem }) => problem === null)
    .map(({ name, format, encoding, sheet, headerLine, mergedCells = 0, recordLabel, likelyPreset }) => {
      const found = [
        format,
        encoding,
        sheet ?? "",
        headerLine > 1 ? `表头在第 ${headerLine} 行 header on line ${headerLine}` : "",
        mergedCells > 0 ? `${mergedCells} 处合并单元格已填入每一行 merged cells filled into each row` : "",
      ];
      const as = `${recordLabel?.zh ?? "?"} ${recordLabel?.en ?? ""}`.trim();
      return `${name}: ${[likelyPreset ?? "", as, ...found].filter((one) => one !== "").join("  ")}`;
    }),
];

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

/** Whether it had to be made. */
async function ensureWorkspace({ call }: Api, slug: string): Promise<boolean> {
  try {
    await call("POST", "/api/v1/workspaces", { slug });
    return true;
  } catch (error) {
    if (!(error instanceof ApiTrouble && error.code === "access/slug-taken")) throw error;
    return false;
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

function paceOf({ rows, rowsPerSecond, secondsLeft, readingAgain, waitsFor }: Import): string {
  if (waitsFor) {
    const { id, name, status } = waitsFor;
    return status === "undoing"
      ? `等导入 ${id}（${name}）撤回完成 waits until import ${id} is taken back`
      : `等导入 ${id}（${name}）完成 waits for import ${id} to end`;
  }
  const said = rows > 0 ? [`${grouped(rows)} 行 rows`] : [];
  if (readingAgain)
    said.push(
      `接着做：重读到第 ${grouped(readingAgain.rows)} / ${grouped(readingAgain.of)} 行 reading again`,
    );
  if (rowsPerSecond !== null) said.push(`${grouped(rowsPerSecond)}/s`);
  if (secondsLeft !== null)
    said.push(`剩 left ${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`);
  return said.join("  ");
}

const grouped = (count: number): string => count.toLocaleString("en");
const inBoth = ({ zh, en }: Words): string => `${zh} ${en}`;

const statusWords: Readonly<Record<Import["status"], Words>> = {
  waiting: { zh: "排队中", en: "waiting" },
  running: { zh: "导入中", en: "running" },
  "needs-decision": { zh: "已导入，有问题待决定", en: "done, with a question for you" },
  done: { zh: "完成", en: "done" },
  failed: { zh: "失败", en: "failed" },
  cancelled: { zh: "已取消", en: "cancelled" },
  undoing: { zh: "撤回中", en: "undoing" },
  undone: { zh: "已撤回", en: "undone" },
};

function resultOf(done: Import, workspace: string, seconds: number): Result {
  const { id, preset, status, totals, totalLabels, marks, reasons, rules, decisions, error } = done;
  const { rows, kept, added, changed, repeated, merged, records, refused, inQuarantine, skipped } = done;
  const counts = Object.entries(totals).map(
    ([kind, count]) => `${inBoth(totalLabels[kind] ?? { zh: kind, en: kind })} ${grouped(count)}`,
  );
  const listed = [
    ...marks.map(({ label, rows: count }) => `  标记 marked ${grouped(count)} × ${inBoth(label)}`),
    ...reasons.map(({ label, rows: count }) => `  拒绝 refused ${grouped(count)} × ${inBoth(label)}`),
  ];
  const aside = [
    skipped.above > 0 ? `表头上方 above the header ${grouped(skipped.above)}` : "",
    skipped.totals > 0 ? `合计 totals ${grouped(skipped.totals)}` : "",
    skipped.notes > 0 ? `说明 notes ${grouped(skipped.notes)}` : "",
  ].filter((one) => one !== "");
  const asked = decisions
    .filter(({ answer }) => answer === null)
    .map(({ question }) => `？ ${inBoth(question)}`);
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
      `${inBoth(statusWords[status])}  ${counts.join("  ")}`,
      `新增 added ${grouped(added)}  更新 changed ${grouped(changed)}  重复 repeated ${grouped(repeated)}  拒绝 refused ${grouped(refused)}  ${seconds} s`,
      ...(aside.length > 0 ? [`  不算数据的行 lines left out: ${aside.join(", ")}`] : []),
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
