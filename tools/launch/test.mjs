// Runs every test there is on the pinned runtime, and names those it could not run.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findChromium } from "../chromium.mjs";
import { buildConsole } from "./build.mjs";
import { root, runtime } from "./place.mjs";
import { run } from "./run.mjs";

/**
 * @param {string[]} args passed on to vitest: files, -t NAME, --reporter …
 * @returns {Promise<number>}
 */
export async function test(args) {
  await buildConsole();
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env, TZ: "UTC", LANG: "C.UTF-8", NODE_ENV: "test" };
  const { code } = await run(runtime, [vitest, "run", ...args], { env, show: true });
  if (findChromium(process.env) === undefined) sayNotRun();
  return code;
}

function sayNotRun() {
  const folder = join(root, "console/test");
  const stories = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".browser.test.ts"))
    : [];
  if (stories.length === 0) return;
  console.log("\n没有找到 Chromium，以下浏览器故事未运行（安装 Chromium，或用 STORK_CHROMIUM 指明路径）：");
  console.log("Not run, as no Chromium was found (install one, or give its path in STORK_CHROMIUM):");
  for (const name of stories) console.log(`  console/test/${name}`);
}
