import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// The server as it is, but told by a signal to let go of what it no longer needs: what is left then is what it holds.
// By itself a heap that may grow to gigabytes is collected when that is cheapest, which says nothing about growth.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

process.on("SIGUSR2", () => {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`held ${Math.round((heapUsed + external) / 1024)}\n`);
});

await import("../../src/start.ts");
