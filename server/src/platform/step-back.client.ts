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

/**
 * How far the engine's threads stand behind the main thread, on which everybody waits: several of them woken at once took
 * its core while the other was idle. One of them still gets a quarter of a core that both want.
 */
const enginePriority = 5;
/** Farther behind yet, not so far that nothing is merged under load. */
const mergePriority = 10;
/** The threads that work for the embedded engine, by how their names begin; the runtime's pool is where it is asked. */
const priorities = { MergeMutate: mergePriority, ThreadPool: enginePriority, "libuv-worker": enginePriority };

/**
 * Lets the main thread go before the embedded engine, and its merges go last. Threads that it begins later have the
 * priority of the one that begins them. Its own setting asks for a right that a server seldom has; to step back needs none.
 */
export function engineStepsBack(): void {
  for (const thread of threads()) {
    try {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, "utf8");
      for (const [begins, priority] of Object.entries(priorities))
        if (name.startsWith(begins)) setPriority(Number(thread), priority);
    } catch {
      // As above, or it has ended.
    }
  }
}

function threads(): string[] {
  try {
    return readdirSync("/proc/self/task");
  } catch {
    return [];
  }
}
