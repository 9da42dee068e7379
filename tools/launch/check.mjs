// Runs every check even when one fails, says how long each took, and shows what the failed ones said.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root, runtime, Trouble } from "./place.mjs";
import { run } from "./run.mjs";

/** @param {string} path inside node_modules */
const program = (path) => join(root, "node_modules", path);

const modules = ["contract", "models", "town", "server", "console/src", "bench", "tools"];

/**
 * The longest first: as many run side by side as there are cores.
 * @type {Record<string, string[]>}
 */
const steps = {
  tsc: [program("typescript/bin/tsc"), "-p", "."],
  "tsc-console": [program("typescript/bin/tsc"), "-p", "console"],
  biome: [program("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "--colors=off", "."],
  depcruise: [
    program("dependency-cruiser/bin/dependency-cruiser.mjs"),
    "--config",
    ".dependency-cruiser.mjs",
    ...modules.filter((path) => existsSync(join(root, path))),
  ],
  knip: [program("knip/bin/knip.js"), "--no-progress"],
};

/**
 * @param {string[]} wanted names of steps; all when empty
 * @returns {Promise<number>}
 */
export async function check(wanted) {
  const unknown = wanted.filter((name) => !steps[name]);
  if (unknown.length > 0) {
    const known = Object.keys(steps).join(", ");
    throw new Trouble(
      `没有这项检查：${unknown.join("、")}；可用：${known}`,
      `No such check: ${unknown}; use: ${known}`,
    );
  }
  const waiting = Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  let failed = 0;
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (!(await passes(...step))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  console.log(failed === 0 ? "检查全部通过 all checks pass" : `${failed} 项检查未通过 checks failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * @param {string} name
 * @param {string[]} args
 */
async function passes(name, args) {
  const began = performance.now();
  const { code, output } = await run(runtime, args);
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.log(`${code === 0 ? "✓" : "✗"} ${name.padEnd(12)} ${took}`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}
