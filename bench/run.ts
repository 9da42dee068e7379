import { parseArgs } from "node:util";
import { serverFlags } from "../tools/launch/server-flags.mjs";
import type { Benchmark } from "./benchmark.ts";
import { benchmarks } from "./benchmarks.ts";
import { machine } from "./machine.ts";

const known: Readonly<Record<string, Benchmark>> = benchmarks;

/** bench NAME [--scale small|full] [--json]: a table, or one JSON object as the last line. */
async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      scale: { type: "string", default: "small" },
      json: { type: "boolean", default: false },
      test: { type: "string" },
    },
    allowPositionals: true,
  });
  const [name = "", ...args] = positionals;
  const benchmark = known[name];
  const { scale } = values;
  if (!benchmark || (scale !== "small" && scale !== "full")) {
    const list = Object.entries(known).map(([each, { summary }]) => `  ${each.padEnd(12)} ${summary}`);
    console.error(`用法 usage: npm run -s bench -- NAME [--scale small|full] [--json]\n\n${list.join("\n")}`);
    return 1;
  }
  if (benchmark.asServer && !serverFlags.every((flag) => process.execArgv.includes(flag))) runAsServer();
  const say = (line: string) => console.error(line);
  const figures = await benchmark.run({ scale, args, test: values.test, say });
  if (values.json) console.log(JSON.stringify({ ...figures, benchmark: name, scale, machine: machine() }));
  else console.table({ ...figures, ...machine() });
  return 0;
}

/** Begins anew, as the server's process is started, where the system can do that. */
function runAsServer(): void {
  const { execPath, execArgv, argv, env } = process;
  process.execve?.(execPath, [execPath, ...execArgv, ...serverFlags, ...argv.slice(1)], env);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.stack ?? error.message);
  return 1;
});
process.exit();
