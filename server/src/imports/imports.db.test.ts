import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importing, kids, trades } from "../../test/importing.ts";
import { stateGenders } from "./gender-decision.store.ts";
import { gendersBy } from "./import-report.ts";
import { findRefused } from "./imports.store.ts";

const real = join(import.meta.dirname, "../../../../shared/data/ali_mum_baby");
const realFile = (name: string) => ({ name, path: join(real, name), bytes: 0 });
const { now, file, row, importFiles, stored, children } = importing();

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
    await stateGenders(now.deps, now.workspace.id, answer, { who: "user:1", at: now.engines.clock.now() });
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
    await now.people.vault.ready(now.workspace.id);
    const refused = await findRefused(now.engines.db, Number(done.id), { file: -1, line: 0 });
    expect(
      refused.map(({ line, code, sealed }) => [
        line,
        code,
        JSON.parse(now.people.vault.open(now.workspace.id, sealed))[0],
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
