import { existsSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { alive } from "../../src/platform/processes.ts";
import { ask, dataFolder, descendantsOf, type ServerProcess, startServer } from "../server-process.ts";

const { dir, remove } = dataFolder();
let server: ServerProcess | undefined;

afterEach(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  remove();
});

/** Starts on the same data until the demo has come so far. */
async function startUntil(words: string): Promise<ServerProcess> {
  const started = startServer(dir, { STORK_DEMO: "1" }, "server/test/faults/small-demo-server.ts");
  server = started;
  await expect.poll(started.output, { timeout: 240_000 }).toContain(words);
  return started;
}

const isMade = () => existsSync(`${dir}/prepared`);

/** Ended because the server did, not because its work was done. */
async function gone(family: readonly number[]): Promise<void> {
  await expect.poll(() => family.filter(alive)).toEqual([]);
  expect(isMade()).toBe(false);
}

test("the demo's process ends with the server, and what it made is gone on with, once", async () => {
  const stopped = await startUntil("demo data");
  const first = descendantsOf(stopped.pid);
  stopped.kill("SIGTERM");
  expect(await stopped.ended).toBe(0);
  await gone(first);

  const killed = await startUntil("demo data");
  const second = descendantsOf(killed.pid);
  // The server, the process that makes the demo, and that one's PostgreSQL.
  expect(second.length).toBeGreaterThan(2);
  killed.kill("SIGKILL");
  await gone(second);

  const whole = await startUntil("stork ready");
  const url = await whole.ready;
  const at = "/api/v1/workspaces/demo";
  const { items } = await ask<{ items: { status: string; counts: { sent: number; waiting: number } }[] }>(
    url,
    "GET",
    `${at}/campaigns`,
  );
  expect(items.map(({ status }) => status)).toEqual(["done"]);
  expect(items[0]?.counts.sent).toBeGreaterThan(50);
  expect(items[0]?.counts.waiting).toBe(0);
  const sources = await ask<{ items: { name: string }[] }>(url, "GET", `${at}/sources`);
  const names = sources.items.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(isMade()).toBe(true);
}, 1_200_000);
