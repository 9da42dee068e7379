import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnvironment } from "../../tools/launch/server-flags.mjs";

const root = join(import.meta.dirname, "../..");

export interface ServerProcess {
  pid: number;
  /** Everything said so far, on both outputs. */
  output(): string;
  /** Resolves with the address once the ready line is out; rejects when the server ends before. */
  ready: Promise<string>;
  /** The exit code, or the signal's name. */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export const ownerKey = "sk_faults_owner";

/** A real server in a process of its own, as npm start leaves it. */
export function startServer(
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
  entry = "server/src/start.ts",
): ServerProcess {
  const { DATABASE_URL: _, CLICKHOUSE_URL: __, ...own } = process.env;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", entry], {
    cwd: root,
    env: {
      // As the launcher gives them.
      ...engineEnvironment,
      ...own,
      STORK_DATA: dataDir,
      STORK_PORT: "0",
      STORK_DEMO: "0",
      STORK_STOP_WITHIN: "120", // a busy machine is no reason to break off
      STORK_LOG: "warn",
      STORK_OWNER_KEY: ownerKey,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return watched(child);
}

function watched(child: ChildProcess): ServerProcess {
  let said = "";
  const ended = new Promise<number | string>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "")),
  );
  const ready = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^stork ready (\S+)$/m.exec(said);
      if (found?.[1]) resolve(found[1]);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    void ended.then((code) => reject(new Error(`the server ended (${code}):\n${said}`)));
  });
  ready.catch(() => {});
  return { pid: child.pid ?? 0, output: () => said, ready, ended, kill: (signal) => void child.kill(signal) };
}

/** A folder for one server's data, away from everything else. */
export function dataFolder(): { dir: string; remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), "stork-faults-"));
  return { dir: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** The processes that name this folder in their command line: what a server left behind. */
export function processesNaming(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
      } catch {
        return false;
      }
    });
}

/** The whole family of a process, itself included. */
export function descendantsOf(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
  return [pid, ...children.flatMap(descendantsOf)];
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return -1;
  }
}

/** Asks the server as its owner. */
export async function ask<Body>(url: string, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${ownerKey}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Body;
}
