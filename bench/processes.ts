import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Resident memory of a process and all it started, shared pages counted once where the system tells. */
export const memoryMb = (pid: number): number =>
  Math.round((familyOf(pid).reduce((sum, each) => sum + memoryKb(each), 0) / 1024) * 10) / 10;

/** Processor time so far, of a process and all it started. */
export const cpuSeconds = (pid: number): number =>
  familyOf(pid).reduce((sum, each) => sum + cpuTicks(each), 0) / ticksPerSecond;

/** The kinds of threads of a server: its own code, its threads', V8's helpers, the facts' engine, and PostgreSQL's processes. */
export type ThreadKind = "main" | "threads" | "v8" | "clickhouse" | "postgres";
const v8Names: Readonly<Record<string, ThreadKind>> = { WorkerThread: "threads", V8Worker: "v8" };

/** Processor time so far by kind of thread; nothing where the system does not tell. */
export function cpuByKind(pid: number): Record<ThreadKind, number> {
  const kinds = { main: 0, threads: 0, v8: 0, clickhouse: 0, postgres: 0 };
  for (const each of familyOf(pid)) {
    if (each !== pid) kinds.postgres += (cpuTicks(each) + endedTicks(each)) / ticksPerSecond;
    else
      for (const thread of names(`/proc/${pid}/task`)) {
        const at = `${pid}/task/${thread}`;
        const name = text(`/proc/${at}/comm`).trim();
        const kind = thread === String(pid) ? "main" : (v8Names[name] ?? "clickhouse");
        kinds[kind] += cpuTicks(at) / ticksPerSecond;
      }
  }
  return kinds;
}

/** Linux keeps the tree in /proc; elsewhere only the server itself is counted. */
function familyOf(pid: number): number[] {
  const parents = new Map(
    names("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const family = [pid];
  for (const each of family) for (const [child, parent] of parents) if (parent === each) family.push(child);
  return family;
}

/** The fields of a process's state, from the third on; the second is a name that may hold anything. */
function stateOf(pid: number | string): string[] {
  const stat = text(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

const parentOf = (pid: string): number => Number(stateOf(pid)[1]);

function cpuTicks(pid: number | string): number {
  const state = stateOf(pid);
  return Number(state[11] ?? 0) + Number(state[12] ?? 0);
}

/** What those it started and that have ended had taken: connections are closed when they were idle for a while. */
function endedTicks(pid: number): number {
  const state = stateOf(pid);
  return Number(state[13] ?? 0) + Number(state[14] ?? 0);
}

/** Proportional share: PostgreSQL's processes share one buffer, which is there once. */
function memoryKb(pid: number): number {
  const share = /^Pss:\s+(\d+)/m.exec(text(`/proc/${pid}/smaps_rollup`));
  const resident = /^VmRSS:\s+(\d+)/m.exec(text(`/proc/${pid}/status`));
  return Number(share?.[1] ?? resident?.[1] ?? 0);
}

function names(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
