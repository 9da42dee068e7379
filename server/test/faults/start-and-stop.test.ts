import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { openEmbeddedClickHouse } from "../../src/platform/clickhouse-embedded.ts";
import { alive } from "../../src/platform/processes.ts";
import {
  dataFolder,
  descendantsOf,
  processesNaming,
  type ServerProcess,
  startServer,
} from "../server-process.ts";

const started: ServerProcess[] = [];
const folders: ReturnType<typeof dataFolder>[] = [];

function start(dir: string, env: NodeJS.ProcessEnv = {}): ServerProcess {
  const server = startServer(dir, env);
  started.push(server);
  return server;
}

function folder(): string {
  const made = dataFolder();
  folders.push(made);
  return made.dir;
}

afterEach(async () => {
  for (const server of started.splice(0)) {
    server.kill("SIGKILL");
    await server.ended;
  }
  for (const { remove } of folders.splice(0)) remove();
});

const health = (url: string): Promise<{ status: string }> =>
  fetch(`${url}/api/v1/health`).then((r) => r.json() as never);

async function none(pids: readonly number[], withinMs: number): Promise<number> {
  const began = performance.now();
  while (pids.some(alive) && performance.now() - began < withinMs)
    await new Promise((done) => setTimeout(done, 25));
  return performance.now() - began;
}

describe("a first and a second start", () => {
  test("the data stays, the link is offered until a password is set, both engines answer", async () => {
    const dir = folder();
    const first = start(dir);
    expect(await health(await first.ready)).toMatchObject({ status: "ok" });
    await expect.poll(first.output).toContain("/sign-in/");
    first.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const again = start(dir);
    expect(await health(await again.ready)).toMatchObject({ status: "ok" });
  });
});

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("stops within five seconds, with code 0 and no child left", async () => {
    const dir = folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    expect(family.length).toBeGreaterThan(1);
    const began = performance.now();
    server.kill(signal);
    expect(await server.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await none(family, 500)).toBeLessThan(500);
    expect(existsSync(join(dir, "stork.lock"))).toBe(false);
  });

  test("in the middle of the start, too", async () => {
    const dir = folder();
    const server = start(dir);
    await expect.poll(server.output, { timeout: 20_000 }).toContain("starting the engines");
    server.kill(signal);
    await server.ended;
    // What was being started when the stop came ends by itself, a moment after.
    await expect.poll(() => processesNaming(dir), { timeout: 5_000 }).toEqual([]);
  });
});

describe("kill -9", () => {
  test("PostgreSQL follows by itself, and the next start goes on with the data", async () => {
    const dir = folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    server.kill("SIGKILL");
    await server.ended;
    expect(await none(family, 5000)).toBeLessThan(5000);
    const again = start(dir);
    expect(await health(await again.ready)).toMatchObject({ status: "ok" });
  });

  test("a PostgreSQL that stayed is stopped, a pid file of nobody is put away", async () => {
    const dir = folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    // The watcher is killed with the server, so that nobody tells PostgreSQL.
    const watcher = family.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("/bin/sh"));
    expect(watcher).toBeDefined();
    process.kill(watcher as number, "SIGKILL");
    server.kill("SIGKILL");
    await server.ended;
    const postmaster = Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    expect(alive(postmaster)).toBe(true);
    const again = start(dir);
    expect(await health(await again.ready)).toMatchObject({ status: "ok" });
    expect(alive(postmaster)).toBe(false);
    again.kill("SIGKILL");
    await again.ended;
    await none(processesNaming(dir), 5000);
    // A number that belongs to someone else by now.
    writeFileSync(
      join(dir, "postgres/postmaster.pid"),
      `${process.pid}\n${dir}/postgres\n1\n5432\n\n127.0.0.1\n`,
    );
    writeFileSync(join(dir, "stork.lock"), `{"pid":${process.pid},"began":"1"}\n`);
    const third = start(dir);
    expect(await health(await third.ready)).toMatchObject({ status: "ok" });
  });

  test("of PostgreSQL alone: it is started again, and the server goes on", async () => {
    const dir = folder();
    const server = start(dir);
    const url = await server.ready;
    const postmaster = Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(postmaster, "SIGKILL");
    await expect.poll(async () => (await health(url)).status, { timeout: 40_000 }).toBe("degraded");
    await expect.poll(async () => (await health(url)).status, { timeout: 40_000 }).toBe("ok");
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(processesNaming(dir)).toEqual([]);
  });

  test("the launcher's end is the server's end", async () => {
    const dir = folder();
    const launcher = start(folder());
    await launcher.ready;
    const server = start(dir, { STORK_LAUNCHER_PID: String(launcher.pid) });
    await server.ready;
    launcher.kill("SIGKILL");
    expect(await server.ended).toBe(0);
    expect(processesNaming(dir)).toEqual([]);
  });
});

