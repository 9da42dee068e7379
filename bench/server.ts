import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnvironment, serverFlags } from "../tools/launch/server-flags.mjs";
import { cpuByKind, cpuSeconds, memoryMb, type ThreadKind } from "./processes.ts";

const root = join(import.meta.dirname, "..");

const asLaunched = ["--disable-warning=ExperimentalWarning", ...serverFlags];

export const ownerKey = "sk_bench_owner";

export interface MeasuredServer {
  url: string;
  /** From the process's start to the ready line. */
  readyMs: number;
  /** Resident memory now, of the server and all it started, shared pages counted once where the system tells. */
  memoryMb(): number;
  /** Processor time so far, of the server and all it started. */
  cpuSeconds(): number;
  /** The same by kind of thread. */
  cpuByKind(): Record<ThreadKind, number>;
  stop(): Promise<void>;
}

/** A server as npm start leaves it, on data of its own and any free port. */
export async function startServer(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<MeasuredServer> {
  const began = performance.now();
  const child = spawn(process.execPath, [...asLaunched, "server/src/start.ts"], {
    cwd: root,
    env: {
      ...process.env,
      STORK_DATA: dataDir,
      STORK_PORT: "0",
      ...engineEnvironment,
      STORK_LOG: "warn",
      STORK_OWNER_KEY: ownerKey,
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readyLine(child);
  const readyMs = Math.round(performance.now() - began);
  const pid = child.pid ?? 0;
  return {
    url,
    readyMs,
    memoryMb: () => memoryMb(pid),
    cpuSeconds: () => cpuSeconds(pid),
    cpuByKind: () => cpuByKind(pid),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

export function temporaryFolder(): { dir: string; remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), "stork-bench-"));
  return { dir: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^stork ready (\S+)$/m.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
}
