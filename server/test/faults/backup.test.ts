import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownerKey, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

/** A backup taken while a shop sells, restored on another machine: nothing that was acknowledged before is missing. */

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const dir = mkdtempSync(join(tmpdir(), "stork-backup-"));
const file = join(dir, "all.tar");
const here = join(dir, "restored");
let there: Awaited<ReturnType<typeof usedFolder>>;
const passphrase = "稳妥 & safe";
let server: ServerProcess;
let url = "";
let writeKey = "";

beforeAll(async () => {
  there = await usedFolder();
  server = startServer(there.dir);
  url = await server.ready;
  await call(url, "POST", "/api/v1/workspaces", { slug: "shop", name: "shop" });
  ({ writeKey } = await call<{ writeKey: string }>(url, "POST", "/api/v1/workspaces/shop/sources", {
    ...{ kind: "http", name: "shop" },
  }));
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  there?.remove();
  rmSync(dir, { recursive: true, force: true });
});

async function call<Body>(to: string, method: string, path: string, body?: unknown): Promise<Body> {
  const headers = { authorization: `Bearer ${ownerKey}`, "content-type": "application/json" };
  const answer = await fetch(to + path, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Body;
}

const orders = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ type: "track", messageId: `m${from + i}`, event: "Order Completed" },
    userId: `u${(from + i) % 500}`,
    context: { traits: { phone: `139${String((from + i) % 500).padStart(8, "0")}`, city: "杭州" } },
    properties: { order_id: `o${from + i}`, total: 10 },
    timestamp: "2026-05-01T00:00:00.000Z",
  }));

async function send(from: number, count: number): Promise<void> {
  const answer = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` },
    body: JSON.stringify({ batch: orders(from, count) }),
  });
  expect(answer.status).toBe(200);
}

const cli = (dataDir: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, ["--disable-warning=ExperimentalWarning", "server/src/cli.ts", ...args, "--json"], {
    cwd: root,
    env: { ...process.env, STORK_DATA: dataDir, STORK_DEMO: "0", STORK_OWNER_KEY: ownerKey, ...env },
  });

const bought = (times: number) => ({
  where: { kind: "did", event: "Order Completed", count: { op: ">=", value: times } },
});
const count = async (to: string, times: number) =>
  (await call<{ persons: number }>(to, "POST", "/api/v1/workspaces/shop/segments/count", bought(times)))
    .persons;
const person = (to: string) =>
  call<{ identifiers: { namespace: string; value: string }[] }>(
    ...([to, "GET", `/api/v1/workspaces/shop/persons?identifier=${encodeURIComponent("user:u7")}`] as const),
  );

test("a backup is taken while events arrive, and holds all that was acknowledged before it began", async () => {
  for (let from = 0; from < 5000; from += 500) await send(from, 500);
  let selling = true;
  const shop = (async () => {
    for (let from = 5000; selling; from += 100) await send(from, 100);
  })();
  const backup = cli(there.dir, ["backup", file], { STORK_BACKUP_PASSPHRASE: passphrase });
  const { stdout } = await backup.finally(() => {
    selling = false;
  });
  await shop;
  expect(JSON.parse(stdout)).toMatchObject({ file, withKey: true });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // What identifies is sealed, also in a backup.
  expect(readFileSync(file).includes("13900000007")).toBe(false);
});

test("restored into an empty folder, another server answers the same", async () => {
  await expect(cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: "another" })).rejects.toThrow(
    /STORK_BACKUP_PASSPHRASE/,
  );
  rmSync(here, { recursive: true, force: true });
  const { stdout } = await cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: passphrase });
  expect(JSON.parse(stdout)).toMatchObject({ tables: expect.any(Number) });
  const other = startServer(here);
  try {
    const its = await other.ready;
    expect(await count(its, 10)).toBe(500);
    const health = await call<{ status: string }>(its, "GET", "/api/v1/health");
    expect(health.status).toBe("ok");
    expect((await person(its)).identifiers).toEqual((await person(url)).identifiers);
    expect((await person(its)).identifiers).toContainEqual(
      expect.objectContaining({ namespace: "phone", value: "+8613900000007" }),
    );
    // It goes on as a whole house: a new event of a new person finds a number of its own.
    const answer = await fetch(`${its}/v1/track`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` },
      body: JSON.stringify({ messageId: "new", event: "Product Viewed", userId: "somebody new" }),
    });
    expect(answer.status).toBe(200);
    const everybody = { where: { kind: "all", of: [] } };
    const { persons } = await call<{ persons: number }>(
      ...([its, "POST", "/api/v1/workspaces/shop/segments/count", everybody] as const),
    );
    expect(persons).toBe(501);
  } finally {
    other.kill("SIGTERM");
    await other.ended;
  }
});

test("nothing is restored over data, and a backup cut short is refused", async () => {
  const again = cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: passphrase });
  await expect(again).rejects.toThrow(/There is data where you want to restore/);
  const short = join(dir, "short.tar");
  copyFileSync(file, short);
  truncateSync(short, Math.floor(statSync(file).size * 0.9));
  const cut = cli(join(dir, "c"), ["restore", short], { STORK_BACKUP_PASSPHRASE: passphrase });
  await expect(cut).rejects.toThrow(/no whole backup/);
});