describe("a start that cannot be says what to do, in both languages, and leaves nothing behind", () => {
  async function refused(server: ServerProcess, ...words: string[]): Promise<void> {
    expect(await server.ended).toBe(1);
    for (const word of words) expect(server.output()).toContain(word);
    expect(server.output()).not.toContain("    at "); // a sentence, not a stack
  }

  test("a second server on the same data", async () => {
    const dir = folder();
    const first = start(dir);
    const url = await first.ready;
    await refused(start(dir), "已有一个育见在使用", `kill ${first.pid}`, "A Stork already uses", url);
    expect(await health(url)).toMatchObject({ status: "ok" });
  });

  test("a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => other.once("listening", done));
    const { port } = other.address() as { port: number };
    const dir = folder();
    await refused(
      start(dir, { STORK_PORT: String(port) }),
      `端口 ${port} 已被占用`,
      `Port ${port} is taken`,
      "STORK_PORT=",
    );
    other.close();
    expect(processesNaming(dir)).toEqual([]);
    expect(existsSync(join(dir, "stork.lock"))).toBe(false);
  });

  test("a folder that cannot be made or written", async () => {
    const dir = folder();
    mkdirSync(join(dir, ".."), { recursive: true });
    writeFileSync(join(dir, "..", "file"), "");
    await refused(
      start(join(dir, "..", "file", "data")),
      "不能写入数据目录",
      "cannot be written",
      "STORK_DATA",
    );
    await refused(start("/proc/stork"), "不能写入数据目录", "cannot be written");
  });

  test("settings that make no sense", async () => {
    await refused(start(folder(), { STORK_PORT: "seven" }), "STORK_PORT", "seven");
    await refused(start(folder(), { STORK_HOST: "192.0.2.1" }), "192.0.2.1", "STORK_HOST");
    await refused(start(folder(), { STORK_MASTER_KEY: "short" }), "STORK_MASTER_KEY", "32");
    await refused(
      start(folder(), { DATABASE_URL: "postgres://nobody@127.0.0.1:1/x" }),
      "DATABASE_URL",
      "cannot be reached",
    );
    await refused(
      start(folder(), { CLICKHOUSE_URL: "http://127.0.0.1:1" }),
      "CLICKHOUSE_URL",
      "cannot be reached",
    );
  });

  test("data of another version", async () => {
    const dir = folder();
    const first = start(dir);
    await first.ready;
    const newer = "insert into migration (name, checksum) values ('9999_newer.sql', 'x')";
    const { port, password } = addressOf(dir);
    const pg = (await import("pg")).default;
    const client = new pg.Client({
      connectionString: `postgres://stork:${password}@127.0.0.1:${port}/postgres`,
    });
    await client.connect();
    await client.query(newer);
    await client.end();
    first.kill("SIGTERM");
    await first.ended;
    await refused(start(dir), "另一个版本", "another version of Stork", "9999_newer.sql");
    expect(processesNaming(dir)).toEqual([]);
  });
});

function addressOf(dir: string): { port: number; password: string } {
  const port = Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[3]);
  return { port, password: readFileSync(join(dir, "postgres.password"), "utf8").trim() };
}

describe("root", () => {
  const asRoot = process.getuid?.() === 0;

  test.skipIf(!asRoot)(
    "is told that PostgreSQL runs as another user, also below a folder closed to that user",
    async () => {
      const dir = folder();
      chmodSync(join(dir, ".."), 0o700);
      const server = start(dir);
      await server.ready;
      expect(server.output()).toMatch(/正以 root 运行.*\n.*Running as root/);
      server.kill("SIGTERM");
      expect(await server.ended).toBe(0);
    },
  );
});

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
    const { ask } = await import("../server-process.ts");
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
    expect(await health(url)).toMatchObject({ status: "degraded", disk: "full" });
    free();
    await expect.poll(async () => (await send(1000)).status, { timeout: 30_000, interval: 500 }).toBe(200);
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
