import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { ask, dataFolder } from "../server-process.ts";
import { healthOf, ownServers } from "./own-servers.ts";

const { start } = ownServers();

describe.skipIf(!mayMount())("a full disk", () => {
  let disk: SmallDisk;
  beforeAll(() => {
    disk = mountSmallDisk();
  });
  afterAll(() => disk?.unmount());

  test("at the start: a sentence", async () => {
    const { path, fill, free } = disk;
    fill();
    const server = start(join(path, "a"));
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain("磁盘快满了");
    expect(server.output()).toContain("STORK_DATA");
    free();
  });

  test("while running: events are answered 503, health says so, and room made is room used", async () => {
    const { path, fill, free } = disk;
    const server = start(join(path, "b"));
    const url = await server.ready;
    await ask(url, "POST", "/api/v1/workspaces", { slug: "brand" });
    const { writeKey } = await ask<{ writeKey: string }>(url, "POST", "/api/v1/workspaces/brand/sources", {
      name: "s",
    });
    const acknowledged: number[] = [];
    const send = async (n: number) => {
      const pad = "x".repeat(2000);
      const batch = Array.from({ length: 500 }, (_, i) => ({
        type: "track",
        event: "Filled",
        userId: `u${n}-${i}`,
        messageId: `${n}-${i}`,
        properties: { n, pad: pad + Math.random() },
      }));
      const answer = await fetch(`${url}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" },
        body: JSON.stringify({ batch }),
      });
      if (answer.status === 200) acknowledged.push(n);
      return answer;
    };
    expect((await send(0)).status).toBe(200);
    fill();
    let status = 200;
    for (let n = 1; status === 200 && n < 200; n += 1) status = (await send(n)).status;
    expect(status).toBe(503);
    await expect.poll(() => healthOf(url)).toMatchObject({ status: "degraded", disk: "full" });
    free();
    await expect.poll(async () => (await send(1000)).status, { interval: 500 }).toBe(200);
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    const clickhouse = await openEmbeddedClickHouse(join(path, "b", "clickhouse"));
    const counts = await clickhouse.query<{ request: number; events: number }>(ch`
      select toUInt32(extract(properties, '"n":([0-9]+)')) as request, count() as events
      from event_once where name = 'Filled' group by request`);
    await clickhouse.close();
    const kept = new Map(counts.map(({ request, events }) => [request, events]));
    // What was answered is there; nothing counts twice, answered or not.
    for (const n of acknowledged) expect(kept.get(n), `request ${n}`).toBe(500);
    for (const [n, events] of kept) expect(events, `request ${n}`).toBeLessThanOrEqual(500);
  });
});

interface SmallDisk {
  path: string;
  fill(): void;
  free(): void;
  unmount(): void;
}

function mount(size: string, dir: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=755`, "tmpfs", dir], { stdio: "ignore" });
}

/** Whether this user may mount; where not, the tests above are skipped by name. */
function mayMount(): boolean {
  const { dir, remove } = dataFolder();
  try {
    mkdirSync(dir, { recursive: true });
    mount("1m", dir);
    execFileSync("umount", [dir]);
    return true;
  } catch {
    return false;
  } finally {
    remove();
  }
}

/** 600 MB in memory. */
function mountSmallDisk(): SmallDisk {
  const { dir, remove } = dataFolder();
  mkdirSync(dir, { recursive: true });
  mount("600m", dir);
  const ballast = join(dir, "ballast");
  return {
    path: dir,
    fill: () => {
      try {
        execFileSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=1M"], { stdio: "ignore" });
      } catch {
        // dd ends with an error when the disk is full, which is what it is for.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => {
      execFileSync("umount", ["-l", dir]);
      remove();
    },
  };
}
