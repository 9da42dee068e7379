import { readdirSync, readFileSync, readlinkSync } from "node:fs";
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

/** Far enough behind to let whoever waits for an answer go first, not so far that nothing is merged under load. */
const mergePriority = 10;

/**
 * Lets the embedded engine's merges give way to what somebody waits for. Its own setting asks for a right that a server
 * seldom has; to step back needs none.
 */
export function mergesStepBack(): void {
  try {
    for (const thread of readdirSync("/proc/self/task"))
      if (readFileSync(`/proc/self/task/${thread}/comm`, "utf8").startsWith("MergeMutate"))
        setPriority(Number(thread), mergePriority);
  } catch {
    // As above.
  }
}
