import { parentPort } from "node:worker_threads";
import { stepBack } from "../platform/step-back.client.ts";
import { type Ask, createWork, type Timed } from "./inference-work.ts";

/** The thread that learns and guesses ages, so that the server goes on answering; it touches no engine. */
stepBack();
const work = createWork();
parentPort?.on("message", (ask: Ask) => {
  const before = process.threadCpuUsage();
  const answer = work(ask);
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ answer, tookMs: (user + system) / 1000 } satisfies Timed);
});
