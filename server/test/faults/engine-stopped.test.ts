import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { openRemoteClickHouse } from "../../src/platform/clickhouse-remote.ts";
import { startFront } from "../clickhouse-front.ts";
import { countedMessages, createSender, openShop, pause, type Sender } from "../sender.ts";
import { descendantsOf, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

/** STORK_STOP_SECONDS=30 for the long run: then senders are told to come again. */
const stopMs = Number(process.env["STORK_STOP_SECONDS"] ?? 3) * 1000;
/** How long the server keeps a sender waiting (see events/collector.ts). */
const patienceMs = 20_000;

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<{ dir: string; server: ServerProcess }> {
  const { dir, remove } = await usedFolder();
  const server = startServer(dir, env);
  endings.push(remove, async () => {
    server.kill("SIGKILL");
    await server.ended;
  });
  return { dir, server };
}

const postmasterOf = (dir: string): number =>
  Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

/** Loads the server, makes the trouble in the middle, and sees everything answered in the end. */
async function through(url: string, trouble: (sender: Sender) => Promise<void>) {
  const source = await openShop(url, "shop");
  const place = () => ({ url, writeKey: source.writeKey });
  const sender = createSender();
  let going = true;
  const loading = sender.load(place, () => going);
  const acknowledged = () => sender.batches.filter((one) => one.acknowledged).length;
  const after = async (count: number) => {
    const goal = acknowledged() + count;
    while (acknowledged() < goal) await pause(20);
  };
  await after(10);
  await trouble(sender);
  await after(10);
  going = false;
  await loading;
  await sender.settle(place);
  return { sender, expected: sender.expected(source.id).sort() };
}

test(`PostgreSQL stands still for ${stopMs / 1000} s: nothing is lost, nothing counts twice`, {
  timeout: 600_000 + 4 * stopMs,
}, async () => {
  const { dir, server } = await start();
  const url = await server.ready;
  const { sender, expected } = await through(url, async () => {
    const family = descendantsOf(postmasterOf(dir));
    for (const pid of family) process.kill(pid, "SIGSTOP");
    await pause(stopMs);
    for (const pid of family) process.kill(pid, "SIGCONT");
  });
  // Who waited too long was asked to come again; nobody met an error.
  for (const status of sender.statuses.keys()) expect([200, 429, 503]).toContain(status);
  if (stopMs > patienceMs) expect(sender.statuses.get(503)).toBeGreaterThan(0);
  server.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const clickhouse = await openEmbeddedClickHouse(join(dir, "clickhouse"));
  const counted = await countedMessages(clickhouse);
  await clickhouse.close();
  expect(counted).toEqual(expected);
});

test("PostgreSQL is killed under load: senders are asked to come again until it is back, and all counts once", async () => {
  const { dir, server } = await start();
  const url = await server.ready;
  const { sender, expected } = await through(url, async ({ statuses }) => {
    // It is begun again so soon that at times nobody asked it meanwhile: then once more.
    await expect
      .poll(
        () => {
          const heard = statuses.get(503) ?? 0;
          if (heard === 0) killPostmaster(dir);
          return heard;
        },
        { interval: 1_000 },
      )
      .toBeGreaterThan(0);
  });
  expect([...sender.statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
  server.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const clickhouse = await openEmbeddedClickHouse(join(dir, "clickhouse"));
  const counted = await countedMessages(clickhouse);
  await clickhouse.close();
  expect(counted).toEqual(expected);
});

function killPostmaster(dir: string): void {
  try {
    const postmaster = postmasterOf(dir);
    // Its file may just be made; the number 0 would be everybody here.
    if (postmaster > 0) process.kill(postmaster, "SIGKILL");
  } catch {
    // It is just being begun.
  }
}

/** A way to the engine that can hang: what is sent is kept, nothing comes back. */
async function hangingWay(port: number): Promise<{ port: number; hang(on: boolean): void; close(): void }> {
  const ways: { near: Socket; far: Socket }[] = [];
  let hanging = false;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    ways.push({ near, far });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
      one.pipe(other);
    }
    if (hanging) for (const socket of [near, far]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    hang(on) {
      hanging = on;
      for (const { near, far } of ways)
        for (const socket of [near, far]) on ? socket.pause() : socket.resume();
    },
    close() {
      server.close();
      for (const { near, far } of ways) for (const socket of [near, far]) socket.destroy();
    },
  };
}

test(`a ClickHouse elsewhere hangs for ${stopMs / 1000} s: nothing is lost, nothing counts twice`, {
  timeout: 600_000 + 4 * stopMs,
}, async () => {
  const frontDir = mkdtempSync(join(tmpdir(), "stork-front-"));
  const front = await startFront(frontDir);
  const far = new URL(front.url);
  const way = await hangingWay(Number(far.port));
  endings.push(() => rmSync(frontDir, { recursive: true, force: true }), front.stop, way.close);
  far.port = String(way.port);
  const { server } = await start({ CLICKHOUSE_URL: far.toString().replace(/\/$/, "") });
  const url = await server.ready;
  const { sender, expected } = await through(url, async () => {
    way.hang(true);
    await pause(stopMs);
    way.hang(false);
  });
  expect([...sender.statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
  server.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const clickhouse = openRemoteClickHouse(front.url);
  const counted = await countedMessages(clickhouse);
  await clickhouse.close();
  expect(counted).toEqual(expected);
});
