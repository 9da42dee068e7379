import { parseArgs } from "node:util";
import { type Api, createApi } from "./cli/api.ts";
import type { Command, Result } from "./cli/command.ts";
import { commands } from "./cli/commands.ts";
import { createVoice } from "./cli/voice.ts";
import { type Config, readConfig } from "./platform/config.ts";
import { holderOf } from "./platform/lock.ts";
import { createLog } from "./platform/log.ts";
import { Trouble } from "./platform/trouble.ts";

const known: Readonly<Record<string, Command>> = commands;

/** stork COMMAND … [--json]: the result on standard output, everything else on standard error. */
async function run(argv: readonly string[]): Promise<number> {
  const [name = "", ...rest] = argv;
  if (name === "" || name === "help" || name === "--help") {
    process.stdout.write(help());
    return name === "" ? 1 : 0;
  }
  const command = known[name];
  if (!command)
    throw new Trouble(`没有「${name}」这个命令。\n${help()}`, `There is no command "${name}"; see above.`);
  if (rest.includes("--help")) {
    process.stdout.write(line(name, command));
    return 0;
  }
  const { args, options } = parse(name, command, rest);
  const config = readConfig(process.env);
  const voice = createVoice(process.stderr);
  let opened: Promise<Api> | undefined;
  const api = () => {
    opened ??= reach(config);
    return opened;
  };
  try {
    return show(
      await command.run({ config, args, options, voice, api, running: () => running(config) }),
      options["json"] === true,
    );
  } finally {
    await (await opened?.catch(() => undefined))?.close();
  }
}

function show({ json, lines, exitCode = 0 }: Result, asJson: boolean): number {
  if (asJson) process.stdout.write(`${JSON.stringify(json)}\n`);
  else for (const text of lines) process.stdout.write(`${text}\n`);
  return exitCode;
}

function parse(name: string, command: Command, rest: readonly string[]) {
  const usage = `stork ${name} ${command.usage}`.trim();
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...command.options, json: { type: "boolean" } },
      allowPositionals: true,
    });
    const { least, most } = command.arguments;
    if (positionals.length < least) throw new Error(`${positionals.length} of ${least} words are there`);
    if (positionals.length > most) throw new Error(`${positionals.length} words, ${most} at most`);
    return { args: positionals, options: values as Readonly<Record<string, string | boolean | undefined>> };
  } catch (error) {
    const { message } = error as Error;
    throw new Trouble(
      `参数不对（${message}）。用法：${usage}`,
      `The arguments are not right: ${message}. Usage as above; more with --help.`,
    );
  }
}

function running(config: Config): Api | null {
  const holder = holderOf(config.dataDir);
  return holder?.url && holder.key ? createApi(holder.url, holder.key) : null;
}

/** The server that runs on this data folder; else one opened for the moment. */
async function reach(config: Config): Promise<Api> {
  const there = running(config);
  if (there !== null) return there;
  // Loaded only here: the engines alone take half a gigabyte, and most commands need none of it.
  const [{ buildApp }, { openInstance }] = await Promise.all([
    import("./main.ts"),
    import("./platform/instance.ts"),
  ]);
  const instance = await openInstance({
    config,
    log: createLog(process.env["STORK_LOG"] ? config.logLevel : "error"),
    build: buildApp,
    consoleDir: null,
    tell: () => {},
    passing: true,
  });
  return createApi(instance.url, instance.key, async () => void (await instance.stop()));
}

const line = (name: string, { usage, summary }: Command): string =>
  `  stork ${name} ${usage}\n      ${summary.zh} ${summary.en}\n`;

const help = (): string =>
  `用法 usage: npm run -s stork -- COMMAND … [--json]\n\n${Object.entries(known)
    .map(([name, command]) => line(name, command))
    .join("")}`;

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof Trouble;
  process.stderr.write(`\n${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  return 1;
});
process.exit();
