import { parentPort } from "node:worker_threads";
import { type PartJob, type SortJob, sortSlices, writePart } from "./part.client.ts";

/** A thread of writeTown: takes one job after another and answers each with its result. */
const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");

port.on("message", (job: PartJob | SortJob) => {
  if (job.kind === "sort") {
    sortSlices(job);
    port.postMessage({ done: null });
    return;
  }
  const writing = writePart(job);
  for (let step = writing.next(); ; step = writing.next()) {
    if (step.done) {
      port.postMessage({ done: step.value });
      return;
    }
    port.postMessage({ families: step.value });
  }
});
