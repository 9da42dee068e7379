import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { Source } from "@stork/contract/sources.ts";
import { expect, test } from "vitest";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { type Batch, chance, countedMessages, createSender, openShop, pause } from "../sender.ts";
import { ask, ownerKey, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

/** STORK_KILLS=50 for the long run. */
const kills = Number(process.env["STORK_KILLS"] ?? 3);
const minute = 60_000;

/** What the server itself says it has. */
async function total(url: string): Promise<number> {
  const { items } = await ask<{ items: Source[] }>(url, "GET", "/api/v1/workspaces/kill/sources");
  return items.reduce((sum, { eventsTotal }) => sum + eventsTotal, 0);
}

test(`kill -9 at ${kills} random moments under load: nothing acknowledged is lost, nothing counts twice`, {
  timeout: (kills + 10) * minute,
}, async () => {
  const { dir, remove } = await usedFolder();
  const next = chance(7);
  const sender = createSender({ size: 100, users: 400 });
  let server: ServerProcess = startServer(dir);
  try {
    let url = await server.ready;
    const source = await openShop(url, "kill");
    const place = () => ({ url, writeKey: source.writeKey });
    for (let round = 0; round < kills; round += 1) {
      let going = true;
      const loading = sender.load(place, () => going);
      await pause(150 + next() * 1500);
      server.kill("SIGKILL");
      await server.ended;
      going = false;
      await loading;
      server = startServer(dir);
      url = await server.ready;
      const events = (batches: readonly Batch[]) => batches.reduce((sum, { ids }) => sum + ids.length, 0);
      const acknowledged = events(sender.batches.filter((one) => one.acknowledged));
      const stored = await total(url);
      expect(stored, `round ${round}: acknowledged but lost`).toBeGreaterThanOrEqual(acknowledged);
      expect(stored, `round ${round}: more than was sent`).toBeLessThanOrEqual(events(sender.batches));
    }
    await sender.settle(place);
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    const clickhouse = await openEmbeddedClickHouse(join(dir, "clickhouse"));
    const counted = await countedMessages(clickhouse);
    await clickhouse.close();
    expect(counted).toEqual(sender.expected(source.id).sort());
  } finally {
    server.kill("SIGKILL");
    await server.ended;
    remove();
  }
});

test("kill -9 in the middle of an import: it goes on after the start and counts exactly", async () => {
  const { dir, remove } = await usedFolder();
  let server = startServer(dir);
  let url = await server.ready;
  const kill = async () => {
    server.kill("SIGKILL");
    await server.ended;
    server = startServer(dir);
    url = await server.ready;
  };
  try {
    // A machine that holds this test up for a moment lets the import end before the kill: then again, with a larger one.
    for (let count = 60_000; ; count *= 2) {
      const brand = `files-${count}`;
      const id = await importRows(url, brand, count);
      const path = `/api/v1/workspaces/${brand}`;
      const read = () => ask<Import>(url, "GET", `${path}/imports/${id}`);
      const rowsSeen: number[] = [];
      for (const enough of [1, count / 3]) {
        while ((await read()).rows < enough) await pause(20);
        await pause(40);
        await kill();
        rowsSeen.push((await read()).rows);
      }
      await expect
        .poll(async () => (await read()).status, { timeout: 300_000 })
        .not.toMatch(/^(running|waiting)$/);
      expect(await read()).toMatchObject({
        status: "done",
        rows: count,
        added: count,
        repeated: 0,
        totals: { trades: count, buyers: 7000 },
      });
      const sources = await ask<{ items: Source[] }>(url, "GET", `${path}/sources`);
      expect(sources.items.map(({ eventsTotal }) => eventsTotal)).toEqual([count]);
      if ((rowsSeen[0] ?? 0) < count) break;
      expect(count, "the kill never fell into the middle").toBeLessThan(400_000);
    }
  } finally {
    server.kill("SIGKILL");
    await server.ended;
    remove();
  }
});

/** Starts an import of so many rows of 7000 buyers; answers its id. */
async function importRows(url: string, brand: string, count: number): Promise<string> {
  const path = `/api/v1/workspaces/${brand}`;
  await ask(url, "POST", "/api/v1/workspaces", { slug: brand, name: brand });
  const rows = Array.from(
    { length: count },
    (_, i) => `${(i % 7000) + 1},${i % 40},50,38,1,2014010${(i % 9) + 1}`,
  );
  const text = `user_id,auction_id,category_2,category_1,buy_mount,day\n${rows.join("\n")}\n`;
  const form = new FormData();
  form.append("preset", "ali-mum-baby");
  form.append("files", new Blob([text]), "trades.csv");
  const answer = await fetch(`${url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${ownerKey}` },
    body: form,
  });
  const { upload } = (await answer.json()) as ImportPreview;
  return (await ask<Import>(url, "POST", `${path}/imports`, { upload, preset: "ali-mum-baby" })).id;
}
