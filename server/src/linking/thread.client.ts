import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";
import type { Answer, Answers, Order } from "./order.ts";

/** The thread that opens and compares; one order at a time. */
export interface LinkThread {
  ask<Ask extends Order["ask"]>(order: Order & { ask: Ask }): Promise<Answers[Ask]>;
  close(): Promise<void>;
}

export function startLinkThread(workspace: number, keys: WorkspaceKeys): LinkThread {
  const worker = new Worker(new URL("./linking.worker.client.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const gone = new Promise<never>((_, reject) => {
    worker.once("error", (error) => reject(new Error("the linking thread ended", { cause: error.name })));
  });
  gone.catch(() => undefined);
  return {
    async ask(order) {
      worker.postMessage({ ...order, workspace, keys });
      const [answer] = (await Promise.race([once(worker, "message"), gone])) as [Answer];
      if ("failed" in answer) throw new Error(`linking: ${answer.failed}`);
      return answer.done as never;
    },
    async close() {
      await worker.terminate();
    },
  };
}
