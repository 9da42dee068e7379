// Builds the console when its sources changed since the last build; the stamp lies beside what was built.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { progress, root, runtime, stampOf, Trouble } from "./place.mjs";
import { run } from "./run.mjs";

const sources = ["console", "contract", "package-lock.json"];

export async function buildConsole() {
  const folder = join(root, "console");
  if (!existsSync(join(folder, "vite.config.ts"))) return;
  const stampFile = join(folder, "dist/.stamp");
  const stamp = stampOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  await progress("构建控制台 building the console …", async () => {
    const { code, output } = await run(runtime, [viteProgram(folder), "build", "--logLevel", "warn"], {
      cwd: folder,
    });
    if (code !== 0) {
      throw new Trouble(
        `${output.trimEnd()}\n\n控制台没有构建成功，原因见上。`,
        "The console did not build; the reason is above.",
      );
    }
    writeFileSync(stampFile, stamp);
  });
}

/** @param {string} folder */
function viteProgram(folder) {
  const candidates = [
    join(folder, "node_modules/vite/bin/vite.js"),
    join(root, "node_modules/vite/bin/vite.js"),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  throw new Trouble(
    "没有找到 vite：安装不完整。删除 node_modules 后再运行一次。",
    "vite is not there: the installation is incomplete. Delete node_modules and run this again.",
  );
}
