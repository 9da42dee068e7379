import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailServer } from "../messages-world.ts";
import { pause } from "../sender.ts";
import { ask, type ServerProcess, startServer } from "../server-process.ts";
import { until } from "../until.ts";
import { usedFolder } from "./used-folder.ts";

/** How often the server is killed while orders arrive and the journey they wake sends; more on a patient machine. */
const kills = Number(process.env["STORK_KILLS"] ?? 2);
const families = 120;
const atOnce = 5;
const path = "/api/v1/workspaces/kills";

let folder: Awaited<ReturnType<typeof usedFolder>>;
let server: ServerProcess;
let mail: Awaited<ReturnType<typeof mailServer>>;

beforeAll(async () => {
  folder = await usedFolder();
  mail = await mailServer({ onRcptTo: (_address, _session, callback) => setTimeout(callback, 20) });
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  await mail?.close();
  folder?.remove();
});

/** Ten in the morning of today or yesterday in Shanghai, when people may be written to. */
const shift = (() => {
  const now = Date.now();
  return Math.floor((now - 7_200_000) / 86_400_000) * 86_400_000 + 7_200_000 - now;
})();

function start(): ServerProcess {
  const env = { STORK_TEST_CLOCK_SHIFT_MS: String(shift) };
  server = startServer(folder.dir, env, "server/test/faults/daytime-server.ts");
  return server;
}

test(
  `killed ${kills} times while ${families} orders arrive: each acknowledged one is answered, none twice`,
  async () => {
    let url = await start().ready;
    const { writeKey, journey } = await prepare(url);
    const orders = (async () => {
      for (let first = 0; first < families; first += atOnce)
        await sendUntilTaken(() => url, writeKey, ordersFrom(first));
    })();
    for (let kill = 1; kill <= kills; kill += 1) {
      const enough = Math.floor((families * 0.8 * kill) / (kills + 1));
      await until(() => mail.mails.length >= enough, 180_000);
      server.kill("SIGKILL");
      await server.ended;
      url = await start().ready;
    }
    await orders;
    let last = await ask<JourneyDetail>(url, "GET", `${path}/journeys/${journey}`);
    await until(async () => {
      last = await ask<JourneyDetail>(url, "GET", `${path}/journeys/${journey}`);
      return last.counts.done === families && (last.figures[1]?.sent ?? 0) + kills * 8 >= families;
    }, 300_000);
    await until(() => mail.mails.length >= (last.figures[1]?.sent ?? 0), 60_000);

    const times = Map.groupBy(mail.mails, ({ to }) => to);
    expect([...times].filter(([, mails]) => mails.length > 1).map(([to]) => to)).toEqual([]);
    expect(last.counts).toMatchObject({ waiting: 0, done: families, exited: 0 });
    // Whoever is not called sent was on its way at a kill: it may have arrived, and is not sent again by itself.
    expect(last.figures[1]).toMatchObject({ came: families, held: 0 });
    expect(mail.mails.length).toBeGreaterThanOrEqual(families - kills * 8);
  },
  600_000 + kills * 60_000,
);

const ordersFrom = (first: number) =>
  Array.from({ length: atOnce }, (_, i) => ({
    ...{ type: "track", messageId: `o${first + i}`, userId: `u${first + i}`, event: "Order Completed" },
    properties: { order_id: `A${first + i}`, total: 99, currency: "CNY" },
    timestamp: new Date(Date.now() + shift).toISOString(),
  }));

/** As an SDK does it: the same messages again until they are acknowledged. */
async function sendUntilTaken(url: () => string, writeKey: string, batch: readonly object[]): Promise<void> {
  for (;;) {
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" };
    const answered = fetch(`${url()}/v1/batch`, { method: "POST", headers, body: JSON.stringify({ batch }) });
    const status = await answered.then(
      (reply) => reply.text().then(() => reply.status),
      () => 0,
    );
    if (status === 200) return;
    await pause(100);
  }
}

async function prepare(url: string): Promise<{ writeKey: string; journey: string }> {
  await ask(url, "POST", "/api/v1/workspaces", { slug: "kills", name: "kills" });
  const source = { kind: "http", name: "shop" };
  const { writeKey } = await ask<{ writeKey: string }>(url, "POST", `${path}/sources`, source);
  const batch = Array.from({ length: families }, (_, i) => ({
    ...{ type: "identify", messageId: `m${i}`, userId: `u${i}` },
    timestamp: new Date(Date.now() + shift - 3_600_000).toISOString(),
    traits: { email: `mother${i}@x.test`, marketingConsent: true },
  }));
  await sendUntilTaken(() => url, writeKey, batch);
  const settings = { host: "127.0.0.1", port: mail.port, from: "hello@kills.test" };
  const channel = await ask<{ id: string }>(url, "POST", `${path}/channels`, {
    ...{ kind: "email", name: "mail", settings },
  });
  const { id } = await ask<{ id: string }>(url, "POST", `${path}/journeys`, {
    name: "kills",
    entry: { kind: "event", event: "Order Completed" },
    steps: [
      { kind: "condition", where: { kind: "did", event: "Order Completed" } },
      { kind: "message", channel: channel.id, content: { subject: "thanks", body: "<p>x</p>" } },
    ],
  });
  await ask(url, "POST", `${path}/journeys/${id}/start`);
  return { writeKey, journey: id };
}
