import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alive, beganAt } from "./processes.ts";

/** Who holds a data folder, for the next one that wants it and for the command line that wants to talk to the server. */
export interface Holder {
  pid: number;
  began: string;
  /** Where the holder answers, once it does. */
  url?: string;
  /** An owner's key that lives as long as the holder; the file can be read by its user only. */
  key?: string;
}

export interface Lock {
  /** Says where the holder answers. */
  tell(url: string, key: string): void;
  release(): void;
}

const fileIn = (dataDir: string): string => join(dataDir, "stork.lock");

/** Who holds the folder now; a holder that was killed holds nothing. */
export function holderOf(dataDir: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(fileIn(dataDir), "utf8")) as Holder;
    const same = holder.pid !== process.pid && alive(holder.pid) && beganAt(holder.pid) === holder.began;
    return same ? holder : null;
  } catch {
    return null; // missing, or cut off half-way by a kill
  }
}

/** Takes the folder, or answers who has it. */
export function takeLock(dataDir: string): Lock | Holder {
  const file = fileIn(dataDir);
  const mine: Holder = { pid: process.pid, began: beganAt(process.pid) };
  const write = (holder: Holder, flag: "wx" | "w") =>
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag });
  for (let tries = 0; ; tries += 1) {
    try {
      write(mine, "wx");
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 5) throw error;
      const holder = holderOf(dataDir);
      if (holder) return holder;
      rmSync(file, { force: true });
    }
  }
  return {
    tell: (url, key) => write({ ...mine, url, key }, "w"),
    release: () => rmSync(file, { force: true }),
  };
}
