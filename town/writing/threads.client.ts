import { Worker } from "node:worker_threads";

export type Threads<Job, Result> = {
  readonly names: readonly string[];
  /** Runs the jobs, each on the next free thread, and answers with their results in the order of the jobs. */
  readonly all: (jobs: readonly Job[], progress?: (families: number) => void) => Promise<Result[]>;
  readonly close: () => Promise<void>;
};

type Reply<Result> = { readonly done: Result } | { readonly families: number };

function run<Job, Result>(worker: Worker, job: Job, progress: (families: number) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const hear = (reply: Reply<Result>): void => {
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

/** Threads that each run the file at `script`: it takes a job, tells how far it is, and answers with the result. */
export function threads<Job, Result>(count: number, script: URL): Threads<Job, Result> {
  const workers = Array.from({ length: count }, () => new Worker(script, { resourceLimits }));
  return {
    names: workers.map((_, i) => String(i)),
    all: async (jobs, progress = () => {}) => {
      const results: Result[] = [];
      const waiting = jobs.map((job, i) => ({ job, i }));
      await Promise.all(
        workers.map(async (worker) => {
          for (let next = waiting.shift(); next; next = waiting.shift())
            results[next.i] = await run<Job, Result>(worker, next.job, progress);
        }),
      );
      return results;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
