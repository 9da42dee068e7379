import { execFile } from "node:child_process";
import {
  copyFileSync,
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompressSync } from "node:zlib";
import { extract } from "tar-stream";
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

const shop = "/api/v1/workspaces/shop";
/** Forgotten after the backup was made; her number is in a file that was imported, too. */
const forgotten = { user: "u8", phone: "13900000008" };
const original = `订单编号,付款时间,手机号,商家编码,数量\nR1,2026-04-05 10:00:00,${forgotten.phone},A,1\nR2,2026-04-05 10:00:00,13900000009,A,1\n,2026-04-05 10:00:00,13900000010,A,1\n`;
let imported = "";

async function bring(): Promise<void> {
  const form = new FormData();
  form.append("preset", "orders");
  form.append("files", new Blob([original]), "四月订单.csv");
  const headers = { authorization: `Bearer ${ownerKey}` };
  const answer = await fetch(`${url}${shop}/imports/preview`, { method: "POST", headers, body: form });
  const { upload } = (await answer.json()) as { upload: string };
  const begun = await call<{ id: string }>(url, "POST", `${shop}/imports`, { upload, preset: "orders" });
  imported = begun.id;
  await until(async () => (await rawOf(url)) !== null);
}
const rawOf = async (to: string): Promise<unknown> =>
  (await call<{ files: { raw: unknown }[] }>(to, "GET", `${shop}/imports/${imported}`)).files[0]?.raw ?? null;
/** How many of the file's rows wait to be mended. */
const waiting = async (to: string): Promise<number> =>
  (await call<{ inQuarantine: number }>(to, "GET", `${shop}/imports/${imported}`)).inQuarantine;
const download = async (to: string): Promise<string> => {
  const headers = { authorization: `Bearer ${ownerKey}` };
  return (await fetch(`${to}${shop}/imports/${imported}/files/0`, { headers })).text();
};
const isKnown = async (to: string): Promise<boolean> => {
  const headers = { authorization: `Bearer ${ownerKey}` };
  const identifier = encodeURIComponent(`phone:${forgotten.phone}`);
  return (await fetch(`${to}${shop}/persons?identifier=${identifier}`, { headers })).ok;
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 600) throw new Error("it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Asked {
  id: string;
  places: { place: string; foundAfter: number }[];
}

/** Every table of both engines, as one text each. */
async function tablesIn(tarFile: string): Promise<Map<string, string>> {
  const tables = new Map<string, string>();
  const tar = createReadStream(tarFile).pipe(extract());
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const [, table] = /^((?:postgres|clickhouse)\/[^/]+)\/\d+\./.exec(entry.header.name) ?? [];
    if (table === undefined) continue;
    const text = zstdDecompressSync(Buffer.concat(chunks)).toString();
    tables.set(table, (tables.get(table) ?? "") + text);
  }
  return tables;
}

test("a backup is taken while events arrive, and holds all that was acknowledged before it began", async () => {
  for (let from = 0; from < 5000; from += 500) await send(from, 500);
  await bring();
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

test("restored into an empty folder, another server answers the same, and forgets again who was forgotten since", async () => {
  const { id: hers } = await call<{ id: string }>(
    ...([
      url,
      "GET",
      `${shop}/persons?identifier=${encodeURIComponent(`phone:${forgotten.phone}`)}`,
    ] as const),
  );
  const wish = { kind: "delete", identifier: `phone:${forgotten.phone}`, verified: "account" };
  const { id } = await call<Asked>(url, "POST", `${shop}/rights/requests`, wish);
  await call(url, "POST", `${shop}/rights/requests/${id}/carry-out`, {});
  await until(async () => !(await isKnown(url)));
  await expect(cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: "another" })).rejects.toThrow(
    /STORK_BACKUP_PASSPHRASE/,
  );
  rmSync(here, { recursive: true, force: true });
  const { stdout } = await cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: passphrase });
  expect(JSON.parse(stdout)).toMatchObject({ tables: expect.any(Number) });
  // As docs/storage.md tells whoever restores: the ledger of the old folder comes along.
  copyFileSync(join(there.dir, "erased.jsonl"), join(here, "erased.jsonl"));
  const other = startServer(here);
  try {
    const its = await other.ready;
    await until(async () => {
      const asked = await call<{ items: Asked[] }>(its, "GET", `${shop}/rights/requests?show=all`);
      const [request] = asked.items;
      if (request === undefined) return false;
      const { places } = await call<Asked>(its, "GET", `${shop}/rights/requests/${request.id}`);
      return places.length > 0 && places.every(({ foundAfter }) => foundAfter === 0);
    });
    expect(await isKnown(its)).toBe(false);
    await nothingIsLeft(hers);
    expect(await download(its)).toContain("13900000009");
    expect(await download(its)).not.toContain(forgotten.phone);
    expect([await waiting(url), await waiting(its)]).toEqual([1, 1]);
    expect(await count(its, 10)).toBe(499);
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
    expect(persons).toBe(500);
  } finally {
    other.kill("SIGTERM");
    await other.ended;
  }
});

/** A new backup holds all there is in both engines: no keyed hash of hers but in the ledgers, no number of hers in a fact. */
async function nothingIsLeft(node: string): Promise<void> {
  const after = join(dir, "after.tar");
  await cli(here, ["backup", after], { STORK_BACKUP_PASSPHRASE: passphrase });
  const ledger = readFileSync(join(there.dir, "erased.jsonl"), "utf8").trim().split("\n");
  const hashes = ledger.map((line) => (JSON.parse(line) as { hash: string }).hash);
  expect(hashes.length).toBeGreaterThanOrEqual(2);
  const before = await tablesIn(file);
  const found = (tables: Map<string, string>) =>
    [...tables].flatMap(([table, text]) => {
      const isFact = table.startsWith("clickhouse/");
      const hit = isFact
        ? new RegExp(`"(?:node|person)":"?${node}[,"}]`).test(text)
        : hashes.some((one) => text.includes(one));
      return hit ? [table] : [];
    });
  expect(found(before)).toEqual(expect.arrayContaining(["postgres/public.node", "clickhouse/event"]));
  expect(found(await tablesIn(after))).toEqual(["postgres/public.erased", "postgres/public.suppression"]);
  rmSync(after);
}

test("nothing is restored over data, and a backup cut short is refused", async () => {
  const again = cli(here, ["restore", file], { STORK_BACKUP_PASSPHRASE: passphrase });
  await expect(again).rejects.toThrow(/There is data where you want to restore/);
  const short = join(dir, "short.tar");
  copyFileSync(file, short);
  truncateSync(short, Math.floor(statSync(file).size * 0.9));
  const cut = cli(join(dir, "c"), ["restore", short], { STORK_BACKUP_PASSPHRASE: passphrase });
  await expect(cut).rejects.toThrow(/no whole backup/);
});
