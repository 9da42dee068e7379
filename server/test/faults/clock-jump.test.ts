import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { countedMessages, createSender, openShop, pause } from "../sender.ts";
import { ask, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

const hour = 3_600_000;
/** Forward, back beyond the true time, and to it again. */
const jumps = [hour, -hour, 0, 24 * hour, 0, -24 * hour, 0];

test("the clock jumps an hour and a day, there and back, under load: nothing counts twice, nothing waits for ever", async () => {
  const { dir, remove } = await usedFolder();
  const clock = join(dir, "../clock");
  const server = startServer(dir, { STORK_TEST_CLOCK_FILE: clock }, "server/test/faults/jumping-server.ts");
  try {
    const url = await server.ready;
    const source = await openShop(url, "shop");
    const home = "/api/v1/workspaces/shop";
    const where = { kind: "did", event: "Order Completed" };
    const segment = await ask<{ id: string }>(url, "POST", `${home}/segments`, { name: "buyers", where });
    const place = () => ({ url, writeKey: source.writeKey });
    const sender = createSender();
    let going = true;
    const loading = sender.load(place, () => going, 3);
    const members = async () =>
      (await ask<{ items: unknown[] }>(url, "GET", `${home}/segments/${segment.id}/members?limit=100`)).items
        .length;
    for (const [i, jump] of jumps.entries()) {
      writeFileSync(clock, String(jump));
      process.kill(server.pid, "SIGUSR2");
      await pause(300);
      // What was sent before the jump is sent again after it, as if its answer had been lost.
      for (const old of sender.batches.slice(-4)) expect(await sender.send(place(), old)).toBe(200);
      await order(url, source.writeKey, i);
      // The clocks of background work go on: who bought enters the segment within seconds, whatever the hour.
      await expect.poll(members, { message: `after a jump to ${jump / hour} h` }).toBe(i + 1);
    }
    going = false;
    await loading;
    await sender.settle(place);
    expect([...sender.statuses.keys()]).toEqual([200]);
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

async function order(url: string, writeKey: string, n: number): Promise<void> {
  const answer = await fetch(`${url}/v1/track`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" },
    body: JSON.stringify({ event: "Order Completed", userId: `buyer-${n}`, messageId: `order-${n}` }),
  });
  expect(answer.status).toBe(200);
}
