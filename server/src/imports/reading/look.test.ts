import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
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

test("a workbook under a password is told by its name where its contents stand at the end", async () => {
  const bytes = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4000, 1)]);
  expect(await look("会员.xlsx", bytes)).toMatchObject({ why: "locked" });
  expect(await look("会员.xls", bytes)).toMatchObject({ why: "old-spreadsheet" });
});
