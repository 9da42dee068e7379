import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { afterAll, expect, test } from "vitest";
import { unpack } from "../unpack.client.ts";
import { examine, tableRows } from "./examine.client.ts";
import { formats } from "./formats.client.ts";

const dir = mkdtempSync(join(tmpdir(), "stork-formats-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let files = 0;

function file(name: string, content: string | Buffer) {
  const path = join(dir, String(files++));
  writeFileSync(path, content);
  return { name, path, bytes: Buffer.byteLength(content) };
}
const names = (cells: readonly string[]) =>
  cells.filter((cell) => ["订单编号", "数量", "付款时间", "手机号"].includes(cell.trim())).length;

async function table(name: string, content: string | Buffer, sheet?: string) {
  const one = file(name, content);
  const found = await examine(sheet === undefined ? one : { ...one, sheet }, names, 100);
  const rows: (readonly string[])[] = [];
  for await (const some of tableRows({ ...one, ...found }, () => undefined))
    rows.push(...some.map(({ cells }) => cells));
  return { ...found, rows };
}
const refused = (name: string, content: string | Buffer) =>
  table(name, content).then(
    () => "read",
    (error: { why?: string }) => error.why,
  );

/** An archive of these parts, as any program packs them. */
function zip(parts: Record<string, string | Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), head, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), head, tail, Buffer.from(name)]),
    );
    bodies.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

const workbook = (sheets: Record<string, string>, more: Record<string, string> = {}): Buffer =>
  zip({
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${Object.keys(sheets)
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${Object.keys(sheets)
      .map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join("")}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...more,
  });
const inline = (...cells: string[]) =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`;

test("a workbook with a header alone is read; one without anything is empty", async () => {
  expect(await table("只有表头.xlsx", workbook({ 表: inline("订单编号", "数量") }))).toMatchObject({
    sheet: "表",
    isEmpty: true,
    header: ["订单编号", "数量"],
  });
  expect(await refused("空的.xlsx", workbook({ 表: "", 另一张: "" }))).toBe("empty");
});

test("archives that are other programs' documents are told from broken workbooks", async () => {
  const sheet = { mimetype: "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>" };
  expect(await refused("表.ods", zip(sheet))).toBe("other-spreadsheet");
  expect(await refused("表.numbers", zip({ "Index/Document.iwa": "x" }))).toBe("other-spreadsheet");
  expect(await refused("信.docx", zip({ "[Content_Types].xml": "<a/>", "word/document.xml": "<a/>" }))).toBe(
    "not-text",
  );
  expect(await refused("别的.xlsx", zip({ "a.txt": "x" }))).toBe("damaged");
  for (const parts of [sheet, { "Index/Document.iwa": "x" }]) {
    const whole = file("表", zip(parts));
    expect(await unpack(whole)).toEqual([whole]);
  }
});

test("a workbook: shared texts, dates by style, long numbers, a merged title, the sheet with the table", async () => {
  const rows =
    `<row r="1"><c r="A1" t="s"><v>0</v></c></row>` +
    `<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="C3" t="s"><v>3</v></c></row>` +
    `<row r="4"><c r="A4"><v>1.2345678901234E+17</v></c><c r="B4"><v>0.30000000000000004</v></c><c r="C4" s="1"><v>46024.5</v></c></row>` +
    `<row r="5"><c r="A5" t="str"><v>B2</v></c><c r="C5" s="2"><v>46024</v></c></row>`;
  const found = await table(
    "订单.xlsx",
    workbook(
      { 说明: inline("只有说明"), 订单: rows },
      {
        "xl/sharedStrings.xml": `<sst><si><t>2026年1月订单</t></si><si><r><t>订单</t></r><r><t>编号</t></r><rPh><t>注音</t></rPh></si><si><t>数量</t></si><si><t>付款时间</t></si></sst>`,
        "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="176"/></cellXfs></styleSheet>`,
      },
    ),
  );
  expect(found).toMatchObject({
    format: "xlsx",
    sheets: ["说明", "订单"],
    sheet: "订单",
    headerLine: 3,
    above: 1,
  });
  expect(found.header).toEqual(["订单编号", "数量", "付款时间"]);
  expect(found.rows).toEqual([
    ["123456789012340000", "0.3", "2026-01-02 12:00:00"],
    ["B2", "", "2026-01-02"],
  ]);
});

test("a cell merged over the rows of one order is every row's, also where it is named after all the others", async () => {
  const cell = (place: string, text: string) => `<c r="${place}" t="str"><v>${text}</v></c>`;
  const row = (line: number, ...cells: string[]) => `<row r="${line}">${cells.join("")}</row>`;
  const rows = [
    row(1, cell("A1", "七月订单")),
    row(3, cell("A3", "订单编号"), cell("B3", "数量"), cell("C3", "手机号")),
    row(4, cell("A4", "K1"), cell("B4", "1"), cell("C4", "13800000001")),
    row(5, cell("B5", "2")),
    row(6, cell("B6", "3")),
    row(7, cell("A7", "K2"), cell("B7", "4")),
    row(8, cell("A8", "K3"), cell("B8", "5")),
    row(9, cell("A9", "K4"), cell("B9", "6")),
  ].join("");
  const merges = ["A8:B8", "C4:C6", "A1:C2", "A4:A6", "C8:C9"].map((ref) => `<mergeCell ref="${ref}"/>`);
  const found = await table(
    "订单.xlsx",
    zip({
      "xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="七月" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
      "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows}</sheetData><mergeCells count="5">${merges.join("")}</mergeCells></worksheet>`,
    }),
  );
  expect(found).toMatchObject({ headerLine: 3, mergedCells: 4 });
  expect(found.rows).toEqual([
    ["K1", "1", "13800000001"],
    ["K1", "2", "13800000001"],
    ["K1", "3", "13800000001"],
    ["K2", "4"],
    ["K3", "5"],
    ["K4", "6"],
  ]);
});

