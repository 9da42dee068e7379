import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pause } from "../sender.ts";
import { ask } from "../server-process.ts";
import { until } from "../until.ts";
import { mothersShop, ordersFrom, sendBatch, sendingServer, startThanks, toWhomTwice } from "./sending.ts";

/** How often the server is killed while orders arrive and the journey they wake sends; more on a patient machine. */
const kills = Number(process.env["STORK_KILLS"] ?? 2);
const families = 120;
const atOnce = 5;

let server: Awaited<ReturnType<typeof sendingServer>>;
beforeAll(async () => {
  server = await sendingServer();
});
afterAll(() => server?.close());

test(
  `killed ${kills} times while ${families} orders arrive: each acknowledged one is answered, none twice`,
  async () => {
    const { mail } = server;
    let url = await server.start();
    const shop = await mothersShop(url, "kills", { families, mail });
    const journey = await startThanks(url, shop);
    const orders = (async () => {
      for (let first = 0; first < families; first += atOnce)
        await sendUntilTaken(() => url, shop.writeKey, ordersFrom(first, atOnce));
    })();
    for (let kill = 1; kill <= kills; kill += 1) {
      const enough = Math.floor((families * 0.8 * kill) / (kills + 1));
      await until(() => mail.mails.length >= enough, 180_000);
      await server.kill();
      url = await server.start();
    }
    await orders;
    const look = () => ask<JourneyDetail>(url, "GET", `${shop.path}/journeys/${journey}`);
    let last = await look();
    await until(async () => {
      last = await look();
      return last.counts.done === families && (last.figures[1]?.sent ?? 0) + kills * 8 >= families;
    }, 300_000);
    await until(() => mail.mails.length >= (last.figures[1]?.sent ?? 0), 60_000);

    expect(toWhomTwice(mail)).toEqual([]);
    expect(last.counts).toMatchObject({ waiting: 0, done: families, exited: 0 });
    // Whoever is not called sent was on its way at a kill: it may have arrived, and is not sent again by itself.
    expect(last.figures[1]).toMatchObject({ came: families, held: 0 });
    expect(mail.mails.length).toBeGreaterThanOrEqual(families - kills * 8);
  },
  600_000 + kills * 60_000,
);

/** As an SDK does it: the same messages again until they are acknowledged. */
async function sendUntilTaken(url: () => string, writeKey: string, batch: readonly object[]): Promise<void> {
  while ((await sendBatch(url(), writeKey, batch)) !== 200) await pause(100);
}
