import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark } from "./benchmark.ts";
import { startServer, temporaryFolder } from "./server.ts";

/** A start from nothing with the demo, a second start on the same data, and the memory of all processes a while after. */
export const start: Benchmark = {
  summary: "freshMs, secondMs, idleMb (of all processes)",
  async run({ scale, say }) {
    const { dir, remove } = temporaryFolder();
    try {
      say("first start, with the demo …");
      const first = await startServer(dir);
      await first.stop();
      say("second start …");
      const second = await startServer(dir);
      await sleep(scale === "full" ? 60_000 : 10_000);
      const idleMb = second.memoryMb();
      const stopBegan = performance.now();
      await second.stop();
      return {
        freshMs: first.readyMs,
        secondMs: second.readyMs,
        idleMb,
        stopMs: Math.round(performance.now() - stopBegan),
      };
    } finally {
      remove();
    }
  },
};
