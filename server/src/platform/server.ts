import { type Config, readConfig } from "./config.ts";
import { isFirstStart, markPrepared, prepareApart, prepareOnly } from "./first-start.ts";
import type { Build, Instance, InstanceOptions } from "./instance.ts";
import { createLog, type Log } from "./log.ts";
import { checkPort } from "./port.ts";
import { alive } from "./processes.ts";
import { Trouble } from "./trouble.ts";

export interface ServerOptions {
  env: NodeJS.ProcessEnv;
  /** The file that calls this, when it can be run once more to prepare a first start apart. */
  entry?: string;
  build: Build;
  /** Reads what `build` needs; while the engines start, when there is time for it. */
  read?: () => Promise<unknown>;
  consoleDir: string | null;
}

/** The server as a process: what it prints, which signals it hears, and with which code it ends. */
export async function runServer({ env, entry, build, read, consoleDir }: ServerOptions): Promise<void> {
  const began = performance.now();
  let log: Log | undefined;
  try {
    const config = readConfig(env);
    log = createLog(config.logLevel);
    const stopping = stopSignal(config.launcherPid);
    const early = new AbortController();
    void stopping.asked.then(() => early.abort());
    if (entry && process.argv.includes(prepareOnly)) return await prepare(config, { build, consoleDir, log });
    const prepared = entry !== undefined && (await madeApart(config, entry, stopping.asked, read));
    if (early.signal.aborted) return process.exit();
    const tell = prepared ? () => {} : print;
    const parts = { build, consoleDir, log, ...(read === undefined ? {} : { meanwhile: read }) };
    const opening = openInstance({ ...parts, config, tell, signal: early.signal });
    const instance = await Promise.race([opening, stopping.asked.then(() => null)]);
    if (!instance) return await stopHalfOpen(opening, config.stopWithinMs);
    await announce(instance, performance.now() - began);
    instance.engines.onLost(() => {
      print(
        "PostgreSQL 意外停止，育见随之停止；请重新启动。PostgreSQL ended unexpectedly and Stork stops; start it again.",
      );
      process.exitCode = 1;
      stopping.ask();
    });
    await stopping.asked;
    print("正在停止 stopping …");
    await stopWithin(instance.stop(), config.stopWithinMs);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Trouble) process.stderr.write(`\n${error.message}\n`);
    else process.stderr.write(`\n${(error as Error).stack ?? String(error)}\n`);
  }
  process.exit();
}

/** A first start's work, in a process of its own; asked to stop, it ends where it is and the next start goes on. */
async function madeApart(
  config: Config,
  entry: string,
  asked: Promise<void>,
  read: ServerOptions["read"],
): Promise<boolean> {
  if (!isFirstStart(config)) return false;
  await checkPort(config.host, config.port);
  const made = prepareApart(entry, asked);
  // The other process makes PostgreSQL's files first: there is a core to read with.
  void Promise.all([import("./instance.ts"), read?.()]).catch(() => {});
  return made;
}

async function prepare(
  config: Config,
  parts: Pick<ServerOptions, "build" | "consoleDir"> & { log: Log },
): Promise<void> {
  const early = new AbortController();
  void stopSignal(config.launcherPid).asked.then(() => early.abort());
  const apart = { ...config, host: "127.0.0.1", port: 0 };
  const instance = await openInstance({ ...parts, config: apart, tell: print, signal: early.signal });
  await instance.stop();
  markPrepared(config);
  process.exit();
}

/** The engines' libraries are read here, and not by a process that only waits for another. */
async function openInstance(options: InstanceOptions): Promise<Instance> {
  const instance = await import("./instance.ts");
  return instance.openInstance(options);
}

async function announce(instance: Instance, tookMs: number): Promise<void> {
  const link = await instance.app.signInLink();
  print(`stork ready ${instance.url}`);
  print(
    `用时 ${(tookMs / 1000).toFixed(1)} s；按 Ctrl-C 停止 took ${(tookMs / 1000).toFixed(1)} s; Ctrl-C stops`,
  );
  if (link) print(`登录链接 sign in: ${link}`);
}

/** Asked to stop before it was open: what is open is closed again. */
async function stopHalfOpen(opening: Promise<Instance>, withinMs: number): Promise<void> {
  print("正在停止 stopping …");
  await stopWithin(
    opening.then(
      (instance) => instance.stop(),
      () => true,
    ),
    withinMs,
  );
  process.exit();
}

/** The first SIGINT, SIGTERM or SIGHUP asks to stop, as does the end of the launcher; a second one does not wait. */
function stopSignal(launcherPid: number | null): { asked: Promise<void>; ask: () => void } {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  let count = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      count += 1;
      if (count > 2) process.exit(130);
      ask();
    });
  }
  if (launcherPid !== null) {
    const timer = setInterval(() => {
      if (!alive(launcherPid)) ask();
    }, 500);
    timer.unref();
  }
  return { asked, ask };
}

/**
 * Waits for the stop, but not for ever. A process that ends while the embedded engine is at work waits for that work, in
 * native code where nobody can call it off: then the end is made a hard one. What was acknowledged is on disk by then.
 */
async function stopWithin(work: Promise<boolean>, ms: number): Promise<void> {
  const hard = () => process.kill(process.pid, "SIGKILL");
  const timer = setTimeout(hard, ms);
  if (!(await work.catch(() => false))) hard();
  clearTimeout(timer);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
