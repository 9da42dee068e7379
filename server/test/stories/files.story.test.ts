import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { QuarantineDetail, QuarantinePage, ReplayedOne } from "@stork/contract/quarantine.ts";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/*
 * What a shop's clerk brings, and what becomes of it: files in every encoding with titles above and totals below, a
 * wrong import taken back, refused rows put right one by one or given up, an import stopped.
 */

let app: WholeApp;
let path: string;
beforeAll(async () => {
  app = await wholeApp({ now: "2026-02-01T04:00:00Z" });
  ({ path } = await app.brand("clerk"));
});
afterAll(() => app.close());

interface Sent {
  name: string;
  content: string | Buffer;
}
async function preview(preset: string, files: readonly Sent[]): Promise<ImportPreview> {
  const form = new FormData();
  form.append("preset", preset);
  for (const { name, content } of files) form.append("files", new Blob([content as never]), name);
  const response = await fetch(`${app.url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.ownerKey}` },
    body: form,
  });
  expect(response.status).toBe(200);
  return (await response.json()) as ImportPreview;
}
const look = async (id: string): Promise<Import> =>
  (await app.call<Import>("GET", `${path}/imports/${id}`)).body;
async function bring(preset: string, files: readonly Sent[]): Promise<Import> {
  const { upload } = await preview(preset, files);
  const started = await app.call<Import>("POST", `${path}/imports`, { upload, preset });
  expect(started.status).toBe(202);
  await app.runJobs();
  return look(started.body.id);
}
const persons = async (where: object): Promise<number> =>
  (await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where })).body.persons;
const bought = { kind: "did", event: "Order Completed" };

const header = "订单编号,付款时间,手机号,商家编码,数量,订单实付金额\n";
const order = (id: string, phone: string, more = "A,1,19.90") =>
  `${id},2026-01-05 10:00:00,${phone},${more}\n`;

test("five files in five encodings, titles above and totals below, come in alike", async () => {
  const text = (n: number) =>
    `店铺订单报表,,,,,\n导出时间：2026-02-01,,,,,\n${header}${order(`E${n}`, `1390000000${n}`)}合计,,,,1,19.90\n注：以上数据仅供参考,,,,,\n`;
  const files = [
    { name: "1.csv", content: text(1) },
    { name: "2.csv", content: `\uFEFF${text(2)}` },
    { name: "3.csv", content: iconv.encode(text(3), "gbk") },
    { name: "4.txt", content: iconv.encode(text(4).replaceAll(",", "\t"), "utf-16le", { addBOM: true }) },
    { name: "5.txt", content: iconv.encode(text(5).replaceAll(",", "\t"), "utf-16be", { addBOM: true }) },
  ];
  const seen = await preview("orders", files);
  expect(seen.files.map(({ encoding, headerLine, problem }) => [encoding, headerLine, problem])).toEqual(
    ["utf-8", "utf-8", "gb18030", "utf-16le", "utf-16be"].map((encoding) => [encoding, 3, null]),
  );
  expect(seen.files[0]?.outlook).toMatchObject({ kept: 1, refused: 0 });
  expect(seen.files[0]?.outlook.rules.map(({ rule, column }) => [rule, column])).toContainEqual([
    "phone",
    "手机号",
  ]);
  const done = await bring("orders", files);
  expect(done).toMatchObject({
    ...{ status: "done", rows: 15, kept: 5, added: 5, refused: 0, records: 5, merged: 0 },
    skipped: { above: 10, totals: 5, notes: 5 },
  });
  expect(done.rows).toBe(done.kept + done.refused + done.skipped.totals + done.skipped.notes);
});

test("another mapping changes the outlook at once", async () => {
  const file = { name: "m.csv", content: "单号,时间,电话,货号,件数\nM1,2026-01-05,13900000021,A,1\n" };
  const seen = await preview("orders", [file]);
  expect(seen.files[0]?.problem).not.toBeNull();
  const targets = ["order", "paidAt", "phone", "sku", "quantity"];
  const mapping = (seen.files[0]?.columns ?? []).map((column, i) => ({ column, target: targets[i] ?? null }));
  const again = await app.call<ImportPreview>("POST", `${path}/imports/preview/${seen.upload}`, {
    preset: "orders",
    mappings: { "m.csv": mapping },
  });
  expect(again.body.files[0]).toMatchObject({ problem: null, outlook: { kept: 1, refused: 0 } });
});

