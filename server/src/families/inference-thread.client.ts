import { Worker } from "node:worker_threads";
import type { Ask, Timed } from "./inference-work.ts";

/** What learning and guessing may take, in MB; the young part small, or it would grow to what the server's is allowed. */
const limits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 24 };

export interface InferenceThread {
  ask(ask: Ask): Promise<Timed>;
  close(): Promise<void>;
}

/** One question at a time; the next waits for its answer. */
export function startInference(): InferenceThread {
  const worker = new Worker(new URL("./inference.worker.client.ts", import.meta.url), {
    resourceLimits: limits,
  });
  worker.unref();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (question: Ask): Promise<Timed> => {
    const before = last;
    const answer = before.catch(() => undefined).then(() => answerOf(worker, question));
    last = answer;
    return answer;
  };
  return { ask, close: async () => void (await worker.terminate()) };
}

function answerOf(worker: Worker, question: Ask): Promise<Timed> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off("message", done).off("error", failed).off("exit", ended);
      worker.unref();
      end();
    };
    const done = (answer: Timed) => settle(() => resolve(answer));
    const failed = (error: Error) => settle(() => reject(error));
    const ended = () => settle(() => reject(new Error("the thread that guesses ages ended")));
    worker.on("message", done).on("error", failed).on("exit", ended);
    worker.ref();
    worker.postMessage(question);
  });
}
