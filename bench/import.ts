import { once } from "node:events";
import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import { ch, u32 } from "../server/src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../server/src/platform/clickhouse-embedded.ts";
import type { Benchmark } from "./benchmark.ts";
import { orderExport } from "./import/order-export.ts";
import { type MeasuredServer, ownerKey, startServer, temporaryFolder } from "./server.ts";

const sizes = { small: 200_000, full: 5_000_000 } as const;
const rawBatch = 10_000;
const rawRows = 200_000;

/**
 * An order export brought in over HTTP as a user brings it: the file is found out about, read, cleaned, its buyers told
 * apart, its orders kept in their versions and told as events. Then the very events that were stored, straight into the
 * engine. `addedMb` is what the server and all it started grew by at most.
 */
export const importing: Benchmark = {
  summary: "rowsPerSecond, addedMb, peakMb, rows, orders, fileMb, cpuMicrosPerRow, rawRowsPerSecond, ratio",
  async run({ scale, args, say }) {
    const { dir, remove } = temporaryFolder();
    // Another number of rows may stand after the name.
    const rows = Number(args[0] ?? sizes[scale]);
    const server = await startServer(dir, { STORK_DEMO: "0" });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= server.stop();
      return stopped;
    };
    try {
      const folder = join(dir, "..", "export");
      await mkdir(folder, { recursive: true });
      const path = join(folder, "orders.csv");
      say(`writing an export of ${rows.toLocaleString("en")} rows …`);
      await writeExport(path, rows);
      const fileMb = Math.round((await stat(path)).size / 1024 ** 2);
      await call(server, "POST", "/api/v1/workspaces", { slug: "bench", name: "bench" });
      say("warming up …");
      const small = join(folder, "warm.csv");
      await writeExport(small, 5_000, 99);
      await bring(server, small, () => undefined);
      const idleMb = server.memoryMb();
      let peakMb = idleMb;
      say(`importing ${fileMb} MB …`);
      const cpuBefore = server.cpuByKind();
      const { done, seconds } = await bring(server, path, (now) => {
        peakMb = Math.max(peakMb, server.memoryMb());
        const { rows: read, rowsPerSecond, secondsLeft } = now;
        say(
          `  ${read.toLocaleString("en")} rows  ${rowsPerSecond ?? "?"}/s  left ${secondsLeft ?? "?"} s  ${peakMb} MB`,
        );
      });
      const cpuAfter = server.cpuByKind();
      const cpuMicros = Object.entries(cpuAfter).map(([kind, seconds]) => [
        kind,
        Math.round(((seconds - cpuBefore[kind as keyof typeof cpuBefore]) / rows) * 1e7) / 10,
      ]);
      await stop();
      say("the same events straight into the engine …");
      const raw = await rawInserts(join(dir, "clickhouse"));
      const rowsPerSecond = Math.round(rows / seconds);
      return {
        rowsPerSecond,
        addedMb: Math.round(peakMb - idleMb),
        ...{ peakMb, rows: done.rows, orders: done.records, refused: done.refused, fileMb },
        // Processor time a row, by kind of thread: says the same while others use the machine, as seconds do not.
        cpuMicrosPerRow: Object.fromEntries(cpuMicros),
        rawRowsPerSecond: raw,
        ratio: Math.round((rowsPerSecond / raw) * 1000) / 1000,
      };
    } finally {
      await stop();
      remove();
    }
  },
};

async function writeExport(path: string, rows: number, seed = 1): Promise<void> {
  const out = createWriteStream(path);
  for (const part of orderExport(rows, seed)) if (!out.write(part)) await once(out, "drain");
  out.end();
  await once(out, "finish");
}

async function call<Body>(
  { url }: MeasuredServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const form = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${ownerKey}`,
      ...(body === undefined || form ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Body;
}

/** From the order to import to its end; sending the file is not counted. */
async function bring(
  server: MeasuredServer,
  path: string,
  onLook: (now: Import) => void,
): Promise<{ done: Import; seconds: number }> {
  const home = "/api/v1/workspaces/bench/imports";
  const form = new FormData();
  form.append("preset", "orders");
  form.append("files", await openAsBlob(path), "orders.csv");
  const { upload } = await call<ImportPreview>(server, "POST", `${home}/preview`, form);
  const began = performance.now();
  const { id } = await call<Import>(server, "POST", home, { upload, preset: "orders" });
  for (let looks = 1; ; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = await call<Import>(server, "GET", `${home}/${id}`);
    if (now.status !== "waiting" && now.status !== "running") {
      if (now.status !== "done") throw new Error(`the import ended as ${now.status}: ${now.error?.en}`);
      return { done: now, seconds: (performance.now() - began) / 1000 };
    }
    // Asking for the memory stops the server for a moment.
    if (looks % 20 === 0) onLook(now);
  }
}

/** Rows a second of the stored events, inserted bare. */
async function rawInserts(path: string): Promise<number> {
  const clickhouse = await openEmbeddedClickHouse(path);
  try {
    const rows = await clickhouse.query<object>(ch`select * from event limit ${u32(rawRows)}`);
    const batches: Buffer[] = [];
    for (let from = 0; from < rows.length; from += rawBatch)
      batches.push(
        Buffer.from(
          rows
            .slice(from, from + rawBatch)
            .map((row) => `${JSON.stringify(row)}\n`)
            .join(""),
        ),
      );
    await clickhouse.command({ text: "create table raw_event as event", params: {} });
    const began = performance.now();
    for (const batch of batches) await clickhouse.insertLines("raw_event", batch);
    return Math.round(rows.length / ((performance.now() - began) / 1000));
  } finally {
    await clickhouse.close();
  }
}
