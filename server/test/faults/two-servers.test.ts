import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { openRemoteClickHouse } from "../../src/platform/clickhouse-remote.ts";
import { type Front, startFront } from "../clickhouse-front.ts";
import { installedPostgres, type OtherPostgres, startOtherPostgres } from "../other-postgres.ts";
import { countedMessages, createSender, openShop, type Place, pause } from "../sender.ts";
import { ask, dataFolder, type ServerProcess, startServer } from "../server-process.ts";
import {
  mothersShop,
  ordersFrom,
  sendBatch,
  slowMails,
  startByDay,
  startThanks,
  toWhomTwice,
} from "./sending.ts";

/** How often one of the two is killed; STORK_KILLS=50 for the long run. */
const kills = Number(process.env["STORK_KILLS"] ?? 2);
const bin = installedPostgres();

const home = "/api/v1/workspaces/shop";
const where = { kind: "did", event: "Product Viewed" };

/** A merge by one server is so for the other when it answers, with events of both coming to either; undone there, too. */
async function mergeOnOne(urls: string[], users: string[], live: () => Promise<void>): Promise<void> {
  const [one = "", other = ""] = urls;
  const persons = (url: string) =>
    Promise.all(
      users
        .slice(0, 2)
        .map((user) => ask<{ id: string }>(url, "GET", `${home}/persons?identifier=user:${user}`)),
    ).then((found) => found.map(({ id }) => id));
  const count = (url: string) =>
    ask<{ persons: number }>(url, "POST", `${home}/segments/count`, { where }).then(({ persons: n }) => n);
  const apart = await persons(other);
  const [a, b] = apart;
  const change = { kind: "merge", a, b };
  const made = await ask<{ decision: { id: string } }>(one, "POST", `${home}/identity/decisions`, {
    change,
    reason: "同一位",
  });
  for (const url of [other, one]) {
    expect(new Set(await persons(url)).size).toBe(1);
    expect(await count(url)).toBe(users.length - 1);
  }
  await live();
  for (const url of urls) expect(await count(url)).toBe(users.length - 1);
  await ask(other, "POST", `${home}/identity/decisions/${made.decision.id}/undo`, { reason: "是两位" });
  for (const url of [one, other]) {
    expect(await persons(url)).toEqual(apart);
    expect(await count(url)).toBe(users.length);
  }
}

describe.skipIf(bin === null)("two servers on one PostgreSQL and one ClickHouse", () => {
  let other: OtherPostgres;
  let front: Front;
  const frontDir = mkdtempSync(join(tmpdir(), "stork-front-"));
  const folders = [dataFolder(), dataFolder()];
  const servers: ServerProcess[] = [];
  beforeAll(async () => {
    other = await startOtherPostgres(bin ?? "");
    front = await startFront(frontDir);
  });
  afterAll(async () => {
    for (const server of servers) {
      server.kill("SIGKILL");
      await server.ended;
    }
    await front?.stop();
    await other?.stop();
    rmSync(frontDir, { recursive: true, force: true });
    for (const { remove } of folders) remove();
  });

  const masterKey = Buffer.alloc(32, 7).toString("base64");
  function start(which: 0 | 1, starting: typeof startByDay = startServer): ServerProcess {
    const server = starting(folders[which]?.dir ?? "", {
      DATABASE_URL: other.url,
      CLICKHOUSE_URL: front.url,
      STORK_MASTER_KEY: masterKey,
    });
    servers[which] = server;
    return server;
  }

  test(`the same sender on both, one killed ${kills} times: nothing lost, nothing twice, no work doubled`, {
    timeout: 600_000 + kills * 60_000,
  }, async () => {
    const places: Place[] = [];
    const [one, two] = [start(0), start(1)];
    const urls = [await one.ready, await two.ready];
    const source = await openShop(urls[0] ?? "", "shop");
    for (const url of urls) places.push({ url, writeKey: source.writeKey });
    const segment = await ask<{ id: string }>(urls[0] ?? "", "POST", `${home}/segments`, {
      name: "s",
      where,
    });
    const sender = createSender({ users: 60 });
    let turn = 0;
    // A load balancer: the next request, and so also a retry, goes to the other server.
    const place = () => places[turn++ % 2] as Place;
    let going = true;
    const loading = sender.load(place, () => going, 4);
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(1_500);
      servers[1]?.kill("SIGKILL");
      await servers[1]?.ended;
      const url = await start(1).ready;
      places[1] = { url, writeKey: source.writeKey };
    }
    await pause(1_000);
    going = false;
    await loading;
    await sender.settle(place);
    // The same batch to both at the same moment, more than once.
    const twins = Array.from({ length: 10 }, () => sender.make());
    sender.batches.push(...twins);
    await Promise.all(twins.flatMap((batch) => places.map((at) => sender.send(at, batch))));
    await sender.settle(place);
    for (const status of sender.statuses.keys()) expect([200, 429, 503]).toContain(status);

    const clickhouse = openRemoteClickHouse(front.url);
    expect(await countedMessages(clickhouse)).toEqual(sender.expected(source.id).sort());
    for (const { url } of places) {
      const answer = await ask<{ persons: number }>(url, "POST", `${home}/segments/count`, { where });
      expect(answer.persons).toBe(sender.users().size);
    }
    await mergeOnOne(
      places.map(({ url }) => url),
      [...sender.users()],
      async () => {
        const batch = sender.make();
        for (const at of places) await sender.send(at, batch);
        sender.batches.push(batch);
      },
    );
    expect(await countedMessages(clickhouse)).toEqual(sender.expected(source.id).sort());
    // Both keep the segment fresh, yet nobody enters it twice.
    const entered = async () => {
      const [row] = await clickhouse.query<{ persons: number; most: number }>(ch`
        select count() as persons, max(times) as most from (
          select person, countIf(member = 1) - countIf(member = 0) as times
          from membership_change where segment = ${{ text: String(Number(segment.id)), params: {} }} group by person)`);
      return row;
    };
    await expect.poll(entered).toMatchObject({ most: 1 });
    await clickhouse.close();
    for (const server of servers) server.kill("SIGTERM");
    for (const server of servers) expect(await server.ended).toBe(0);
  });

  test("a journey that both move says each of its words once", async () => {
    const families = 40;
    const mail = await slowMails();
    const [one, two] = [start(0, startByDay), start(1, startByDay)];
    const urls = [await one.ready, await two.ready];
    const [here = "", there = ""] = urls;
    const shop = await mothersShop(here, "thanks", { families, mail });
    const journey = await startThanks(here, shop);
    // The same orders to both at the same moment: each wakes its own mover, and both find the same runs due.
    for (let first = 0; first < families; first += 10) {
      const orders = ordersFrom(first, 10);
      const statuses = await Promise.all(urls.map((url) => sendBatch(url, shop.writeKey, orders)));
      expect(statuses).toEqual([200, 200]);
    }
    const look = (url: string) => ask<JourneyDetail>(url, "GET", `${shop.path}/journeys/${journey}`);
    await expect.poll(async () => (await look(there)).figures[1]?.sent).toBe(families);
    expect((await look(here)).counts).toMatchObject({ waiting: 0, done: families, exited: 0 });
    await expect.poll(() => mail.mails.length).toBe(families);
    // Neither says anything again when there is nothing more to say.
    await pause(1_500);
    expect(mail.mails.length).toBe(families);
    expect(toWhomTwice(mail)).toEqual([]);
    await mail.close();
    for (const server of servers) server.kill("SIGTERM");
    for (const server of servers) expect(await server.ended).toBe(0);
  });
});
