// How the server's process is started: by the launcher, and by benchmarks that measure it or what it is made of.
import { join } from "node:path";
import { root } from "./place.mjs";

/**
 * Most of what is made lives for one commit. A young generation of 96 MB held several commits and was collected seldom,
 * but each collection then stopped the thread for some twenty milliseconds and the process was 150 MB larger; since
 * events wait as bytes, 8 MB cost no throughput (`npm run -s bench -- ingest`, `import`, `identity`). Collected by one
 * thread it takes half the processor time that it takes by several, which the engine in this process has a use for.
 *
 * What outlives that is collected when it has grown by 70 %, not when it is four times as much: 80 to 180 MB less of an
 * import and of ten thousand events a second, for some hundredths of the processor time.
 *
 * The collector can be called (`--expose-gc`) for what it does not see: the bytes of large uploads.
 */
export const serverFlags = [
  "--max-semi-space-size=8",
  "--no-parallel-scavenge",
  "--heap-growing-percent=70",
  "--expose-gc",
];

/**
 * The embedded engine works on the runtime's pool of threads: with the usual four, a few questions would hold up the
 * rest. The C library gives each thread an arena of its own: buffers made by one and freed by another leave holes in
 * all of them, and at ten thousand events a second the server grew by some twenty megabytes a minute; so there is one.
 * Large buffers go back to the system when they are freed (by itself the library keeps what it had to fetch before), and
 * the engine's allocator (jemalloc) gives back what was not used for half a second. It has four arenas: with eight, as it
 * has by itself, an import took 45 MB more; with two, events that came one by one were taken in more slowly.
 *
 * A thousand files are read without their types and compiled at each start: kept, that takes half the processor time.
 */
export const engineEnvironment = {
  UV_THREADPOOL_SIZE: "16",
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: "131072",
  JE_MALLOC_CONF: "dirty_decay_ms:500,muzzy_decay_ms:0,narenas:4,background_thread:true",
  NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled"),
};
