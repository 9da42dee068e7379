import { accessSync, constants, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Trouble } from "./trouble.ts";

const leastBytes = 200 * 1024 * 1024;

/** Makes the data folder when it is missing, and says what to do when nothing could be kept in it. */
export function prepareDataFolder(dataDir: string): void {
  const probe = join(dataDir, `.write-${process.pid}`);
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    writeFileSync(probe, "x");
    rmSync(probe, { force: true });
  } catch (error) {
    throw folderTrouble(dataDir, error as NodeJS.ErrnoException);
  }
  const free = freeBytes(dataDir);
  if (free < leastBytes) throw diskFull(dataDir, free);
}

/** One level after the other: asked to make all at once, Node never returns from a place like /proc. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}

/** The room left on the disk of the data folder. */
export function freeBytes(dataDir: string): number {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize;
}

function folderTrouble(dataDir: string, error: NodeJS.ErrnoException): Trouble {
  if (error.code === "ENOSPC") return diskFull(dataDir, 0);
  const reason = {
    EACCES: "没有权限",
    EPERM: "没有权限",
    EROFS: "只读",
    ENOTDIR: "不是文件夹",
    EEXIST: "不是文件夹",
  }[error.code ?? ""];
  return new Trouble(
    `不能写入数据目录 ${dataDir}（${reason ?? error.code}）。请用 STORK_DATA 指定一个可写的文件夹，或改正它的所有者（chown）。`,
    `The data folder ${dataDir} cannot be written (${error.code}). Name a folder you may write to in STORK_DATA, or correct its owner (chown).`,
    error,
  );
}

const diskFull = (dataDir: string, freeBytes: number): Trouble =>
  new Trouble(
    `磁盘快满了：${dataDir} 所在的磁盘只剩 ${Math.floor(freeBytes / 1024 ** 2)} MB，至少要有 200 MB。请腾出空间，或用 STORK_DATA 换一个磁盘，然后再启动。`,
    `The disk is nearly full: ${Math.floor(freeBytes / 1024 ** 2)} MB are left where ${dataDir} is, and 200 MB are the least. Make room, or name another disk in STORK_DATA, then start again.`,
  );
