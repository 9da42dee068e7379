import { Worker } from "node:worker_threads";
import { UnreadableFile } from "./format.ts";
import type { Looked, LookOrder } from "./look.client.ts";
import { movedOf } from "./packed.ts";
import type { Answer, Ask, ReadOrder } from "./read-order.ts";
import type { FileRow } from "./row.ts";
import type { Slice } from "./slice.ts";
import type { Unlocked, UnlockOrder } from "./unlock.client.ts";

/** What reading may take, in MB: a file that needs more means harm, and harms this thread alone. */
const mostMb = 384;
/** A look at a file's beginning that takes longer is given up. */
const lookMs = 120_000;
/** Opening a large archive goes through all of it. */
const unlockMs = 600_000;

/** A file being read in a thread of its own, slice by slice: the next is made while this one is committed. */
export interface Reader {
  /** null at the end of the file. Throws UnreadableFile. */
  next(): Promise<Slice | null>;
  /** The rows of some records of the slice handed over last, or of that before it. */
  rowsOf(slice: Slice, records: readonly number[]): Promise<FileRow[][]>;
  /** How many of the file's bytes are read, which is ahead of what was handed over. */
  bytesRead(): number;
  /** And how many rows of it, those that were done with before among them. */
  rowsRead(): number;
  close(): Promise<void>;
}

export async function openReader(order: ReadOrder): Promise<Reader> {
  const thread = takeThread();
  const told = new SharedArrayBuffer(16);
  const read = new Float64Array(told);
  try {
    await thread.ask({ ask: "read", order: { ...order, told } });
  } catch (error) {
    await thread.close();
    throw error;
  }
  return {
    async next() {
      const answer = await thread.ask({ ask: "slice" });
      if (!("slice" in answer) || answer.slice === null) return null;
      const { records } = answer.slice;
      return {
        ...answer.slice,
        // The collector would come for it several slices later.
        letGo: () => {
          for (const memory of movedOf(records)) memory.transfer(0);
        },
      };
    },
    async rowsOf(slice, records) {
      if (records.length === 0) return [];
      const answer = await thread.ask({ ask: "rows", slice: slice.number, records });
      return "rows" in answer ? answer.rows : [];
    },
    bytesRead: () => read[0] ?? 0,
    rowsRead: () => read[1] ?? 0,
    close: () => giveBack(thread),
  };
}

export async function lookInThread(order: LookOrder): Promise<Looked[]> {
  const answer = await askOnce({ ask: "look", order }, lookMs);
  return "looked" in answer ? answer.looked : [];
}

export async function unlockInThread(order: UnlockOrder): Promise<Unlocked[]> {
  const answer = await askOnce({ ask: "unlock", order }, unlockMs);
  return "unlocked" in answer ? answer.unlocked : [];
}

async function askOnce(ask: Ask, mostMs: number): Promise<Answer> {
  const thread = takeThread();
  const late = setTimeout(() => void thread.close(new UnreadableFile("bomb")), mostMs);
  try {
    return await thread.ask(ask);
  } finally {
    clearTimeout(late);
    await giveBack(thread);
  }
}

type Thread = ReturnType<typeof startThread>;

/** A thread takes half a second to start, and one file is seldom alone: the last one waits a while for the next. */
const restMs = 20_000;
let resting: { thread: Thread; timer: NodeJS.Timeout } | undefined;

function takeThread(): Thread {
  const found = resting;
  resting = undefined;
  if (found === undefined) return startThread();
  clearTimeout(found.timer);
  return found.thread;
}

async function giveBack(thread: Thread): Promise<void> {
  if (!thread.isWell() || resting !== undefined) return thread.close();
  const timer = setTimeout(() => {
    resting = undefined;
    void thread.close();
  }, restMs);
  timer.unref();
  resting = { thread, timer };
  // What is left of a file put down is let go of.
  await thread.ask({ ask: "rest" }).catch(() => undefined);
}

/** The reading thread broke down in a way that no file should bring about. */
class ReadingFailed extends Error {
  readonly code: string | undefined;
  constructor(name: string, code: string | undefined) {
    super(`reading failed: ${name}`);
    this.name = "ReadingFailed";
    this.code = code;
  }
}

function startThread() {
  const worker = new Worker(new URL("./reading.worker.client.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mostMb, maxYoungGenerationSizeMb: 48 },
  });
  const waiting: { done: (answer: Answer) => void; failed: (error: unknown) => void }[] = [];
  let ended: unknown;
  const end = (error: unknown) => {
    ended ??= error;
    for (const { failed } of waiting.splice(0)) failed(ended);
  };
  worker.on("message", (answer: Answer) => waiting.shift()?.done(answer));
  worker.on("error", (error: Error & { code?: string }) => {
    const isFull = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    end(isFull ? new UnreadableFile("bomb") : new ReadingFailed(error.name, error.code));
  });
  // A thread at rest keeps nobody from ending.
  worker.unref();
  worker.on("exit", () => end(new ReadingFailed("ended", undefined)));
  return {
    /** Whether it can be asked for something else: it is not ended, and owes nobody an answer. */
    isWell: () => ended === undefined && waiting.length === 0,
    async ask(ask: Ask): Promise<Answer> {
      const answer = await new Promise<Answer>((done, failed) => {
        if (ended !== undefined) return failed(ended);
        waiting.push({ done, failed });
        worker.ref();
        worker.postMessage(ask);
      }).finally(() => {
        if (waiting.length === 0) worker.unref();
      });
      if ("unreadable" in answer) throw new UnreadableFile(answer.unreadable, answer.row);
      if ("failed" in answer) throw new ReadingFailed(answer.failed, answer.code);
      return answer;
    },
    async close(error: unknown = new ReadingFailed("closed", undefined)): Promise<void> {
      end(error);
      await worker.terminate();
    },
  };
}