test("refused rows wait: one is put right and taken, one is given up with a note", async () => {
  const done = await bring("orders", [
    {
      name: "q.csv",
      content: `${header}${order("Q1", "13900000031", "A,many,19.90")}${order("Q2", "13900000032").replace("2026-01-05 10:00:00", "someday")}${order("Q3", "13900000033")}`,
    },
  ]);
  expect(done).toMatchObject({ added: 1, refused: 2, inQuarantine: 2 });
  const list = async (state: string) =>
    (await app.call<QuarantinePage>("GET", `${path}/quarantine?import=${done.id}&state=${state}`)).body;
  const waiting = await list("open");
  expect(waiting.total).toBe(2);
  expect(waiting.items.map(({ line, code, file }) => [file, line, code])).toEqual([
    ["q.csv", 3, "day-unreadable"],
    ["q.csv", 2, "quantity-unreadable"],
  ]);
  const many = waiting.items[1]?.id;
  const detail = await app.call<QuarantineDetail>("GET", `${path}/quarantine/${many}`);
  expect(detail.body.fields.find(({ name }) => name === "数量")).toMatchObject({
    value: "many",
    target: "quantity",
    blamed: true,
  });
  expect(detail.body.fields.filter(({ blamed }) => blamed)).toHaveLength(1);

  const stillWrong = await app.call<ReplayedOne>("POST", `${path}/quarantine/${many}/replay`, {
    changes: { 数量: "x" },
  });
  expect(stillWrong.body).toMatchObject({
    taken: false,
    item: { state: "open", code: "quantity-unreadable" },
  });
  const before = await persons(bought);
  const right = await app.call<ReplayedOne>("POST", `${path}/quarantine/${many}/replay`, {
    changes: { 数量: "2" },
  });
  expect(right.body).toMatchObject({ taken: true, item: { state: "replayed" } });
  expect(await persons(bought)).toBe(before + 1);

  const other = waiting.items[0]?.id;
  expect((await app.call("POST", `${path}/quarantine/${other}/drop`, { note: "" })).status).toBe(400);
  await app.call("POST", `${path}/quarantine/${other}/drop`, { note: "测试订单" });
  expect((await list("dropped")).items).toMatchObject([{ id: other, note: "测试订单", glance: "" }]);
  expect((await look(done.id)).inQuarantine).toBe(0);
  expect((await app.call("POST", `${path}/quarantine/${other}/replay`, {})).status).toBe(409);
});

test("an import taken back leaves every count as it was, and may come again", async () => {
  const counts = async () => ({
    bought: await persons(bought),
    often: await persons({ ...bought, count: { op: ">=", value: 2 } }),
    spent: await persons({ ...bought, sum: { property: "total", op: ">=", value: 15 } }),
  });
  const before = await counts();
  const rows = Array.from({ length: 300 }, (_, i) =>
    order(`U${i}`, `1371234${String(i % 200).padStart(4, "0")}`),
  );
  const file = { name: "wrong.csv", content: header + rows.join("") };
  const done = await bring("orders", [file]);
  expect(done.undo.possible).toBe(true);
  expect((await counts()).bought).toBe(before.bought + 200);
  const undoing = await app.call<Import>("POST", `${path}/imports/${done.id}/undo`);
  expect([undoing.status, undoing.body.status]).toEqual([202, "undoing"]);
  await app.runJobs();
  expect(await look(done.id)).toMatchObject({ status: "undone", undo: { possible: false } });
  expect(await counts()).toEqual(before);
  expect((await app.call("POST", `${path}/imports/${done.id}/undo`)).status).toBe(409);
  expect(await bring("orders", [file])).toMatchObject({ added: 300, repeated: 0 });
});

test("a cancelled import stops, and what came in can be taken back", async () => {
  const before = await persons(bought);
  const { upload } = await preview("orders", [
    { name: "c.csv", content: header + order("C1", "13600000001") },
  ]);
  const { body } = await app.call<Import>("POST", `${path}/imports`, { upload, preset: "orders" });
  const stopped = await app.call<Import>("POST", `${path}/imports/${body.id}/cancel`);
  expect(stopped.body.status).toBe("cancelled");
  await app.runJobs();
  expect(await look(body.id)).toMatchObject({ status: "cancelled", rows: 0 });
  expect(await persons(bought)).toBe(before);
});
