import { parentPort } from "node:worker_threads";
import { UnreadableFile } from "./format.ts";
import { lookAt } from "./look.client.ts";
import type { Answer, Ask } from "./read-order.ts";
import { type SliceWithRows, slicesOf } from "./slices.client.ts";

/** Slices made before they are asked for. */
const ahead = 2;
/** Slices whose rows are still here to be asked for. */
const behind = 4;

/** The thread that reads files, so that the server goes on answering; it touches files and nothing else. */
const kept = new Map<number, SliceWithRows>();
let slices: AsyncGenerator<SliceWithRows> | undefined;
const ready: Promise<IteratorResult<SliceWithRows>>[] = [];

function more(): void {
  while (slices !== undefined && ready.length < ahead) {
    const next = slices.next();
    // It is looked at when its turn comes.
    next.catch(() => undefined);
    ready.push(next);
  }
}

/** Lets go of the file being read, and of all that was read of it. */
async function putDown(): Promise<void> {
  const open = slices;
  slices = undefined;
  ready.length = 0;
  kept.clear();
  await open?.return(undefined).catch(() => undefined);
}

async function answer(ask: Ask): Promise<Answer> {
  switch (ask.ask) {
    case "look":
      return { looked: await lookAt(ask.order) };
    case "read":
      await putDown();
      slices = slicesOf(ask.order);
      more();
      return { begun: true };
    case "rest":
      await putDown();
      return { begun: true };
    case "slice": {
      more();
      const next = await ready.shift();
      more();
      if (next === undefined || next.done) return { slice: null };
      kept.set(next.value.slice.number, next.value);
      kept.delete(next.value.slice.number - behind);
      return { slice: next.value.slice };
    }
    case "rows":
      return {
        rows: ask.records.map((at) => [...(kept.get(ask.slice)?.records[at]?.rows ?? [])]),
      };
  }
}

function failure(error: unknown): Answer {
  if (error instanceof UnreadableFile) return { unreadable: error.why, row: error.row };
  // The message may hold what stands in the file.
  const { name, code } = error as { name: string; code?: string };
  return { failed: name, code };
}

let turn: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (ask: Ask) => {
  turn = turn.then(() => answer(ask).catch(failure)).then((reply) => parentPort?.postMessage(reply));
});
