import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";

/** The word that makes a server process prepare the data and end. */
export const prepareOnly = "--prepare";

const marker = (config: Config): string => join(config.dataDir, "prepared");

/** Whether the demo is still to be made, as far as can be told without opening the engines. */
export const isFirstStart = (config: Config): boolean => config.demo && !existsSync(marker(config));

export const markPrepared = (config: Config): void => writeFileSync(marker(config), "");

/**
 * Makes the demo in a process of its own: what it takes (a town in memory, an engine's write buffers) is given back
 * when that process ends, so the first start idles as small as every later one. Answers whether it was made; if not,
 * the server makes it itself, or says why it cannot.
 */
export function prepareApart(entry: string, asked: Promise<void>): Promise<boolean> {
  const child = spawn(process.execPath, [...process.execArgv, entry, prepareOnly], {
    stdio: ["ignore", "inherit", "ignore"],
    env: { ...process.env, STORK_LAUNCHER_PID: String(process.pid) },
  });
  void asked.then(() => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
