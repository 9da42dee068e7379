import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "./log.ts";
import type { PostgresAddress } from "./postgres.ts";
import {
  endOrphan,
  findPrograms,
  initialise,
  notStarted,
  type Programs,
  quietEnvironment,
} from "./postgres-folder.ts";
import { openForPassing, type Runner, unprivileged } from "./run-as.ts";

export interface EmbeddedPostgres {
  address: PostgresAddress;
  /** The user it runs as instead of root; null when it is our own. */
  runsAs: string | null;
  /** Called when it ended unasked and could not be started again. */
  onLost(listener: () => void): void;
  stop(): Promise<void>;
}

interface Options {
  /** false: commits are not forced to disk; for tests, whose data nobody misses. */
  durable?: boolean;
  connections?: number;
}

/** A real PostgreSQL as our child: its folder, its user, its start, its end, and what a killed predecessor left behind. */
export async function startEmbeddedPostgres(
  dataDir: string,
  log: Log,
  options: Options = {},
): Promise<EmbeddedPostgres> {
  const programs = await findPrograms();
  const folder = join(dataDir, "postgres");
  const passwordFile = join(dataDir, "postgres.password");
  if (process.getuid?.() === 0) openForPassing(dataDir);
  const runner = unprivileged(folder, [programs.postgres]);
  await endOrphan(folder, log);
  if (!existsSync(join(folder, "PG_VERSION"))) await initialise(programs, runner, folder, passwordFile);
  const password = readFileSync(passwordFile, "utf8").trim();
  const at = { dataDir, folder, password, ...options };
  for (let tries = 0; ; tries += 1) {
    const place = { ...at, port: await freePort() };
    const started = await launch(programs, runner, place);
    if (typeof started !== "string") {
      const again = () => endOrphan(folder, log).then(() => launch(programs, runner, place));
      return { ...supervise(started, again, log), runsAs: runner.user?.name ?? null };
    }
    // Someone else took the port between our look and its start.
    if (!/Address already in use|could not bind/i.test(started) || tries > 4)
      throw notStarted(started, folder);
  }
}

const longestRestartMs = 30_000;

/** Starts it again at the same place when it ends unasked (killed by hand, or for want of memory); clients reconnect by themselves. */
function supervise(
  first: Running,
  again: () => Promise<Running | string>,
  log: Log,
): Pick<EmbeddedPostgres, "address" | "onLost" | "stop"> {
  let running = first;
  let stopping = false;
  let restarting: Promise<void> | undefined;
  let lost = () => {};
  const restart = async (): Promise<void> => {
    const began = performance.now();
    // Its orphaned children may hold its memory a moment longer than it lives, and it refuses to start beside them.
    while (!stopping && performance.now() - began < longestRestartMs) {
      const next = await again().catch(() => "");
      if (typeof next !== "string") {
        running = next;
        watchEnd();
        return;
      }
      await sleep(500);
    }
    if (!stopping) lost();
  };
  const watchEnd = () => {
    void running.ended.then(() => {
      if (stopping) return;
      log.error({ event: "postgres-ended" }, "PostgreSQL ended unasked; starting it again");
      restarting = restart();
    });
  };
  watchEnd();
  return {
    address: first.address,
    onLost: (listener) => {
      lost = listener;
    },
    stop: async () => {
      stopping = true;
      await restarting;
      await running.stop();
    },
  };
}

interface Launch extends Options {
  dataDir: string;
  folder: string;
  port: number;
  password: string;
}

interface Running {
  address: PostgresAddress;
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Answers the running server, or what it said when it would not run. */
async function launch(programs: Programs, runner: Runner, at: Launch): Promise<Running | string> {
  const logFile = join(at.dataDir, "postgres.log");
  const { program, args, ids } = runner.command(programs.postgres, ["-D", at.folder, ...settings(at)]);
  const output = openSync(logFile, "w");
  // Its own group: a Ctrl-C is for us, who stop it when what was acknowledged is finished.
  const child = spawn(program, args, {
    ...ids,
    cwd: "/",
    env: quietEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve()).once("error", () => resolve());
  });
  // From the first moment: we may be killed while it is still starting.
  const watcher = child.pid === undefined ? null : watch(child.pid, runner);
  void ended.then(() => watcher?.kill("SIGKILL"));
  const socket = socketFolder(at);
  const how = socket === null ? "" : `?host=${encodeURIComponent(socket)}`;
  const secret = encodeURIComponent(at.password);
  const connectionString = `postgres://stork:${secret}@127.0.0.1:${at.port}/postgres${how}`;
  if (!(await answers(connectionString, child))) {
    child.kill("SIGKILL");
    await ended;
    return readFileSync(logFile, "utf8");
  }
  return { address: { connectionString }, ended, stop: () => end(child, ended) };
}

/** What the system has room for in a socket's name. */
const longestSocket = 103;

/**
 * Where the server has a socket besides its port; none where its name would be too long, or unreadable in a list of names.
 * By it a large copy takes half the time that it takes through the network's layers.
 */
function socketFolder({ folder, port }: Launch): string | null {
  const name = Buffer.byteLength(`${folder}/.s.PGSQL.${port}`);
  return process.platform === "win32" || name > longestSocket || folder.includes('"') ? null : folder;
}

function settings(at: Launch): string[] {
  const { port, durable = true, connections = 60 } = at;
  const socket = socketFolder(at);
  return Object.entries({
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: socket === null ? "" : `"${socket}"`,
    max_connections: connections,
    // What is read again comes from the system's own memory, which is there for others, too.
    shared_buffers: "48MB",
    // The acknowledgement rule: a commit that was answered is on disk.
    synchronous_commit: durable ? "on" : "off",
    fsync: durable ? "on" : "off",
    log_min_messages: "warning",
    max_wal_size: "1GB",
    timezone: "UTC",
    jit: "off",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function answers(connectionString: string, child: ChildProcess): Promise<boolean> {
  // Recovery after a kill may take a while; it says so by refusing connections, not by ending.
  for (let waited = 0; waited < 120_000; waited += 25) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    const client = new pg.Client({ connectionString });
    client.on("error", () => {});
    try {
      await client.connect();
      return true;
    } catch {
      await sleep(25);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return false;
}

/** Fast shutdown, then less kindly. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 2500],
    ["SIGQUIT", 1000],
    ["SIGKILL", 1000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const timeout = new AbortController();
    await Promise.race([ended, sleep(patienceMs, undefined, { signal: timeout.signal }).catch(() => {})]);
    timeout.abort();
  }
}

/** A shell that waits on a pipe from us. When we are killed the pipe ends, and it asks PostgreSQL to stop. */
function watch(pid: number, runner: Runner): ChildProcess {
  const { program, args, ids } = runner.command("/bin/sh", [
    "-c",
    'read -r _; kill -INT "$0" 2>/dev/null',
    String(pid),
  ]);
  const watcher = spawn(program, args, {
    ...ids,
    cwd: "/",
    env: {},
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return watcher;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
