import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compoundFile } from "../../../test/compound-file.ts";
import { compoundNames } from "./compound.client.ts";
import { type LookOrder, lookAt } from "./look.client.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "look-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ledger = [
  "2026年门店销售明细表",
  "单据流水,下单人手机,买家称呼,成交日期,货品,几件,实收(元)",
  "XS20260001,15012345678,李娜,2026年9月3日,贝亲奶瓶240ml,2,226.91",
  "XS20260002,18812345678,王芳,2026/9/4,飞鹤奶粉3段700g,1,298.00",
].join("\r\n");

async function look(name: string, content: Buffer, said: Partial<LookOrder["files"][number]> = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  const file = { name, path, bytes: content.length, preset: "auto", ...said };
  const context = { zone: "Asia/Shanghai", now: Date.parse("2026-10-01T00:00:00Z") };
  const [looked] = await lookAt({ files: [file], context, preview: true });
  if (looked === undefined) throw new Error("nothing was looked at");
  return looked;
}

test("totals and notes below a table are told, and are none of its rows", async () => {
  const below = `${ledger}\r\n合计,,,,,3,524.91\r\n注：以上不含退款\r\n`;
  expect(await look("台账.csv", iconv.encode(below, "gb18030"))).toMatchObject({
    preview: { outlook: { rows: 2, kept: 2 }, skipped: { above: 1, totals: 1, notes: 1 } },
  });
});

const known = "订单编号,买家会员名,买家实际支付金额,订单状态,联系手机,订单创建时间,宝贝标题,宝贝总数量";
test.each([
  ["no line end", known],
  ["a title above", `天猫旗舰店订单报表\r\n${known}\r\n`],
  ["totals below", `${known}\r\n合计,,0.00,,,,,0\r\n注：以上不含退款\r\n`],
])("of a header alone it is said what it is of, and that no row follows (%s)", async (_, text) => {
  const looked = await look("没有订单.csv", iconv.encode(text, "gb18030"));
  if ("why" in looked) throw new Error(looked.why);
  expect(looked).toMatchObject({ likelyPreset: "tmall", lacks: "rows", missing: null });
  expect(looked.preview).toMatchObject({ lacks: "rows", record: "orders" });
  expect(looked.preview?.problem?.en).toContain("a header and no rows");
});

test("a header nobody knows, without rows, lacks rows first of all", async () => {
  expect(await look("随便.csv", Buffer.from("甲,乙,丙\n"))).toMatchObject({ lacks: "rows" });
});

test("a first line that is a row is no header, and is not guessed at", async () => {
  const row = "26090001,飞鹤3段,1,268.00,2026-09-01 10:00:00,13812345678";
  const looked = await look("没有表头.csv", Buffer.from(`${row}\n${row}\n`));
  expect(looked).toMatchObject({ likelyPreset: null, lacks: "header", preview: { guessed: false } });
  if ("why" in looked) throw new Error(looked.why);
  expect(looked.preview?.problem?.en).toContain("row of data");
});

test("of two presets that a header fits wholly, the one that reads more of it", async () => {
  const text =
    "订单编号,商品标题,数量,订单实付金额,付款时间,手机号\nA1,奶粉3段,1,268,2026-09-01,13812345678\n";
  expect(await look("订单.csv", Buffer.from(text))).toMatchObject({ likelyPreset: "orders" });
});

test.each([
  ["一行.json", '[{"手机号":"1"},{"手机号":"2"}]', "not-lines"],
  ["排过版.json", '[\n  {\n    "手机号": "1"\n  }\n]', "not-lines"],
  ["空的.json", " [] \n", "empty"],
])("%s holds no lines of JSON", async (name, text, why) => {
  expect(await look(name, Buffer.from(text))).toMatchObject({ why });
});

