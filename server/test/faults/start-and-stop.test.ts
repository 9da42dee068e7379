import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { alive } from "../../src/platform/processes.ts";
import { descendantsOf, processesNaming } from "../server-process.ts";
import { healthOf, ownServers } from "./own-servers.ts";

const { start, newFolder, folder } = ownServers();

const gone = (pids: readonly number[]) => expect.poll(() => pids.filter(alive)).toEqual([]);

/** The embedded PostgreSQL's first process; 0 while there is none. */
function postmasterOf(dir: string): number {
  const file = join(dir, "postgres/postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
}

describe("a first and a second start", () => {
  test("the data stays, the link is offered until a password is set, both engines answer", async () => {
    const dir = newFolder();
    const first = start(dir);
    expect(await healthOf(await first.ready)).toMatchObject({ status: "ok" });
    await expect.poll(first.output).toContain("/sign-in/");
    first.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const again = start(dir, { STORK_LOG: "info" });
    expect(await healthOf(await again.ready)).toMatchObject({ status: "ok" });
    // As npm start leaves it: until it is ready, a person reads sentences and no program's lines.
    const before = again.output().split("stork ready")[0] ?? "";
    expect(before.split("\n").filter((line) => line.startsWith("{"))).toEqual([]);
  });
});

describe("a long job", () => {
  test("is told of a stop in time, and puts its work down while both engines are still open", async () => {
    const server = start(await folder(), { STORK_STOP_WITHIN: "5" }, "server/test/faults/long-job-server.ts");
    await server.ready;
    await expect.poll(server.output).toContain("the long job works");
    server.kill("SIGTERM");
    await server.ended;
    expect(server.output()).toContain("the long job put its work down");
  });
});

describe.each(["SIGTERM", "SIGINT"] as const)("%s", (signal) => {
  test("stops with code 0 and no child left", async () => {
    const dir = await folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    expect(family.length).toBeGreaterThan(1);
    server.kill(signal);
    expect(await server.ended).toBe(0);
    await gone(family);
    expect(existsSync(join(dir, "stork.lock"))).toBe(false);
  });

  test("in the middle of the start, too", async () => {
    const dir = newFolder();
    const server = start(dir);
    await expect.poll(server.output).toContain("starting the engines");
    server.kill(signal);
    await server.ended;
    // What was being started when the stop came ends by itself, a moment after.
    await expect.poll(() => processesNaming(dir)).toEqual([]);
  });
});

describe("kill -9", () => {
  test("PostgreSQL follows by itself, and the next start goes on with the data", async () => {
    const dir = await folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    server.kill("SIGKILL");
    await server.ended;
    await gone(family);
    const again = start(dir);
    expect(await healthOf(await again.ready)).toMatchObject({ status: "ok" });
  });

  test("a PostgreSQL that stayed is stopped, a pid file of nobody is put away", async () => {
    const dir = await folder();
    const server = start(dir);
    await server.ready;
    const family = descendantsOf(server.pid);
    // The watcher is killed with the server, so that nobody tells PostgreSQL.
    const watcher = family.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("/bin/sh"));
    expect(watcher).toBeDefined();
    process.kill(watcher as number, "SIGKILL");
    server.kill("SIGKILL");
    await server.ended;
    const postmaster = postmasterOf(dir);
    expect(alive(postmaster)).toBe(true);
    const again = start(dir);
    expect(await healthOf(await again.ready)).toMatchObject({ status: "ok" });
    expect(alive(postmaster)).toBe(false);
    again.kill("SIGKILL");
    await again.ended;
    await gone(processesNaming(dir));
    // A number that belongs to someone else by now.
    writeFileSync(
      join(dir, "postgres/postmaster.pid"),
      `${process.pid}\n${dir}/postgres\n1\n5432\n\n127.0.0.1\n`,
    );
    writeFileSync(join(dir, "stork.lock"), `{"pid":${process.pid},"began":"1"}\n`);
    const third = start(dir);
    expect(await healthOf(await third.ready)).toMatchObject({ status: "ok" });
  });

  test("of PostgreSQL alone: it is started again, and the server goes on", async () => {
    const dir = await folder();
    const server = start(dir);
    const url = await server.ready;
    const postmaster = postmasterOf(dir);
    process.kill(postmaster, "SIGKILL");
    // For how long it is degraded, nobody knows; another one answers in the end.
    await expect.poll(() => postmasterOf(dir)).toSatisfy((pid) => pid > 0 && pid !== postmaster);
    await expect.poll(async () => (await healthOf(url)).status).toBe("ok");
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(processesNaming(dir)).toEqual([]);
  });

  test("the launcher's end is the server's end", async () => {
    const dir = await folder();
    const launcher = start(await folder());
    await launcher.ready;
    const server = start(dir, { STORK_LAUNCHER_PID: String(launcher.pid) });
    await server.ready;
    launcher.kill("SIGKILL");
    expect(await server.ended).toBe(0);
    expect(processesNaming(dir)).toEqual([]);
  });
});

describe("root", () => {
  const asRoot = process.getuid?.() === 0;

  test.skipIf(!asRoot)(
    "is told that PostgreSQL runs as another user, also below a folder closed to that user",
    async () => {
      const dir = await folder();
      chmodSync(join(dir, ".."), 0o700);
      const server = start(dir);
      await server.ready;
      expect(server.output()).toMatch(/正以 root 运行.*\n.*Running as root/);
      server.kill("SIGTERM");
      expect(await server.ended).toBe(0);
    },
  );
});
