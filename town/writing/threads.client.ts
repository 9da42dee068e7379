import { Worker } from "node:worker_threads";
import type { Part, PartJob, SortJob } from "./part.client.ts";

export type Threads = {
  readonly names: readonly string[];
  /** Runs the jobs, each on the next free thread, and answers with their results in the order of the jobs. */
  readonly all: (
    jobs: readonly (PartJob | SortJob)[],
    progress?: (families: number) => void,
  ) => Promise<(Part | null)[]>;
  readonly close: () => Promise<void>;
};

type Reply = { readonly done: Part | null } | { readonly families: number };

function run(
  worker: Worker,
  job: PartJob | SortJob,
  progress: (families: number) => void,
): Promise<Part | null> {
  return new Promise((resolve, reject) => {
    const hear = (reply: Reply): void => {
      if ("families" in reply) {
        progress(reply.families);
        return;
      }
      settle();
      resolve(reply.done);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const stop = (code: number): void => fail(new Error(`a thread of the town stopped with code ${code}`));
    const settle = (): void => {
      worker.off("message", hear).off("error", fail).off("exit", stop);
    };
    worker.on("message", hear).on("error", fail).on("exit", stop);
    worker.postMessage(job);
  });
}

/** A small nursery keeps a thread near 100 MB; families live too briefly to need more. */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 256 };

export function threads(count: number): Threads {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./worker.client.ts", import.meta.url), { resourceLimits }),
  );
  return {
    names: workers.map((_, i) => String(i)),
    all: async (jobs, progress = () => {}) => {
      const results: (Part | null)[] = jobs.map(() => null);
      const waiting = jobs.map((job, i) => ({ job, i }));
      await Promise.all(
        workers.map(async (worker) => {
          for (let next = waiting.shift(); next; next = waiting.shift())
            results[next.i] = await run(worker, next.job, progress);
        }),
      );
      return results;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
