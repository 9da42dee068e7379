import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * Lets everything else go first: the calling thread works on what processor time is left over. Linux keeps a priority
 * for each thread and takes a thread's number where a process's is asked for; elsewhere nothing changes.
 */
export function stepBack(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (thread > 0 && thread !== process.pid) setPriority(thread, constants.priority.PRIORITY_LOW);
  } catch {
    // Not a Linux, or not allowed: it was a courtesy.
  }
}
