import type { FastifyInstance } from "fastify";
import type { ClickHouse } from "./clickhouse.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { newSecret } from "./crypto.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { type Engines, openEngines } from "./engines.ts";
import { type JobRunner, startJobs, type Tasks } from "./jobs.ts";
import { type Lock, takeLock } from "./lock.ts";
import type { Log } from "./log.ts";
import { masterKey } from "./master-key.ts";
import { checkPort, portTrouble } from "./port.ts";
import type { Postgres } from "./postgres.ts";
import type { S3Place } from "./s3-place.ts";
import { Trouble } from "./trouble.ts";
import { within } from "./within.ts";

/** What the house stands on; tests bring their own engines and a clock that stands still. */
export interface Ground {
  postgres: Postgres;
  clickhouse: ClickHouse;
  cluster: string | null;
  clock: Clock;
  log: Log;
  master: Buffer;
  dataDir: string;
  coldBucket: S3Place | null;
  /** Keys that are the owner's without being in a table. */
  ownerKeys: readonly string[];
  /** Where people and mail programs reach us; known once we listen. */
  publicUrl: () => string;
  consoleDir: string | null;
}

export interface App {
  http: FastifyInstance;
  /** The background work of every room, by name. */
  tasks: Tasks;
  /** A one-time link for the first owner; null when a password is set, unless asked for always. */
  signInLink(always?: boolean): Promise<string | null>;
  /** Makes the demo workspace unless it was made before. */
  ensureDemo(tell: Tell): Promise<void>;
  /** Finishes what was taken, and lets go of timers; the engines are still open. */
  stop(): Promise<void>;
}

export type Build = (ground: Ground) => Promise<App>;
/** A line of progress, in Chinese and English. */
export type Tell = (line: string) => void;

export interface InstanceOptions {
  config: Config;
  log: Log;
  build: Build;
  consoleDir: string | null;
  tell: Tell;
  /** Begun when the engines have been called, for what need not wait for them; its failure shows when it is needed. */
  meanwhile?: () => Promise<unknown>;
  /** The command line works on an instance of its own for a moment: on any port, without a demo. */
  passing?: boolean;
  /** Aborted when a stop is asked for before the instance is open: what was begun is put down, and taken up next time. */
  signal?: AbortSignal;
}

export interface Instance {
  app: App;
  url: string;
  /** An owner's key, good for as long as this instance runs. */
  key: string;
  engines: Engines;
  /** Answers whether the engines let go; if not, the process may hang in its own end. */
  stop(): Promise<boolean>;
}

/** Folder, lock, engines, rooms, background work, port: in the order in which each can fail most cheaply. */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const { config, tell } = options;
  prepareDataFolder(config.dataDir);
  const lock = takeLock(config.dataDir);
  if ("pid" in lock) throw secondServer(config.dataDir, lock.pid, lock.url);
  let engines: Engines | undefined;
  try {
    if (!options.passing) await checkPort(config.host, config.port);
    tell("启动数据引擎 starting the engines …");
    const opening = openEngines(config, options.log);
    const reading = setTimeout(() => void options.meanwhile?.().catch(() => {}), 100);
    engines = await opening.finally(() => clearTimeout(reading));
    options.signal?.throwIfAborted();
    if (engines.runsAs) tell(rootSentence(engines.runsAs));
    return await openOn(engines, lock, options);
  } catch (error) {
    await within(3000, engines?.close());
    lock.release();
    throw error;
  }
}

async function openOn(engines: Engines, lock: Lock, options: InstanceOptions): Promise<Instance> {
  const { config, log, passing = false } = options;
  const key = newSecret("sk_local_");
  let url = "";
  const app = await options.build({
    postgres: engines.postgres,
    clickhouse: engines.clickhouse,
    cluster: config.cluster,
    clock: systemClock,
    log,
    master: masterKey(config.dataDir, config.masterKey),
    dataDir: config.dataDir,
    coldBucket: config.coldBucket,
    ownerKeys: [key, ...(config.ownerKey ? [config.ownerKey] : [])],
    // A passing instance is gone before its links are followed: they lead to where the server will be.
    publicUrl: () => config.publicUrl ?? (passing ? urlOf(config.host, config.port) : url),
    consoleDir: options.consoleDir,
  });
  let runner: JobRunner | undefined;
  try {
    const patienceMs = Math.min(500, jobsFinishShare * config.stopWithinMs);
    runner = await startJobs(engines.postgres.pool, app.tasks, log, { patienceMs });
    if (config.demo && !passing) await demoOrGoOn(app, options);
    url = await listen(app.http, passing ? { host: "127.0.0.1", port: 0 } : config);
    lock.tell(url, key);
  } catch (error) {
    await within(3000, Promise.all([runner?.stop(), app.stop(), app.http.close()]));
    throw error;
  }
  const stop = once(() => stopAll({ app, runner, engines, lock }, config.stopWithinMs));
  return { app, url, key, engines, stop };
}

async function listen(
  http: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    await http.listen({ host, port });
  } catch (error) {
    throw portTrouble(host, port, error as NodeJS.ErrnoException);
  }
  const address = http.server.address() as { port: number };
  return urlOf(host, address.port);
}

const urlOf = (host: string, port: number): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

interface Parts {
  app: App;
  runner: JobRunner | undefined;
  engines: Engines;
  lock: Lock;
}

/** Of the time of a stop: in this a short job is finished; the rest of the jobs' share a long one has to put its work down. */
const jobsFinishShare = 0.1;

/** No new requests; those under way are finished, and jobs put down; then the engines. Each step has its share of the time. */
async function stopAll({ app, runner, engines, lock }: Parts, allMs: number): Promise<boolean> {
  const closing = app.http.close();
  await Promise.all([within(0.38 * allMs, closing), within(0.42 * allMs, runner?.stop())]);
  app.http.server.closeAllConnections();
  await within(0.1 * allMs, app.stop());
  const clean = await within(0.48 * allMs, engines.close());
  lock.release();
  return clean;
}

/** A demo that failed is no reason not to start: it goes on at the next start. */
async function demoOrGoOn(app: App, { log, tell, signal }: InstanceOptions): Promise<void> {
  try {
    await untilAborted(app.ensureDemo(tell), signal);
  } catch (error) {
    signal?.throwIfAborted();
    log.error(
      { event: "demo-failed", error: (error as Error).message, stack: (error as Error).stack },
      "demo failed",
    );
    tell("演示数据没有做完，下次启动时继续。The demo was not finished; the next start goes on with it.");
  }
}

/** Waits for work that has no way to be told to stop; what it does after an abort is nobody's concern. */
async function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  work.catch(() => {});
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

const secondServer = (dataDir: string, pid: number, url: string | undefined): Trouble =>
  new Trouble(
    `已有一个育见在使用 ${dataDir}（进程 ${pid}${url ? `，${url}` : ""}）。请直接使用它，或先停止它（kill ${pid}），或用 STORK_DATA 换一个数据目录。`,
    `A Stork already uses ${dataDir} (process ${pid}${url ? `, ${url}` : ""}). Use that one, or stop it first (kill ${pid}), or name another folder in STORK_DATA.`,
  );

const rootSentence = (user: string): string =>
  `正以 root 运行：PostgreSQL 已改用用户 ${user}；建议以普通用户启动育见。\n` +
  `Running as root: PostgreSQL runs as user ${user} instead; better start Stork as an ordinary user.`;

function once<Answer>(run: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<Answer> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
