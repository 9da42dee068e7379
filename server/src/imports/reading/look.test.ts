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
