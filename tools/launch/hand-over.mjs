// Becomes the pinned runtime where the system can do that, else stands by it: signals in, exit code out.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, runtime, Trouble } from "./place.mjs";
import { passSignals } from "./run.mjs";
import { engineEnvironment, serverFlags } from "./server-flags.mjs";

const runtimeFlags = ["--disable-warning=ExperimentalWarning"];

/**
 * @param {string} file relative to the root
 * @param {string[]} args
 * @param {{ watched?: boolean }} [options] watched: a server, to be told whose end is its end too
 * @returns {Promise<number>} the exit code; never returns where the process itself is replaced
 */
export async function handOver(file, args, { watched = false } = {}) {
  if (!existsSync(join(root, file))) {
    throw new Trouble(`缺少 ${file}，请重新克隆仓库。`, `${file} is missing; clone the repository again.`);
  }
  const argv = [...runtimeFlags, ...(watched ? serverFlags : []), join(root, file), ...args];
  if (typeof process.execve === "function") {
    // Under npm the end of npm is the end of the server; started by hand, nobody but the user stops it.
    const parent = watched && process.env.npm_lifecycle_event ? process.ppid : undefined;
    process.removeAllListeners("warning"); // execve is marked experimental, and says so on every start
    process.execve(runtime, [runtime, ...argv], environment(parent));
  }
  return stand(argv, watched);
}

/** @param {number | undefined} launcher */
function environment(launcher) {
  const { STORK_LAUNCHER_PID: _, ...own } = process.env;
  const env = { ...engineEnvironment, ...own };
  return launcher === undefined ? env : { ...env, STORK_LAUNCHER_PID: String(launcher) };
}

/**
 * @param {string[]} argv
 * @param {boolean} watched
 * @returns {Promise<number>}
 */
function stand(argv, watched) {
  const child = spawn(runtime, argv, {
    stdio: "inherit",
    env: environment(watched ? process.pid : undefined),
  });
  const release = passSignals(child);
  const stopWatching = stopWithParent(child);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      release();
      stopWatching();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      release();
      stopWatching();
      if (signal) process.kill(process.pid, signal);
      else resolve(code ?? 1);
    });
  });
}

/**
 * When npm itself is killed outright, the launcher is handed to another parent: that is a request to stop.
 * @param {import("node:child_process").ChildProcess} child
 */
function stopWithParent(child) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return () => {};
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, 500);
  return () => clearInterval(timer);
}
