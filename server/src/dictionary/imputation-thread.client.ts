import { Worker } from "node:worker_threads";
import type { ImputationJob, impute } from "./imputation-work.ts";

/** What filling gaps may take, in MB and in time. */
const mostMb = 512;
const patienceMs = 120_000;

type Answer = ReturnType<typeof impute>;

/** One question at a time, each in a thread of its own; the next waits for its answer. */
export function createImputing(): (job: ImputationJob) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.catch(() => undefined).then(() => answerOf(job));
    last = mine;
    return mine;
  };
}

async function answerOf(job: ImputationJob): Promise<Answer> {
  const worker = new Worker(new URL("./imputation.worker.client.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mostMb },
  });
  const late = AbortSignal.timeout(patienceMs);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
      worker.once("exit", () => reject(new Error("the thread that fills gaps ended")));
      late.addEventListener("abort", () => reject(late.reason as Error));
      worker.postMessage(job);
    });
  } finally {
    await worker.terminate();
  }
}
