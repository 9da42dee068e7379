// Finds a Chromium on this machine, so that the launcher, the test runner and the browser stories agree on it.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/snap/bin/chromium",
];

/**
 * @param {Record<string, string | undefined>} env
 * @returns {string | undefined} the path of the program, or nothing
 */
export function findChromium(env) {
  if (env.STORK_CHROMIUM) return existsSync(env.STORK_CHROMIUM) ? env.STORK_CHROMIUM : undefined;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = [...folders, "/usr/bin"].flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...applications].find((path) => existsSync(path));
}
