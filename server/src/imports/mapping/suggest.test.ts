import { describe, expect, test } from "vitest";
import { genericReport } from "./generic.ts";
import { guessKinds } from "./guess-kind.ts";
import { hashHeader } from "./header-hash.ts";
import { fitOf, suggest } from "./suggest.ts";

const orderTargets = genericReport("order").kind.targets;
const found = (columns: string[], rows: string[][] = []) =>
  Object.fromEntries(suggest(orderTargets, columns, rows).map(({ column, target }) => [column, target]));

describe("by names", () => {
  test("the header itself, synonyms in both languages, and units beside it", () => {
    expect(
      found(["订单号", "支付时间", "order_date", "商家编码", "数量(件)", "实付金额(元)", "随便写的"]),
    ).toEqual({
      订单号: "order",
      支付时间: "paidAt",
      order_date: null,
      商家编码: "sku",
      "数量(件)": "quantity",
      "实付金额(元)": "amount",
      随便写的: null,
    });
  });
  test("initials of pinyin", () => {
    expect(found(["ddbh", "fksj", "spbm", "sl", "sjh"])).toEqual({
      ddbh: "order",
      fksj: "paidAt",
      spbm: "sku",
      sl: "quantity",
      sjh: "phone",
    });
  });
  test("each target once, the surest column first", () => {
    expect(found(["收货人手机", "手机号"])).toEqual({ 收货人手机: null, 手机号: "phone" });
  });
});

describe("by contents", () => {
  const rows = [
    ["5736651960213628855", "13912345678", "2026/6/1 12:00", "3", "268.00", "浙江省"],
    ["3099647887667133109", "13812340000", "2026/6/2 9:30", "1", "59.90", "上海市"],
  ];
  test("what a column without a telling name holds", () => {
    expect(found(["A", "B", "C", "D", "E", "F"], rows)).toMatchObject({
      A: "order",
      B: "phone",
      F: "province",
    });
  });
  test("says why, and doubts a name that the cells contradict", () => {
    const [phone, wrong] = suggest(
      orderTargets,
      ["联系手机", "手机"],
      [
        ["13912345678", "3"],
        ["13812340000", "1"],
      ],
    );
    expect(phone).toMatchObject({ target: "phone", reason: { zh: "列名就是「联系手机」，内容像手机号" } });
    expect(phone!.confidence).toBe(1);
    expect(wrong?.target).not.toBe("phone");
  });
});

test("a store's own spreadsheet is an order list, known by what it calls things and by what stands in it", () => {
  const columns =
    "单据流水 下单人手机 买家称呼 成交日期 货品 颜色/规格 几件 实收(元) 发往省 发往市 详细 状态 备注".split(
      " ",
    );
  const row = (phone: string, name: string) =>
    [
      "XS20260001",
      phone,
      name,
      "2026年9月3日",
      "贝亲奶瓶240ml",
      "L码",
      "2",
      "226.91",
      "浙江",
      "杭州市",
    ].concat(["西湖区文三路12号", "已完成", ""]);
  const [best] = guessKinds(columns, [row("15012345678", "李娜"), row("18812345678", "王芳")]);
  expect(best?.record).toBe("order");
  expect(best?.columns.map(({ target }) => target)).toEqual(
    "order phone name paidAt title variant quantity amount province city address status note".split(" "),
  );
});

test("the kind that fits best is the one whose columns they are", () => {
  const header = ["会员号", "手机号", "姓名", "宝宝生日", "会员等级"];
  const fit = (record: "member" | "order" | "stock") => {
    const { targets } = genericReport(record).kind;
    return fitOf(targets, suggest(targets, header, []));
  };
  expect(fit("stock")).toBeLessThan(0.5);
  expect(
    suggest(genericReport("member").kind.targets, header, []).every(({ target }) => target !== null),
  ).toBe(true);
});

test("a header is the same in another order and with other blanks", () => {
  expect(hashHeader(["订单号 ", "数量（件）"])).toEqual(hashHeader(["数量(件)", "订单号"]));
  expect(hashHeader(["订单号"])).not.toEqual(hashHeader(["订单号", "数量"]));
});
