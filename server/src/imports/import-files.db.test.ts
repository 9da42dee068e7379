import type { PreviewedFile } from "@stork/contract/imports.ts";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { compoundFile } from "../../test/compound-file.ts";
import { importing, kids } from "../../test/importing.ts";
import type { Refusal } from "../platform/refusal.ts";
import { planFiles, previewFiles } from "./import-files.client.ts";

const { now, file, importFiles } = importing();

describe("what a file may be", () => {
  const plan = (name: string, content: string | Buffer) =>
    planFiles("ali-mum-baby", [file(name, content)]).catch((error: Refusal) => error.kind.code);
  const gbk = (text: string) => iconv.encode(text, "gb18030");

  test.each([
    ["an empty file", "", "imports/empty-file"],
    ["only blanks", "\n \n", "imports/empty-file"],
    ["an XLSX cut short", Buffer.from("504b0304140006000800000021", "hex"), "imports/damaged"],
    ["an old XLS", compoundFile({ Workbook: Buffer.alloc(900) }), "imports/spreadsheet"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "imports/not-text"],
    ["other columns", "a,b\n1,2\n", "imports/missing-columns"],
    ["no header", "1,20140101,1\n", "imports/no-header"],
    ["a header alone", kids, "imports/no-rows"],
    ["Chinese lost in a wrong encoding", "锟斤拷ID,锟斤拷锟斤拷\n1,2\n", "imports/garbled"],
  ])("%s is refused with what to do", async (_what, content, code) => {
    expect(await plan("x.csv", content)).toBe(code);
  });

  test("missing columns are named, and the header's personal values are not", async () => {
    const error = (await planFiles("ali-mum-baby", [
      file("x.csv", "user_id,gender,13912345670\n1,0,x\n"),
    ]).catch((e) => e)) as Refusal;
    expect(error.params).toEqual({
      file: "x.csv",
      missing: "出生日期（birthday）",
      columns: "user_id、gender、…",
    });
  });

  test("among others a header alone is passed over", async () => {
    const files = [file("空.csv", kids), file("有.csv", `${kids}1,20140102,0\n`)];
    expect((await planFiles("ali-mum-baby", files)).map(({ name }) => name)).toEqual(["有.csv"]);
  });

  test.each([
    ["UTF-8", Buffer.from("用户ID,出生日期,性别\n1,2014/1/2,男\n"), "utf-8", ","],
    ["UTF-8 with BOM", Buffer.from("\uFEFF用户ID,出生日期,性别\n1,2014/1/2,男\n"), "utf-8", ","],
    ["GBK", gbk("用户ID,出生日期,性别\n1,2014/1/2,男\n"), "gb18030", ","],
    ["GBK with tabs", gbk("用户ID\t出生日期\t性别\n1\t2014/1/2\t男\n"), "gb18030", "\t"],
    [
      "UTF-16, as Excel writes Unicode text",
      iconv.encode("用户ID\t出生日期\t性别\r\n1\t2014/1/2\t男\r\n", "utf-16le", { addBOM: true }),
      "utf-16le",
      "\t",
    ],
  ])("%s is read as it is", async (_what, content, encoding, delimiter) => {
    const [planned] = (await plan("x.csv", content)) as Awaited<ReturnType<typeof planFiles>>;
    expect(planned).toMatchObject({
      encoding,
      delimiter,
      record: "children",
      header: ["用户ID", "出生日期", "性别"],
    });
    expect(await importFiles("ali-mum-baby", [file("y.csv", content)])).toMatchObject({
      added: 1,
      refused: 0,
    });
  });

  test("GBK is found even when the first megabyte is plain ASCII", async () => {
    const content = Buffer.concat([
      Buffer.from(kids),
      Buffer.from("1,20140102,0\n".repeat(100_000)),
      gbk("2,20140102,男\n"),
    ]);
    const [planned] = (await plan("x.csv", content)) as Awaited<ReturnType<typeof planFiles>>;
    expect(planned?.encoding).toBe("gb18030");
  });

  test("columns under other names are read as the mapping says", async () => {
    const content = "买家,生于\n1,20140102\n";
    const mapping = {
      "x.csv": [
        { column: "买家", target: "user" },
        { column: "生于", target: "birthday" },
      ],
    };
    expect(await importFiles("ali-mum-baby", [file("x.csv", content)], mapping)).toMatchObject({ added: 1 });
  });

  test("a quote that never closes refuses its row and swallows no other", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i + 1},20140102,0`);
    const done = await importFiles("ali-mum-baby", [
      file("x.csv", `${kids}"0,20140102,0\n${rows.join("\n")}\n"9,${"x".repeat(2_000_000)}`),
    ]);
    expect(done).toMatchObject({ status: "done", rows: 20_002, added: 20_000, refused: 2 });
    expect(done.reasons).toMatchObject([{ code: "quote-open", rows: 2 }]);
  });

  test("a preview shows the reading, masked, and the outlook", async () => {
    const content =
      "订单编号,手机号,商家编码,数量,付款时间,区县\nT1,13912345670,A,10000,2026/1/2 3:04:05,西湖区\nT2,,A,1,2026-01-02,文三路478号3幢502室\n";
    const seen = await previewFiles(
      "orders",
      [file("o.csv", content)],
      {},
      {
        ...{ zone: "Asia/Shanghai", now: now.engines.clock.now().getTime() },
      },
    );
    const [preview] = seen.files as [PreviewedFile];
    expect(preview).toMatchObject({
      record: "orders",
      problem: null,
      rows: [
        // A district is nobody's own; a house in its column is.
        ["T1", "13****70", "A", "10000", "2026/1/2 3:04:05", "西湖区"],
        ["T2", "", "A", "1", "2026-01-02", "文三****2室"],
      ],
      outlook: {
        rows: 2,
        kept: 2,
        refused: 0,
        marks: [
          { code: "quantity-high", rows: 1 },
          { code: "quantity-unusual", rows: 1 },
        ],
        reasons: [],
      },
    });
    expect(preview.mapping[1]).toEqual({ column: "手机号", target: "phone" });
  });
});
