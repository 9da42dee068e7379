import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { ch, u32 } from "../server/src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../server/src/platform/clickhouse-embedded.ts";
import type { Benchmark } from "./benchmark.ts";
import type { LoadOrder, LoadResult } from "./ingest/load.worker.ts";
import { type MeasuredServer, ownerKey, startServer, temporaryFolder } from "./server.ts";

const connections = 96;
const users = 20_000;
const rawRows = 200_000;
const rawBatch = 1000;

/**
 * Events committed before the answer, over HTTP, with everything on: validation, identity, cleaning, the facts. The
 * load generator is on the same cores. Then the very rows that were stored, straight into the engine by 1 000 at a time.
 */
export const ingest: Benchmark = {
  summary: "eventsPerSecond, rawRowsPerSecond, ratio, singlePerSecond, p50Ms, p99Ms, peakMb",
  async run({ scale, say }) {
    const { dir, remove } = temporaryFolder();
    const seconds = scale === "full" ? 60 : 12;
    const server = await startServer(dir, { STORK_DEMO: "0" });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= server.stop();
      return stopped;
    };
    try {
      const order = await orderFor(server);
      say("warming up …");
      await load({ ...order, seconds: 5, seed: 1 });
      say(`${connections} connections, 100 events a request, ${seconds} s …`);
      const batches = await load({ ...order, seconds, seed: 2 });
      // Asking for it stops the server for a moment, so not while it is measured.
      const afterBatches = server.memoryMb();
      say("one event a request …");
      const singles = await load({
        ...order,
        path: "/v1/track",
        size: 1,
        connections: 256,
        seconds: seconds / 2,
        seed: 3,
      });
      const peakMb = Math.max(afterBatches, server.memoryMb());
      await stop();
      say("the same rows straight into the engine …");
      const raw = await rawInserts(join(dir, "clickhouse"));
      if (batches.refused + singles.refused > 0)
        throw new Error(`${batches.refused + singles.refused} events were refused`);
      const eventsPerSecond = Math.round(batches.events / batches.seconds);
      const sorted = batches.latencies.sort();
      return {
        eventsPerSecond,
        rawRowsPerSecond: raw,
        ratio: Math.round((eventsPerSecond / raw) * 1000) / 1000,
        singlePerSecond: Math.round(singles.events / singles.seconds),
        p50Ms: at(sorted, 0.5),
        p99Ms: at(sorted, 0.99),
        peakMb,
      };
    } finally {
      await stop();
      remove();
    }
  },
};

const at = (sorted: Float64Array, share: number): number =>
  Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;

async function orderFor({ url }: MeasuredServer): Promise<LoadOrder> {
  const ask = async (path: string, body: object): Promise<{ writeKey: string }> => {
    const headers = { authorization: `Bearer ${ownerKey}`, "content-type": "application/json" };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as never;
  };
  await ask("/api/v1/workspaces", { slug: "bench", name: "bench" });
  const { writeKey } = await ask("/api/v1/workspaces/bench/sources", { kind: "http", name: "bench" });
  const { hostname, port } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    writeKey,
    path: "/v1/batch",
    connections,
    size: 100,
    seconds: 1,
    seed: 1,
    users,
  };
}

const load = (order: LoadOrder): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./ingest/load.worker.ts", import.meta.url), { workerData: order });
    worker.once("message", resolve).once("error", reject);
  });

/** Rows a second; the better of one insert after another and two side by side, which is what the server may do. */
async function rawInserts(path: string): Promise<number> {
  const clickhouse = await openEmbeddedClickHouse(path);
  try {
    const rows = await clickhouse.query<object>(ch`select * from event limit ${u32(rawRows)}`);
    const batches: Buffer[] = [];
    for (let from = 0; from + rawBatch <= rows.length; from += rawBatch)
      batches.push(
        Buffer.from(
          rows
            .slice(from, from + rawBatch)
            .map((row) => `${JSON.stringify(row)}\n`)
            .join(""),
        ),
      );
    const rates: number[] = [];
    for (const sideBySide of [1, 2]) {
      const table = `raw_${sideBySide}`;
      await clickhouse.command({ text: `create table ${table} as event`, params: {} });
      const began = performance.now();
      let next = 0;
      const work = async () => {
        for (let mine = next++; mine < batches.length; mine = next++)
          await clickhouse.insertLines(table, batches[mine] as Buffer);
      };
      await Promise.all(Array.from({ length: sideBySide }, work));
      rates.push((batches.length * rawBatch) / ((performance.now() - began) / 1000));
    }
    return Math.round(Math.max(...rates));
  } finally {
    await clickhouse.close();
  }
}
