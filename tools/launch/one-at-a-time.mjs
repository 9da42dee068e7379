// Keeps two launchers started together from installing into the same folder at once.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root, say, Trouble } from "./place.mjs";

const mark = join(root, "node_modules/.stork-installing");

/** @param {() => Promise<void>} work */
export async function oneAtATime(work) {
  for (let told = false; !take(); told = true) {
    if (!told) say("另一个进程正在安装，等它完成 … another process is installing, waiting for it …");
    await sleep(500);
  }
  try {
    await work();
  } finally {
    rmSync(mark, { force: true });
  }
}

function take() {
  try {
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(mark, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EEXIST") {
      throw new Trouble(
        `不能写入 ${root}（${code}）。请换到可写、有空间的文件夹。`,
        `${root} cannot be written (${code}). Use a folder that may be written and has room.`,
      );
    }
    if (!alive()) rmSync(mark, { force: true });
    return false;
  }
}

/** Whether the one who holds the mark still runs; a launcher killed half-way leaves it behind. */
function alive() {
  try {
    const pid = Number(readFileSync(mark, "utf8"));
    if (pid > 0) return process.kill(pid, 0);
    return Date.now() - statSync(mark).mtimeMs < 5000; // made, and not yet written
  } catch (error) {
    // Gone meanwhile (ENOENT) is for the next round to find; another user's process (EPERM) runs.
    return error instanceof Error && "code" in error && error.code !== "ESRCH";
  }
}
