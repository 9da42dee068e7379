import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTown } from "./files.client.ts";
import { families } from "./town.ts";

const settings = { seed: 4, families: 120, until: "2026-11-21" };
let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "stork-town-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function hashOf(out: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of (await readdir(out, { recursive: true })).sort()) {
    if (name === "truth") continue;
    hashes[name] = createHash("sha256")
      .update(await readFile(join(out, name)))
      .digest("hex");
  }
  return hashes;
}

const linesOf = async (...path: string[]) =>
  (await readFile(join(dir, ...path), "utf8")).trimEnd().split("\n");

test("the same seed gives the same bytes, whatever the number of threads, and leaves nothing else behind", {
  timeout: 60_000,
}, async () => {
  // As a killed run leaves it.
  await mkdir(join(dir, "one", ".writing-dead", "0"), { recursive: true });
  const written = await writeTown({ ...settings, out: join(dir, "one"), threads: 1 });
  expect(await writeTown({ ...settings, out: join(dir, "three"), threads: 3 })).toEqual(written);
  const one = await hashOf(join(dir, "one"));
  expect(await hashOf(join(dir, "three"))).toEqual(one);
  expect(Object.keys(one).sort()).toEqual([
    "catalogue.jsonl",
    "messages.jsonl",
    "orders.csv",
    "truth/children.csv",
    "truth/families.jsonl",
    "truth/orders.csv",
  ]);
  await writeTown({ ...settings, seed: 5, out: join(dir, "other") });
  expect((await hashOf(join(dir, "other")))["messages.jsonl"]).not.toBe(one["messages.jsonl"]);
});

test("the files hold every message once, in order of time", async () => {
  const lines = await linesOf("one", "messages.jsonl");
  const times = lines.map((line) => JSON.parse(line).timestamp as string);
  expect(times).toEqual(times.toSorted());
  const expected = [...families(settings)].flatMap(({ messages }) =>
    messages.map((message) => JSON.stringify(message)),
  );
  expect(lines.toSorted()).toEqual(expected.toSorted());
});

test("the truth has every family, child and order line", async () => {
  const town = [...families(settings)];
  expect(await linesOf("one", "truth", "families.jsonl")).toHaveLength(120);
  expect(await linesOf("one", "truth", "children.csv")).toHaveLength(
    1 + town.flatMap(({ household }) => household.children).length,
  );
  const bought = town.flatMap(({ shopping }) => shopping.orders.flatMap(({ lines }) => lines)).length;
  expect(await linesOf("one", "truth", "orders.csv")).toHaveLength(1 + bought);
  expect(await linesOf("one", "orders.csv")).toHaveLength(1 + bought);
});

test("a family of a small town stands unchanged in a large one", async () => {
  await writeTown({ ...settings, families: 10, out: join(dir, "small") });
  const small = await linesOf("small", "truth", "families.jsonl");
  expect((await linesOf("one", "truth", "families.jsonl")).slice(0, 10)).toEqual(small);
  const large = new Set(await linesOf("one", "messages.jsonl"));
  for (const line of await linesOf("small", "messages.jsonl")) expect(large.has(line)).toBe(true);
});

test("a folder that cannot be written is an error that names it", async () => {
  await expect(writeTown({ ...settings, out: join(dir, "one", "orders.csv") })).rejects.toThrow("orders.csv");
});
