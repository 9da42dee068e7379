import { accessSync, chmodSync, chownSync, constants, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Trouble } from "./trouble.ts";

/** How a program is started: as itself, or by way of another that changes the user first. */
export interface Runner {
  user: { uid: number; gid: number; name: string } | null;
  /** Whether the user needed a capability to get through folders that are closed to it. */
  throughClosedFolders: boolean;
  command(
    program: string,
    args: readonly string[],
  ): { program: string; args: string[]; ids: { uid?: number; gid?: number } };
}

const asMyself: Runner = {
  user: null,
  throughClosedFolders: false,
  command: (program, args) => ({ program, args: [...args], ids: {} }),
};

/**
 * PostgreSQL refuses to run as root, rightly. So under root it runs as `postgres`, or else `nobody`, and owns its folder.
 * Where a folder above is closed to that user (a home of mode 700), setpriv lets this one process pass through.
 */
export function unprivileged(ownFolder: string, programs: readonly string[]): Runner {
  if (process.getuid?.() !== 0) return asMyself;
  const user = findUser();
  const closed = [ownFolder, ...programs]
    .map((path) => closedAbove(path, user))
    .find((path) => path !== null);
  if (closed === undefined) {
    return {
      user,
      throughClosedFolders: false,
      command: (program, args) => ({ program, args: [...args], ids: { uid: user.uid, gid: user.gid } }),
    };
  }
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find(executable);
  if (setpriv === undefined) {
    throw new Trouble(
      `PostgreSQL 不以 root 运行，改用用户 ${user.name}，而它进不了 ${closed}。请执行 chmod o+x ${closed}，或以普通用户启动，或把育见放到别处（如 /opt/stork）。`,
      `PostgreSQL does not run as root, so it runs as ${user.name}, who cannot enter ${closed}. Run chmod o+x ${closed}, or start as an ordinary user, or put Stork elsewhere (such as /opt/stork).`,
    );
  }
  const change = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ];
  return {
    user,
    throughClosedFolders: true,
    command: (program, args) => ({ program: setpriv, args: [...change, program, ...args], ids: {} }),
  };
}

/** Gives a path to the runner's user. */
export function give(runner: Runner, path: string): void {
  if (runner.user) chownSync(path, runner.user.uid, runner.user.gid);
}

/** Lets others pass through our own folder, without letting them list it. */
export function openForPassing(folder: string): void {
  chmodSync(folder, statSync(folder).mode | 0o011);
}

function findUser(): { uid: number; gid: number; name: string } {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const found = users.find(([user]) => user === name);
    if (found && Number(found[2]) > 0) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Trouble(
    "PostgreSQL 不以 root 运行，而系统里没有用户 postgres 或 nobody。请以普通用户启动，或先 useradd postgres。",
    "PostgreSQL does not run as root, and there is no user postgres or nobody here. Start as an ordinary user, or run useradd postgres first.",
  );
}

/** The first folder on the way to a path that the user cannot pass through. */
function closedAbove(path: string, user: { uid: number; gid: number }): string | null {
  const chain: string[] = [];
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    chain.unshift(at);
    if (at === dirname(at)) break;
  }
  return chain.find((folder) => !passable(folder, user)) ?? null;
}

function passable(folder: string, user: { uid: number; gid: number }): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === user.gid ? 0o010 : 0o001)) !== 0;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
