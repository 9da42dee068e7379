import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Import, PreviewedFile } from "@stork/contract/imports.ts";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { fileSource } from "../events/sources.store.ts";
import { openPeople, type People } from "../people/people.store.ts";
import { type ClickHouse, ch, u32 } from "../platform/clickhouse.ts";
import type { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { createRecords } from "../records/records.store.ts";
import { stateGenders } from "./gender-decision.store.ts";
import { type ImportJobDeps, importTasks } from "./import.job.ts";
import { planFiles, previewFiles } from "./import-files.client.ts";
import { gendersBy, reportImport } from "./import-report.ts";
import { findImport, findRefused, type ImportRow, insertImport } from "./imports.store.ts";
import { findRawFiles } from "./raw-files.store.ts";

const real = join(import.meta.dirname, "../../../../shared/data/ali_mum_baby");
let engines: TestEngines;
let people: People;
let workspace: WorkspaceRef;
let deps: ImportJobDeps;
let folder: string;
let folders = 0;

beforeAll(async () => {
  engines = await testEngines();
  people = openPeople({ ...engines, keysOf: (id) => engines.workspaceKeys(engines.db, id) });
  await people.prepare();
  const facts = { ...engines, ...people, onCommitted: [], cluster: null };
  deps = { ...facts, dataDir: engines.dir, records: createRecords(facts), rawFilesDays: async () => null };
  mkdirSync(join(engines.dir, "uploads"), { recursive: true });
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
  folder = join(engines.dir, `files-${folders++}`);
  mkdirSync(folder);
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

function file(name: string, content: string | Buffer) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { name, path, bytes: Buffer.byteLength(content) };
}
const realFile = (name: string) => ({ name, path: join(real, name), bytes: 0 });

async function start(preset: string, files: ReturnType<typeof file>[], mappings = {}): Promise<number> {
  const planned = await planFiles(preset, files, { mappings });
  const startedAt = engines.clock.now();
  const source = await fileSource(engines.db, workspace.id, preset, startedAt);
  return insertImport(engines.db, engines.jobs, {
    workspace: workspace.id,
    source: source.id,
    preset,
    files: planned,
    startedAt,
  });
}
const row = async (id: number): Promise<ImportRow> => (await findImport(engines.db, id)) as ImportRow;
async function importFiles(preset: string, files: ReturnType<typeof file>[], mappings = {}): Promise<Import> {
  const id = await start(preset, files, mappings);
  await engines.runJobs(importTasks(deps));
  return reportImport(await row(id));
}
const stored = (columns: string) =>
  engines.clickhouse.query<Record<string, unknown>>({
    text: `select ${columns} from event_once where workspace = {p0:UInt32}`,
    params: ch`${u32(workspace.id)}`.params,
  });
const children = () =>
  engines.db
    .selectFrom("child")
    .selectAll()
    .where("workspace_id", "=", workspace.id)
    .orderBy("born_on")
    .execute();

const trades = "user_id,auction_id,category_2,category_1,buy_mount,day\n";
const kids = "user_id,birthday,gender\n";

describe.skipIf(!existsSync(real))("the real Taobao files", () => {
  test("come in whole, twice adds nothing, the GBK copy leaves one question", async () => {
    const files = [realFile("tianchi_mum_baby_trade_history.csv"), realFile("tianchi_mum_baby.csv")];
    const first = await importFiles("ali-mum-baby", files);
    expect(first).toMatchObject({
      status: "done",
      rows: 30_531,
      added: 30_531,
      repeated: 0,
      refused: 0,
      totals: { trades: 29_971, buyers: 29_944, children: 560 },
      decisions: [],
    });
    expect(Object.fromEntries(first.marks.map(({ code, rows }) => [code, rows]))).toEqual({
      "age-impossible": 15,
      "quantity-high": 5,
      "date-impossible": 1,
    });
    expect(await stored("count() as trades, uniqExact(node) as buyers, sum(excluded) as excluded")).toEqual([
      { trades: 29_971, buyers: 29_944, excluded: 5 },
    ]);
    const [category] = await stored(
      "countIf(has(item.category, '50014815')) as trades, uniqExactIf(node, has(item.category, '50014815')) as buyers",
    );
    expect(category).toEqual({ trades: 4834, buyers: 4833 });

    const again = await importFiles("ali-mum-baby", files);
    expect(again).toMatchObject({
      status: "done",
      added: 0,
      repeated: 30_531,
      totals: { trades: 29_971, buyers: 29_944, children: 560 },
    });
    expect(await stored("count() as trades")).toEqual([{ trades: 29_971 }]);

    const gbk = await importFiles("ali-mum-baby", [realFile("dreaware_sam_tianchi_mum_baby.gbk.csv")]);
    expect(gbk).toMatchObject({
      status: "needs-decision",
      added: 0,
      repeated: 560,
      refused: 0,
      totals: { children: 560 },
    });
    expect(gbk.files[0]?.encoding).toBe("gb18030");
    expect(gbk.decisions).toMatchObject([
      { id: "gender-codes", rows: 560, answer: null, question: { zh: "性别代码 0 是男还是女？" } },
    ]);
    expect((await children()).every(({ gender }) => gender === null || gender === "unknown")).toBe(true);

    const { decisions } = await row(Number(gbk.id));
    const answer = gendersBy(decisions[0]!.facts, "as-this-file");
    expect(answer).toEqual({ "0": "male", "1": "female", "2": "unknown" });
    await stateGenders(deps, workspace.id, answer, { who: "user:1", at: engines.clock.now() });
    const found = await children();
    expect([
      found.length,
      found.filter(({ gender }) => gender === "male").length,
      found.filter(({ gender }) => gender === "female").length,
    ]).toEqual([560, 276, 271]);
  });
});

describe("what a row may be", () => {
  test("equal rows of one file are so many purchases; the file again, or a later one that overlaps, adds what is new", async () => {
    const rows = "1,7,50,38,2,20140101\n1,7,50,38,2,20140101\n1,7,50,38,2,20140102\n";
    const first = await importFiles("ali-mum-baby", [file("a.csv", trades + rows)]);
    expect(first).toMatchObject({ added: 3, totals: { trades: 3, buyers: 1 } });
    expect(await importFiles("ali-mum-baby", [file("b.csv", trades + rows)])).toMatchObject({
      added: 0,
      repeated: 3,
    });
    const third = await importFiles("ali-mum-baby", [
      file("c.csv", `${trades}${rows}2,7,50,38,1,20140103\n`),
    ]);
    expect(third).toMatchObject({ added: 1, repeated: 3, totals: { trades: 4, buyers: 2 } });
    expect(await stored("count() as n, sum(quantity) as pieces")).toEqual([{ n: 4, pieces: 7 }]);
  });

  test("the same file twice in one upload is stored and counted once", async () => {
    const rows = "1,7,50,38,2,20140101\n1,7,50,38,2,20140101\n2,7,50,38,10000,20140102\n";
    const born = "1,20140102,0\n9,18840101,1\n";
    const done = await importFiles("ali-mum-baby", [
      file("t.csv", trades + rows),
      file("t(1).csv", `${trades}${rows}3,7,50,38,1,20140103\n`),
      file("kids.csv", kids + born),
      file("kids(1).csv", kids + born),
    ]);
    expect(done).toMatchObject({
      status: "done",
      rows: 11,
      added: 6,
      repeated: 5,
      totals: { trades: 4, buyers: 3, children: 2 },
    });
    expect(Object.fromEntries(done.marks.map(({ code, rows }) => [code, rows]))).toEqual({
      "quantity-high": 1,
      "date-impossible": 1,
    });
    expect(await stored("count() as n")).toEqual([{ n: 4 }]);
    expect(await children()).toHaveLength(2);
  });

  test("unlikely rows are kept and marked, unreadable ones refused by line and reason", async () => {
    const rows = [
      "1,7,50,38,-2,20140101",
      "2,7,50,38,10000,20140101",
      "3,7,50,38,1,18840101",
      "4,7,50,38,1,20840101",
      ",7,50,38,1,20140101",
      "6,7,50,38,many,20140101",
      "7,7,50,38,1,20140230",
      "13800138000****,7,50,38,1,20140101",
      "9,7,50,38,1,2014/1/5",
    ];
    const done = await importFiles("ali-mum-baby", [file("a.csv", trades + rows.join("\r\n"))]);
    expect(done).toMatchObject({
      status: "done",
      rows: 9,
      added: 6,
      refused: 3,
      totals: { trades: 6, buyers: 5 },
    });
    expect(Object.fromEntries(done.marks.map(({ code, rows }) => [code, rows]))).toEqual({
      "quantity-negative": 1,
      "quantity-high": 1,
      "time-impossible": 2,
    });
    expect(await stored("sum(excluded) as out, avgIf(quantity, not excluded) as mean")).toEqual([
      { out: 2, mean: 1 },
    ]);
    await people.vault.ready(workspace.id);
    const refused = await findRefused(engines.db, Number(done.id), { file: -1, line: 0 });
    expect(
      refused.map(({ line, code, sealed }) => [
        line,
        code,
        JSON.parse(people.vault.open(workspace.id, sealed))[0],
      ]),
    ).toEqual([
      [6, "no-identifier", ""],
      [7, "quantity-unreadable", "6"],
      [8, "day-unreadable", "7"],
    ]);
  });

  test("a birthday in 1884 or 2084 is kept and marked; one that is no date is refused", async () => {
    const rows = "1,18840101,0\n2,20840101,1\n3,20140230,1\n4,2014/2/3,女\n";
    const done = await importFiles("ali-mum-baby", [file("kids.csv", kids + rows)]);
    expect(done).toMatchObject({
      added: 3,
      refused: 1,
      marks: [{ code: "date-impossible", rows: 2 }],
      reasons: [{ code: "birthday-unreadable", rows: 1 }],
    });
    expect(
      (await children()).map(({ born_on, gender, gender_code }) => [born_on, gender, gender_code]),
    ).toEqual([
      ["1884-01-01", "unknown", "0"],
      ["2014-02-03", "female", "女"],
      ["2084-01-01", "unknown", "1"],
    ]);
  });

  test("a shop's orders: the rows of an order are one order, masked phones are nobody's, unpaid ones are refused", async () => {
    const header =
      "订单编号,店铺,买家会员名,收货人,手机号,省份,城市,区县,商家编码,商品标题,数量,单价,订单优惠金额,订单实付金额,付款时间,订单状态\n";
    const rows = [
      "T1,天猫旗舰店,tb1,王小明,13912345670,上海市,市辖区,徐汇区,A,奶粉,2,258.00,10.00,606.90,2026-05-01 10:00:00,交易成功",
      "T1,天猫旗舰店,tb1,王小明,13912345670,上海市,市辖区,徐汇区,B,纸尿裤,1,100.90,10.00,606.90,2026-05-01 10:00:00,交易成功",
      "T2,京东,jd1,李**,138****0001,江苏省,南京市,玄武区,A,奶粉,1,258.00,0.00,258.00,2026-05-02 10:00:00,已退款",
      "T3,京东,jd1,李**,,江苏省,南京市,玄武区,A,奶粉,1,258.00,0.00,258.00,,等待买家付款",
    ];
    const done = await importFiles("orders", [
      file("orders.csv", Buffer.from(`\uFEFF${header}${rows.join("\n")}`)),
    ]);
    expect(done).toMatchObject({
      rows: 4,
      added: 3,
      refused: 1,
      totals: { orders: 2, buyers: 2 },
      reasons: [{ code: "not-paid", rows: 1 }],
    });
    const found = await stored("name, order_id, amount_fen, quantity, item.sku as skus");
    expect(
      found.sort((a, b) => `${a["order_id"]}${a["name"]}`.localeCompare(`${b["order_id"]}${b["name"]}`)),
    ).toEqual([
      { name: "Order Completed", order_id: "T1", amount_fen: 60_690, quantity: 3, skus: ["A", "B"] },
      { name: "Order Completed", order_id: "T2", amount_fen: 25_800, quantity: 1, skus: ["A"] },
      { name: "Order Refunded", order_id: "T2", amount_fen: 25_800, quantity: 1, skus: ["A"] },
    ]);
    expect(JSON.stringify(await stored("*"))).not.toMatch(/13912345670|王小明/);
    expect(await importFiles("orders", [file("again.csv", header + rows.join("\n"))])).toMatchObject({
      added: 0,
      repeated: 3,
    });
  });
});

describe("what a file may be", () => {
  const plan = (name: string, content: string | Buffer) =>
    planFiles("ali-mum-baby", [file(name, content)]).catch((error: Refusal) => error.kind.code);
  const gbk = (text: string) => iconv.encode(text, "gb18030");

  test.each([
    ["an empty file", "", "imports/empty-file"],
    ["only blanks", "\n \n", "imports/empty-file"],
    ["an XLSX cut short", Buffer.from("504b0304140006000800000021", "hex"), "imports/damaged"],
    ["an old XLS", Buffer.from("d0cf11e0a1b11ae1", "hex"), "imports/spreadsheet"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d", "hex"), "imports/not-text"],
    ["other columns", "a,b\n1,2\n", "imports/missing-columns"],
    ["no header", "1,20140101,1\n", "imports/missing-columns"],
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
        ...{ zone: "Asia/Shanghai", now: engines.clock.now().getTime() },
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

test("an import killed between any two steps goes on and counts exactly", async () => {
  const rows = Array.from(
    { length: 25_000 },
    (_, i) => `${(i % 900) + 1},${i % 40},50,38,1,201401${String((i % 28) + 1).padStart(2, "0")}`,
  );
  const content = trades + rows.join("\n");
  const buyers = new Set(rows.map((line) => line.split(",")[0])).size;
  const copy = file("x(1).csv", content);
  const id = await start("ali-mum-baby", [file("x.csv", content), copy]);
  // Dies on the way to the engine or just after it, several times over.
  let calls = 0;
  const clickhouse: ClickHouse = {
    ...engines.clickhouse,
    insertLines: async (table, lines, columns) => {
      calls += 1;
      if (calls === 2) throw new Error("killed before");
      await engines.clickhouse.insertLines(table, lines, columns);
      if (calls === 5) throw new Error("killed after");
    },
  };
  const facts = { ...engines, ...people, onCommitted: [], cluster: null, clickhouse };
  // A process that died remembers nothing.
  const dying = (): ImportJobDeps => ({ ...deps, records: createRecords(facts) });
  const again = { jobId: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };
  const run = () => importTasks(dying())["events.import"]!({ import: id }, again);
  await expect(run()).rejects.toThrow("killed before");
  await expect(run()).rejects.toThrow("killed after");
  await run();
  const done = reportImport(await row(id));
  expect(done).toMatchObject({
    status: "done",
    rows: 50_000,
    added: 25_000,
    repeated: 25_000,
    totals: { trades: 25_000, buyers },
  });
  expect(await stored("count() as n, uniqExact(node) as buyers")).toEqual([{ n: 25_000, buyers }]);
});

test("an import that the stopping server put down is taken up again", async () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => `${i + 1},${i % 40},50,38,1,20140101`);
  const id = await start("ali-mum-baby", [file("x.csv", trades + rows.join("\n"))]);
  const stopping = new AbortController();
  stopping.abort();
  await importTasks(deps)["events.import"]!(
    { import: id },
    { jobId: "1", attempt: 1, lastAttempt: false, signal: stopping.signal },
  );
  expect(reportImport(await row(id))).toMatchObject({ status: "running", rows: 20_000 });
  engines.clock.advance(5_000);
  await engines.runJobs(importTasks(deps));
  expect(reportImport(await row(id))).toMatchObject({
    status: "done",
    added: 25_000,
    totals: { buyers: 25_000 },
  });
});

test("files that a stopping server was putting away are put away after the next start", async () => {
  folder = join(engines.dir, "uploads", randomUUID());
  mkdirSync(folder);
  const sent = file("x.csv", `${trades}1,1,50,38,1,20140101`);
  const id = await start("ali-mum-baby", [sent]);
  const stopping = new AbortController();
  const { vault } = deps;
  const sealBytes: typeof vault.sealBytes = (...bytes) => {
    stopping.abort();
    return vault.sealBytes(...bytes);
  };
  await importTasks({ ...deps, vault: { ...vault, sealBytes } })["events.import"]!(
    { import: id },
    { jobId: "1", attempt: 1, lastAttempt: false, signal: stopping.signal },
  );
  expect(reportImport(await row(id))).toMatchObject({ status: "done", added: 1 });
  expect((await findRawFiles(engines.db, id)).size).toBe(0);
  expect(existsSync(sent.path)).toBe(true);
  engines.clock.advance(5_000);
  await engines.runJobs(importTasks(deps));
  expect((await findRawFiles(engines.db, id)).size).toBe(1);
  expect(existsSync(sent.path)).toBe(false);
});
