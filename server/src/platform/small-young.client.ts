import { setFlagsFromString } from "node:v8";

/**
 * Half of a young generation, of threads begun from now on, in MB. The main thread is started with a large one
 * (tools/launch), and that flag goes before a thread's own limits: a thread would let hundreds of megabytes of garbage
 * pile up, and gain nothing by it. The main thread keeps what it was started with.
 */
const semiSpaceMb = 16;

export const keepThreadsSmall = (): void => setFlagsFromString(`--max-semi-space-size=${semiSpaceMb}`);
