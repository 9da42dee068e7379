import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { StorageOverview } from "@stork/contract/storage.ts";
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/*
 * The file that was imported is kept as it came, sealed, for two years: to be looked up by whoever may see what
 * identifies, and then it goes.
 */

let app: WholeApp;
let path: string;
beforeAll(async () => {
  app = await wholeApp({ now: "2026-02-01T04:00:00Z" });
  ({ path } = await app.brand("archive"));
});
afterAll(() => app.close());

const content = `订单编号,付款时间,手机号,商家编码,数量\nR1,2026-01-05 10:00:00,13912345678,A,1\n${"R2,写错,13912345679,A,1\n".repeat(20_000)}`;

async function bring(name: string): Promise<Import> {
  const form = new FormData();
  form.append("preset", "orders");
  form.append("files", new Blob([content]), name);
  const headers = { authorization: `Bearer ${app.ownerKey}` };
  const response = await fetch(`${app.url}${path}/imports/preview`, { method: "POST", headers, body: form });
  const { upload } = (await response.json()) as ImportPreview;
  const started = await app.call<Import>("POST", `${path}/imports`, { upload, preset: "orders" });
  await app.runJobs();
  return (await app.call<Import>("GET", `${path}/imports/${started.body.id}`)).body;
}
const download = (id: string, number: number, key: string = app.ownerKey) =>
  fetch(`${app.url}${path}/imports/${id}/files/${number}`, { headers: { authorization: `Bearer ${key}` } });
const rawFiles = async () => {
  const { kinds } = (await app.call<StorageOverview>("GET", `${path}/storage`)).body;
  return kinds.find(({ kind }) => kind === "raw-files");
};
const folder = (): string => join(app.engines.dir, "raw");
const onDisk = async (): Promise<string[]> => {
  const [workspace = ""] = await readdir(folder());
  return (await readdir(join(folder(), workspace))).map((name) => join(folder(), workspace, name));
};

let first: Import;

test("an import says that its file is kept and until when; on disk nothing of it can be read", async () => {
  first = await bring("一月订单.csv");
  expect(first).toMatchObject({ status: "done", added: 1, refused: 20_000 });
  expect(first.files[0]?.raw).toEqual({ until: "2028-02-29T00:00:00.000Z" });
  const [file = ""] = await onDisk();
  const sealed = await readFile(file);
  expect(sealed.includes("13912345678")).toBe(false);
  expect(sealed.length).toBeLessThan(content.length / 10);
  expect(await readdir(join(app.engines.dir, "uploads"))).toEqual([]);
});

test("it can be had again word for word by whoever may see what identifies, and that is written down", async () => {
  const answer = await download(first.id, 0);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("一月订单.csv"));
  expect(await answer.text()).toBe(content);
  const looks = await app.engines.db.selectFrom("reveal_log").selectAll().execute();
  expect(looks.map(({ what }) => what)).toEqual([`import ${first.id} file 0`]);
  const nobody = await download(first.id, 0, "sk_test_nobody");
  expect(nobody.status).toBe(401);
  for (const wrong of [1, 99_999]) expect((await download(first.id, wrong)).status).toBe(404);
  expect(await app.engines.db.selectFrom("reveal_log").selectAll().execute()).toHaveLength(1);
});

test("a file that was changed on disk is not handed out as if it were the one that was sent", async () => {
  const [file = ""] = await onDisk();
  const sealed = await readFile(file);
  await writeFile(file, sealed.subarray(0, sealed.length - 30));
  const cut = await download(first.id, 0)
    .then((answer) => answer.text())
    .catch(() => "broken off");
  expect(cut).not.toBe(content);
  await writeFile(file, sealed);
});

test("after two years it goes, unless a legal hold stands", async () => {
  expect(await rawFiles()).toMatchObject({ policy: { deleteAfterDays: 730 }, now: { rows: 1 } });
  const hold = await app.call<{ id: string }>("POST", `${path}/storage/holds`, {
    kind: "raw-files",
    reason: "审计",
  });
  expect(hold.status).toBe(201);
  app.clock.set("2028-03-02T04:00:00Z");
  const run = async () => {
    await app.call("POST", `${path}/storage/run`);
    await app.runJobs();
  };
  await run();
  expect((await download(first.id, 0)).status).toBe(200);
  await app.call("POST", `${path}/storage/holds/${hold.body.id}/release`);
  await run();
  expect((await onDisk()).filter((file) => existsSync(file))).toEqual([]);
  expect((await download(first.id, 0)).status).toBe(404);
  expect((await app.call<Import>("GET", `${path}/imports/${first.id}`)).body.files[0]?.raw).toBeNull();
});

test("of a file under a password the content is kept, and nothing asks for the password again", async () => {
  const { path: brand } = await app.brand("locked");
  const password = "奶粉Abc2026";
  const zip = new ZipWriter(new BlobWriter());
  // As programs on Chinese Windows lock it.
  const rawPassword = iconv.encode(password, "gb18030");
  await zip.add("二月订单.csv", new TextReader(content), { rawPassword, zipCrypto: true });
  const packed = await zip.close();
  const form = new FormData();
  form.append("preset", "auto");
  form.append("files", packed, "导出.zip");
  form.append("files", new Blob([content]), "二月订单.csv");
  const headers = { authorization: `Bearer ${app.ownerKey}` };
  const sent = await fetch(`${app.url}${brand}/imports/preview`, { method: "POST", headers, body: form });
  const { upload, files } = (await sent.json()) as ImportPreview;
  expect(files[0]).toMatchObject({ name: "导出.zip", locked: { parts: ["二月订单.csv"] } });
  expect(files[1]).not.toHaveProperty("locked");
  const unlock = (said: string) =>
    app.call<ImportPreview & { title: string }>("POST", `${brand}/imports/preview/${upload}/unlock`, {
      ...{ preset: "auto", password: said },
    });
  const wrong = await unlock("奶粉abc2026");
  expect(wrong).toMatchObject({ status: 400, body: { code: "imports/wrong-password" } });
  expect(JSON.stringify(wrong.body)).not.toContain("abc2026");
  const early = await app.call("POST", `${brand}/imports`, { upload, preset: "auto" });
  expect(early).toMatchObject({ status: 400, body: { code: "imports/locked" } });

  const { body: opened } = await unlock(password);
  expect(opened.files).toMatchObject([
    { name: "二月订单 (2).csv", likelyPreset: "orders", problem: null },
    { name: "二月订单.csv", problem: null },
  ]);
  const place = join(app.engines.dir, "uploads", upload);
  const held = await Promise.all((await readdir(place)).map((name) => readFile(join(place, name), "utf8")));
  expect(held).toHaveLength(3);
  expect(held.filter((text) => text === content)).toHaveLength(2);
  expect(held.join()).not.toContain(password);

  const name = "二月订单 (2).csv";
  const started = await app.call<Import>("POST", `${brand}/imports`, {
    upload,
    preset: "auto",
    files: [name],
  });
  await app.runJobs();
  const { body: done } = await app.call<Import>("GET", `${brand}/imports/${started.body.id}`);
  expect(done).toMatchObject({ status: "done", rows: 20_001, added: 1, refused: 20_000, files: [{ name }] });
  const original = await fetch(`${app.url}${brand}/imports/${done.id}/files/0`, { headers });
  expect(await original.text()).toBe(content);
});