test("a store's own ledger is guessed to be orders, and read as said once somebody agrees", async () => {
  const content = iconv.encode(ledger, "gb18030");
  const looked = await look("门店台账.csv", content);
  if ("why" in looked) throw new Error(looked.why);
  expect(looked.preview).toMatchObject({
    ...{
      guessed: true,
      readAs: "orders",
      record: "orders",
      encoding: "gb18030",
      headerLine: 2,
      problem: null,
    },
    outlook: { rows: 2, kept: 2, refused: 0 },
  });
  const { mapping } = looked.preview ?? { mapping: [] };
  const agreed = await look("门店台账.csv", content, { preset: "orders", mapping });
  expect(agreed).toMatchObject({ missing: null, preview: { guessed: false, outlook: { kept: 2 } } });
  // Nobody agreed: what is only guessed is not a known form.
  expect(looked.likelyPreset).toBeNull();
});

test("orders that say nothing of articles are orders all the same, until a column of articles is named", async () => {
  const payments = "订单号,昵称,电话,数量,金额,下单时间,东西\nH1,甲,13300190001,1,66.5,2026-10-02,小鹿一号\n";
  const looked = await look("收款.csv", Buffer.from(payments));
  expect(looked).toMatchObject({
    missing: null,
    preview: { guessed: true, record: "order-totals", problem: null, outlook: { kept: 1, refused: 0 } },
  });
  if ("why" in looked) throw new Error(looked.why);
  expect(looked.preview?.targets).toContainEqual(expect.objectContaining({ id: "title", required: false }));
  const mapping = (looked.preview?.mapping ?? []).map((one) =>
    one.column === "东西" ? { ...one, target: "title" } : one,
  );
  expect(await look("收款.csv", Buffer.from(payments), { preset: "orders", mapping })).toMatchObject({
    ...{ missing: null, preview: { record: "orders", outlook: { kept: 1 } } },
  });
  const less = await look(
    "欠列.csv",
    Buffer.from("订单编号,手机号,数量,付款时间\nH1,13300190001,1,2026-10-02\n"),
    {
      preset: "orders",
    },
  );
  expect(less).toMatchObject({ missing: { zh: "商家编码或商品标题", en: "SKU or Product" } });
});

test("what fits nothing is not guessed at", async () => {
  const looked = await look("随便.csv", Buffer.from("甲,乙\n1,2\n3,4\n"));
  expect(looked).toMatchObject({ likelyPreset: null, preview: { guessed: false, readAs: null } });
});

test.each([
  ["照片.csv", "89504e470d0a1a0a"],
  ["发票.csv", "255044462d312e37"],
])("%s is no text, however few zeros it holds", async (name, begin) => {
  const bytes = Buffer.concat([Buffer.from(begin, "hex"), Buffer.alloc(3000, "乱ÿ¿x")]);
  expect(await look(name, bytes)).toMatchObject({ why: "not-text" });
});

/** Its list of contents stands behind 400 KB: what a file's first bytes hold does not tell. */
const long = Buffer.alloc(400_000, 7);
/** What stands beside the package in a workbook under a password (MS-OFFCRYPTO 2.1, 2.3). */
const beside = Object.fromEntries(
  ["\u0006DataSpaces", "Version", "DataSpaceMap", "DataSpaceInfo", "EncryptionInfo"].map((name) => [
    name,
    Buffer.alloc(4096, 1),
  ]),
);
const locked = compoundFile({ ...beside, EncryptedPackage: long });
const old = compoundFile({ Workbook: long });

test.each([
  ["会员.xlsx", locked, "locked"],
  ["名字改过的.xls", locked, "locked"],
  ["会员.xls", old, "old-spreadsheet"],
  ["名字改过的.xlsx", old, "old-spreadsheet"],
  ["合同.xls", compoundFile({ WordDocument: long }), "not-text"],
  ["没下载完.xlsx", locked.subarray(0, 300_000), "damaged"],
])("%s is told by what it contains, whatever its name", async (name, bytes, why) => {
  expect(await look(name, bytes)).toMatchObject({ why });
});

test("of seven megabytes and more the places of the table go on elsewhere, and are followed", async () => {
  const path = join(folder, "large.xlsx");
  await writeFile(path, compoundFile({ ...beside, EncryptedPackage: Buffer.alloc(9_000_000) }));
  expect(await compoundNames(path)).toEqual(["Root Entry", ...Object.keys(beside), "EncryptedPackage"]);
});
