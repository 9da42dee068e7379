import { parentPort } from "node:worker_threads";
import { type FinishJob, finishFile } from "./finish.client.ts";
import { type ShareJob, writeShare } from "./share.client.ts";

/** A thread of writeShops: takes one job after another and answers each with its result. */
const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");

port.on("message", (job: ShareJob | FinishJob) => {
  if (job.kind === "finish") {
    port.postMessage({ done: finishFile(job) });
    return;
  }
  const writing = writeShare(job);
  for (let step = writing.next(); ; step = writing.next()) {
    if (step.done) {
      port.postMessage({ done: step.value });
      return;
    }
    port.postMessage({ families: step.value });
  }
});
