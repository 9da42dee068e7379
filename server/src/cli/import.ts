import type { Import, ImportPreview, StartImport } from "@stork/contract/imports.ts";
import type { Api } from "./api.ts";
import type { Command, Options, Result, Voice } from "./command.ts";
import { type FilePasswords, filePasswords, withPasswords } from "./file-passwords.ts";
import { ensureWorkspace, readable, requirePreset, workspaceOf } from "./import-asked.ts";
import { followImport } from "./import-follow.ts";
import { noted, unknownTable } from "./import-preview.ts";
import { resultOf } from "./import-result.ts";

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
  const done = await followImport({ server, running }, `${home}/imports/${started.id}`, voice).finally(
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