test("the sheet that is asked for is read", async () => {
  const sheets = {
    一月: inline("订单编号", "数量") + inline("A", "1"),
    二月: inline("订单编号", "数量") + inline("B", "2"),
  };
  expect((await table("x.xlsx", workbook(sheets), "二月")).rows).toEqual([["B", "2"]]);
});

test.each([
  ["UTF-8 with BOM", Buffer.from("\uFEFF订单编号,数量\nA,1\n"), "utf-8"],
  ["GB18030", iconv.encode("订单编号,数量\n稚爱㐀,1\n", "gb18030"), "gb18030"],
  ["UTF-16 LE", iconv.encode("订单编号,数量\nA,1\n", "utf-16le", { addBOM: true }), "utf-16le"],
  ["UTF-16 BE", iconv.encode("订单编号,数量\nA,1\n", "utf-16be", { addBOM: true }), "utf-16be"],
  [
    "UTF-16 LE without BOM",
    iconv.encode("订单编号,数量,付款时间\nA,1,2026-01-02 03:04:05\n", "utf-16le"),
    "utf-16le",
  ],
])("%s is found from the content", async (_what, content, encoding) => {
  const found = await table("x.csv", content);
  expect([found.encoding, found.header.slice(0, 2), found.rows[0]?.[1]]).toEqual([
    encoding,
    ["订单编号", "数量"],
    "1",
  ]);
});

test("one damaged line does not turn UTF-8 into GBK", async () => {
  const content = Buffer.concat([
    Buffer.from("订单编号,收货人\n甲,王小明\n乙,李小红\n"),
    Buffer.from([0xb1, 0xfb, 0x2c, 0xd5, 0xc5, 0x0a]),
    Buffer.from("丁,赵小兰\n"),
  ]);
  const found = await table("x.csv", content);
  expect([found.encoding, found.rows[3]?.[1]]).toEqual(["utf-8", "赵小兰"]);
});

test("titles and notes above the table are passed over, and the header found by its names", async () => {
  const text = "天猫订单报表,,\n导出时间：2026-01-02,,\n\n订单编号,数量,付款时间\nA,1,2026-01-01\n";
  expect(await table("x.csv", text)).toMatchObject({
    headerLine: 4,
    above: 2,
    rows: [["A", "1", "2026-01-01"]],
  });
});

test("JSON lines: inner fields by path, a line that is no object is told", async () => {
  const found = await table(
    "x.jsonl",
    '{"id":1,"buyer":{"phone":"139"},"tags":[1]}\nnot json\n{"id":2,"later":true}\n',
  );
  expect(found).toMatchObject({ format: "json-lines", header: ["id", "buyer.phone", "tags", "later"] });
  expect(found.rows).toEqual([["1", "139", "[1]", ""], ["not json"], ["2", "", "", "true"]]);
});

test(".gz and .zip are opened, names in GBK read; a workbook stays one", async () => {
  const packed = await unpack(file("a.csv.gz", gzipSync("订单编号,数量\nA,1\n")));
  expect(packed).toMatchObject([{ name: "a.csv", bytes: 24 }]);
  const several = await unpack(
    file("a.zip", zip({ "一月/订单.csv": "a,b\n1,2\n", "__MACOSX/x": "x", "b.csv": "c\n" })),
  );
  expect(several.map(({ name }) => name)).toEqual(["订单.csv", "b.csv"]);
  const book = file("b.xlsx", workbook({ A: inline("a", "b") }));
  expect(await unpack(book)).toEqual([book]);
});

test.each([
  ["a ZIP cut short", workbook({ A: inline("a", "b") }).subarray(0, 400), "damaged"],
  [
    "a workbook that unpacks to a hundred times what it should",
    workbook({ A: " ".repeat(120_000_000) }),
    "bomb",
  ],
  [
    "an entity bomb",
    workbook(
      { A: "x" },
      { "xl/workbook.xml": '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>' },
    ),
    "bomb",
  ],
  ["a cell in column 10 000", workbook({ A: '<row r="1"><c r="NTP1"><v>1</v></c></row>' }), "too-wide"],
  ["100 000 columns", `${"a,".repeat(100_000)}\n`, "too-wide"],
  ["a Parquet file cut short", Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(500, 7)]), "damaged"],
  [
    "a web page called a workbook",
    Buffer.from("\uFEFF<html><body><table><tr><td>a</td></tr></table>"),
    "web-page",
  ],
  [
    "a workbook of Excel 2003 in XML",
    Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'),
    "web-page",
  ],
  ["NUL bytes all over", Buffer.alloc(4096, Buffer.from("a\0\0\0")), "not-text"],
  ["20 MB without a line end", "x".repeat(20_000_000), "endless-row"],
])("%s is refused for what it is", async (_what, content, why) => {
  expect(await refused("x.csv", content)).toBe(why);
});

test("a NUL in the middle of a text harms nobody", async () => {
  expect((await table("x.csv", `订单编号,数量\n${"A,1\n".repeat(300)}B\0,2\n`)).rows).toHaveLength(301);
});

test("every format says what it is, and opens a file of its own", () => {
  for (const [id, format] of Object.entries(formats)) expect(format.id).toBe(id);
});
