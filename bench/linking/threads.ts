import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LinkAnswers, LinkOrder } from "./link.worker.ts";

/** Threads that each hold a share of the work. */
export interface Threads {
  names: readonly number[];
  /** The same to each, at once. */
  all<Kind extends LinkOrder["kind"]>(
    orders: readonly (LinkOrder & { kind: Kind })[],
  ): Promise<LinkAnswers[Kind][]>;
  /** Piece by piece to whichever is free. */
  each<Kind extends LinkOrder["kind"]>(
    orders: readonly (LinkOrder & { kind: Kind })[],
  ): Promise<LinkAnswers[Kind][]>;
  close(): Promise<void>;
}

export function startThreads(count: number, seed: number): Threads {
  const workers = Array.from({ length: count }, (_, thread) => {
    const url = new URL("./link.worker.ts", import.meta.url);
    return new Worker(url, { workerData: { seed, thread, threads: count } });
  });
  const ask = async (worker: Worker, order: LinkOrder): Promise<unknown> => {
    worker.postMessage(order);
    const [answer] = await once(worker, "message");
    return answer;
  };
  return {
    names: workers.map(({ threadId }) => threadId),
    all: (orders) => Promise.all(workers.map((worker, i) => ask(worker, orders[i] as LinkOrder))) as never,
    async each(orders) {
      const found: unknown[] = [];
      let next = 0;
      const work = async (worker: Worker) => {
        while (next < orders.length) {
          const place = next++;
          found[place] = await ask(worker, orders[place] as LinkOrder);
        }
      };
      await Promise.all(workers.map(work));
      return found as never;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
