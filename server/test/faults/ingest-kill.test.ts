import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { Source } from "@stork/contract/sources.ts";
import { expect, test } from "vitest";
import { messageHash } from "../../src/events/message-hash.ts";
import { ch } from "../../src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { ask, dataFolder, ownerKey, type ServerProcess, startServer } from "../server-process.ts";

/** STORK_KILLS=50 for the long run. */
const kills = Number(process.env["STORK_KILLS"] ?? 3);
const minute = 60_000;

interface Batch {
  ids: string[];
  body: string;
  acknowledged: boolean;
}

/** The same numbers in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let made = 0;
function batch(next: () => number): Batch {
  const ids = Array.from({ length: 100 }, () => `m-${made++}`);
  const at = new Date().toISOString();
  const events = ids.map((messageId) => ({
    type: "track",
    event: "Product Viewed",
    messageId,
    userId: `u-${Math.floor(next() * 400)}`,
    // Some are new to us in every batch, so that kills fall into joins too.
    anonymousId: next() < 0.1 ? `a-${messageId}` : undefined,
    timestamp: at,
    properties: { sku: "A", price: 19.9, quantity: 1 },
  }));
  return { ids, body: JSON.stringify({ batch: events, sentAt: at }), acknowledged: false };
}

/** Sends until told to stop; what gets no answer is left for later, as an SDK would. */
async function load(
  url: string,
  writeKey: string,
  batches: Batch[],
  next: () => number,
  going: () => boolean,
): Promise<void> {
  while (going()) {
    const unanswered = batches.filter((one) => !one.acknowledged);
    const resend = next() < 0.1 ? batches[Math.floor(next() * batches.length)] : undefined;
    const one =
      resend ??
      (unanswered.length > 8 ? unanswered[Math.floor(next() * unanswered.length)] : undefined) ??
      batch(next);
    if (!batches.includes(one)) batches.push(one);
    await send(url, writeKey, one);
  }
}

async function send(url: string, writeKey: string, one: Batch): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  const headers = { authorization, "content-type": "application/json" };
  try {
    const answer = await fetch(`${url}/v1/batch`, { method: "POST", headers, body: one.body });
    if (answer.status === 200) one.acknowledged = true;
    await answer.arrayBuffer();
  } catch {
    await pause(20);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function total(url: string): Promise<number> {
  const { items } = await ask<{ items: Source[] }>(url, "GET", "/api/v1/workspaces/kill/sources");
  return items.reduce((sum, { eventsTotal }) => sum + eventsTotal, 0);
}

test(`kill -9 at ${kills} random moments under load: nothing acknowledged is lost, nothing counts twice`, {
  timeout: kills * minute + 3 * minute,
}, async () => {
  const { dir, remove } = dataFolder();
  const next = chance(7);
  const batches: Batch[] = [];
  let server: ServerProcess = startServer(dir);
  let url = await server.ready;
  await ask(url, "POST", "/api/v1/workspaces", { slug: "kill", name: "kill" });
  const source = await ask<Source>(url, "POST", "/api/v1/workspaces/kill/sources", {
    kind: "http",
    name: "shop",
  });
  try {
    for (let round = 0; round < kills; round += 1) {
      let going = true;
      const loads = Array.from({ length: 6 }, () => load(url, source.writeKey, batches, next, () => going));
      await pause(150 + next() * 1500);
      server.kill("SIGKILL");
      await server.ended;
      going = false;
      await Promise.all(loads);
      server = startServer(dir);
      url = await server.ready;
      const acknowledged = batches.filter((one) => one.acknowledged).length * 100;
      const stored = await total(url);
      expect(stored, `round ${round}: acknowledged but lost`).toBeGreaterThanOrEqual(acknowledged);
      expect(stored, `round ${round}: more than was sent`).toBeLessThanOrEqual(made);
    }
    for (const one of batches) while (!one.acknowledged) await send(url, source.writeKey, one);
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    const clickhouse = await openEmbeddedClickHouse(join(dir, "clickhouse"));
    const rows = await clickhouse.query<{ message: string }>(
      ch`select toString(message) as message from event_once`,
    );
    await clickhouse.close();
    const expected = batches.flatMap(({ ids }) => ids.map((id) => messageHash(Number(source.id), id)));
    expect(rows.length).toBe(expected.length);
    expect(new Set(rows.map(({ message }) => message))).toEqual(new Set(expected));
  } finally {
    server.kill("SIGKILL");
    await server.ended;
    remove();
  }
});

test("kill -9 in the middle of an import: it goes on after the start and counts exactly", {
  timeout: 5 * minute,
}, async () => {
  const { dir, remove } = dataFolder();
  let server = startServer(dir);
  try {
    let url = await server.ready;
    const path = "/api/v1/workspaces/files";
    await ask(url, "POST", "/api/v1/workspaces", { slug: "files", name: "files" });
    const count = 60_000;
    const rows = Array.from(
      { length: count },
      (_, i) => `${(i % 7000) + 1},${i % 40},50,38,1,2014010${(i % 9) + 1}`,
    );
    const form = new FormData();
    form.append("preset", "ali-mum-baby");
    form.append(
      "files",
      new Blob([`user_id,auction_id,category_2,category_1,buy_mount,day\n${rows.join("\n")}\n`]),
      "trades.csv",
    );
    const answer = await fetch(`${url}${path}/imports/preview`, {
      method: "POST",
      headers: { authorization: `Bearer ${ownerKey}` },
      body: form,
    });
    const { upload } = (await answer.json()) as ImportPreview;
    const { id } = await ask<Import>(url, "POST", `${path}/imports`, { upload, preset: "ali-mum-baby" });
    const read = () => ask<Import>(url, "GET", `${path}/imports/${id}`);
    const rowsSeen: number[] = [];
    for (const enough of [1, 20_000]) {
      while ((await read()).rows < enough) await pause(20);
      await pause(40);
      server.kill("SIGKILL");
      await server.ended;
      server = startServer(dir);
      url = await server.ready;
      rowsSeen.push((await read()).rows);
    }
    let done = await read();
    while (done.status === "running" || done.status === "waiting") {
      await pause(100);
      done = await read();
    }
    // The kills fell into the middle, else this test shows nothing.
    expect(rowsSeen[0]).toBeLessThan(count);
    expect(done).toMatchObject({
      status: "done",
      rows: count,
      added: count,
      repeated: 0,
      totals: { trades: count, buyers: 7000 },
    });
    const sources = await ask<{ items: Source[] }>(url, "GET", `${path}/sources`);
    expect(sources.items.map(({ eventsTotal }) => eventsTotal)).toEqual([count]);
  } finally {
    server.kill("SIGKILL");
    await server.ended;
    remove();
  }
});
