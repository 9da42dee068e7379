import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { eventColumns } from "../server/src/events/event-row.ts";
import { ch, u32 } from "../server/src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../server/src/platform/clickhouse-embedded.ts";
import type { Ask, Benchmark } from "./benchmark.ts";
import type { LoadOrder, LoadResult } from "./ingest/load.worker.ts";
import { memorySlope, settleMinutes } from "./ingest/slope.ts";
import { type MeasuredServer, ownerKey, startServer, temporaryFolder } from "./server.ts";

const connections = 96;
const users = 20_000;
const fixedRate = 10_000;
/** The flood before it leaves merges behind, and the generator's thread is new: neither is of a steady rate. */
const settleSeconds = 3;
const rawRows = 200_000;
const rawBatch = 1000;
const seconds = {
  small: { batches: 12, singles: 6, fixed: 15, strangers: 5, long: 0 },
  full: { batches: 60, singles: 30, fixed: 60, strangers: 30, long: 600 },
};

/**
 * Events committed before the answer, over HTTP, with everything on: validation, identity, cleaning, the facts. The
 * load generator is on the same cores. Then the very rows that were stored, straight into the engine by 1 000 at a time.
 * p50Ms and p99Ms are at 10 000 events a second, once that has gone on for three; fullP50Ms and fullP99Ms with all connections sending all they can.
 */
export const ingest: Benchmark = {
  summary:
    "eventsPerSecond, rawRowsPerSecond, ratio, rawTwoPerSecond, ratioToTwo, singlePerSecond, p50Ms, p99Ms, peakMb, cpuMicrosPerEvent, strangersPerSecond; full: slopeMbPerMinute",
  async run({ scale, say }) {
    const { dir, remove } = temporaryFolder();
    const server = await startServer(dir, { STORK_DEMO: "0" });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= server.stop();
      return stopped;
    };
    try {
      const figures = await overHttp(server, scale, say);
      await stop();
      say("the same rows straight into the engine …");
      const raw = await rawInserts(join(dir, "clickhouse"));
      const ratio = (rows: number) => Math.round((figures.eventsPerSecond / rows) * 1000) / 1000;
      return {
        ...figures,
        ...raw,
        ratio: ratio(raw.rawRowsPerSecond),
        ratioToTwo: ratio(raw.rawTwoPerSecond),
      };
    } finally {
      await stop();
      remove();
    }
  },
};

async function overHttp(server: MeasuredServer, scale: Ask["scale"], say: Ask["say"]) {
  const order = await orderFor(server);
  const during = seconds[scale];
  say("warming up …");
  await load({ ...order, seconds: 5, seed: 1 });
  say(`${connections} connections, 100 events a request, ${during.batches} s …`);
  const cpu = server.cpuSeconds();
  const batches = await load({ ...order, seconds: during.batches, seed: 2 });
  const cpuMicros = ((server.cpuSeconds() - cpu) / batches.events) * 1e6;
  // Asking for it stops the server for a moment, so not while it is measured.
  const peaks = [server.memoryMb()];
  say("one event a request …");
  const one = { ...order, path: "/v1/track", size: 1, connections: 256 };
  const singles = await load({ ...one, seconds: during.singles, seed: 3 });
  say(`${fixedRate} events a second …`);
  const steadily = { ...order, rate: fixedRate, settleSeconds };
  const fixed = await load({ ...steadily, seconds: during.fixed, seed: 4 });
  say("visitors never seen before …");
  const strangers = await load({ ...order, strangers: true, seconds: during.strangers, seed: 5 });
  peaks.push(server.memoryMb());
  const long = during.long === 0 ? {} : await forLong(server, order, during.long, say);
  peaks.push(server.memoryMb());
  const refused = [batches, singles, fixed, strangers].reduce((sum, part) => sum + part.refused, 0);
  if (refused > 0) throw new Error(`${refused} events were refused`);
  const [all, steady] = [batches.latencies.sort(), fixed.latencies.sort()];
  return {
    eventsPerSecond: perSecond(batches),
    singlePerSecond: perSecond(singles),
    p50Ms: at(steady, 0.5),
    p99Ms: at(steady, 0.99),
    peakMb: Math.max(...peaks),
    cpuMicrosPerEvent: Math.round(cpuMicros * 10) / 10,
    fullP50Ms: at(all, 0.5),
    fullP99Ms: at(all, 0.99),
    strangersPerSecond: perSecond(strangers),
    ...long,
  };
}

/** Ten minutes at the fixed rate, once the flood before them is forgotten: whether memory grows. */
async function forLong(server: MeasuredServer, order: LoadOrder, forSeconds: number, say: Ask["say"]) {
  say(`${fixedRate} events a second for ${settleMinutes} and ${forSeconds / 60} minutes …`);
  const samples: { minute: number; mb: number }[] = [];
  const began = performance.now();
  const timer = setInterval(() => {
    samples.push({ minute: (performance.now() - began) / 60_000, mb: server.memoryMb() });
  }, 5_000);
  const { refused, latencies } = await load({
    ...{ ...order, rate: fixedRate, seed: 6 },
    ...{ seconds: settleMinutes * 60 + forSeconds, settleSeconds: settleMinutes * 60 },
  });
  clearInterval(timer);
  if (refused > 0) throw new Error(`${refused} events were refused`);
  say(
    `memory, each half minute: ${samples
      .filter((_, i) => i % 6 === 0)
      .map(({ mb }) => Math.round(mb))
      .join(" ")} MB`,
  );
  return { slopeMbPerMinute: memorySlope(samples), longP99Ms: at(latencies.sort(), 0.99) };
}

const perSecond = ({ events, seconds: took }: LoadResult): number => Math.round(events / took);

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
  const path = "/v1/batch";
  return {
    host: hostname,
    port: Number(port),
    writeKey,
    path,
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

/**
 * Rows a second in the server's own format, one batch after another; and two batches side by side, with both cores, no
 * server and no sender beside them.
 */
async function rawInserts(path: string): Promise<{ rawRowsPerSecond: number; rawTwoPerSecond: number }> {
  const clickhouse = await openEmbeddedClickHouse(path);
  try {
    const columns = { text: eventColumns.join(", "), params: {} };
    const rows = await clickhouse.query<{ line: string }>(ch`
      select formatRow('TabSeparated', ${columns}) as line from event limit ${u32(rawRows)}`);
    const batches: Buffer[] = [];
    for (let from = 0; from + rawBatch <= rows.length; from += rawBatch)
      batches.push(
        Buffer.from(
          rows
            .slice(from, from + rawBatch)
            .map(({ line }) => line)
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
          await clickhouse.insertLines(table, batches[mine] as Buffer, eventColumns);
      };
      await Promise.all(Array.from({ length: sideBySide }, work));
      rates.push((batches.length * rawBatch) / ((performance.now() - began) / 1000));
    }
    const [one = 0, two = 0] = rates.map(Math.round);
    return { rawRowsPerSecond: one, rawTwoPerSecond: two };
  } finally {
    await clickhouse.close();
  }
}
