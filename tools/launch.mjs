// The one script the system's own Node runs: installs what is missing, then hands over to the pinned runtime.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildConsole } from "./launch/build.mjs";
import { check } from "./launch/check.mjs";
import { handOver } from "./launch/hand-over.mjs";
import { ensureInstalled } from "./launch/install.mjs";
import { root, say, Trouble } from "./launch/place.mjs";
import { test } from "./launch/test.mjs";

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start: async (args) => {
    await buildConsole();
    return handOver("server/src/start.ts", args, { watched: true });
  },
  stork: (args) => handOver("server/src/cli.ts", args),
  bench: (args) => handOver("bench/run.ts", args),
  check,
  test,
};

async function main() {
  const [name = "", ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    throw new Trouble(
      `没有「${name}」这个命令；可用：${Object.keys(commands).join("、")}`,
      `There is no command "${name}"; use one of: ${Object.keys(commands).join(", ")}`,
    );
  }
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new Trouble(
      `需要 Node 20 或更新，本机是 ${process.version}。请从 https://nodejs.org 安装后再试。`,
      `Node 20 or newer is needed, this is ${process.version}. Install it from https://nodejs.org and try again.`,
    );
  }
  if (!existsSync(join(root, "package-lock.json"))) {
    throw new Trouble(
      `${root} 不是完整的仓库：缺少 package-lock.json。请重新克隆。`,
      `${root} is not a whole checkout: package-lock.json is missing. Clone it again.`,
    );
  }
  await ensureInstalled();
  return command(args);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    if (error instanceof Trouble) say(`\n${error.message}`);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  },
);
