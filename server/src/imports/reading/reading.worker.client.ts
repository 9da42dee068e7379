import { parentPort } from "node:worker_threads";
import { UnreadableFile } from "./format.ts";
import { lookAt } from "./look.client.ts";
import { movedOf } from "./packed.ts";
import type { Answer, Ask } from "./read-order.ts";
import type { FileRow } from "./row.ts";
import { type SliceWithRows, slicesOf } from "./slices.client.ts";
import { unlock } from "./unlock.client.ts";

/** Slices made before they are asked for: one is made while one is committed, and no more are held. */
const ahead = 1;

/** The thread that reads files, so that the server goes on answering; it touches files and nothing else. */
const handed = new Map<number, ReadonlyMap<number, readonly FileRow[]>>();
/** The slice that is being committed and the one that waits behind it. */
const mostHanded = 2;
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
  handed.clear();
  await open?.return(undefined).catch(() => undefined);
}

async function answer(ask: Ask): Promise<Answer> {
  switch (ask.ask) {
    case "look":
      return { looked: await lookAt(ask.order) };
    case "unlock":
      return { unlocked: await unlock(ask.order) };
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
      const { slice, rows } = next.value;
      // The rows of these slices alone may still be asked for, when some of their records are turned down.
      handed.set(slice.number, rows);
      handed.delete(slice.number - mostHanded);
      return { slice };
    }
    case "rows":
      return {
        rows: ask.records.map((at) =>
          (handed.get(ask.slice)?.get(at) ?? []).map(({ line, cells }) => ({ line, cells })),
        ),
      };
  }
}

function failure(error: unknown): Answer {
  if (error instanceof UnreadableFile) return { unreadable: error.why, row: error.row };
  // The message may hold what stands in the file.
  const { name, code } = error as { name: string; code?: string };
  return { failed: name, code };
}

const movedBy = (reply: Answer): ArrayBuffer[] =>
  "slice" in reply && reply.slice !== null ? movedOf(reply.slice.records) : [];

let turn: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (ask: Ask) => {
  turn = turn
    .then(() => answer(ask).catch(failure))
    .then((reply) => parentPort?.postMessage(reply, movedBy(reply)));
});
