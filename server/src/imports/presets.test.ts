import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { context, fieldsOf, readFile } from "../../test/platform-file.ts";
import { valueRules } from "../cleaning/rules.ts";
import { textOf } from "../events/utf8.ts";
import type { StatedRecord } from "../records/record.ts";
import type { Preset, RecordKind, Row } from "./preset.ts";
import { presets } from "./presets.ts";
import { readColumns } from "./reading/columns.ts";
import { totalLabel } from "./total-words.ts";

const every = Object.values(presets).flatMap((preset: Preset) =>
  preset.kinds.map((kind): [string, RecordKind, Preset] => [`${preset.id} ${kind.id}`, kind, preset]),
);

describe.each(every)("%s", (_, kind, preset) => {
  test("is whole: targets told apart, in both languages, read by rules that exist", () => {
    const ids = kind.targets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { label, aliases, rule } of kind.targets) {
      expect(label.zh && label.en).toBeTruthy();
      expect(aliases.length).toBeGreaterThan(0);
      if (rule !== undefined) expect(Object.keys(valueRules)).toContain(rule);
    }
    expect(preset.name.zh && preset.description.en && preset.platform).toBeTruthy();
  });

  test("what it counts has a name in both languages", () => {
    for (const id of [kind.id, kind.personsAs ?? kind.id])
      expect(totalLabel(id).zh, id).toMatch(/\p{Script=Han}/u);
  });

  test("is recognised by its own headers, alone and among those of the other reports", () => {
    const header = kind.targets.map(({ aliases }) => aliases[0] as string);
    const { kind: found, missing } = readColumns(preset, header);
    expect([found.id, missing]).toEqual([kind.id, []]);
  });

  test("refuses an empty row and never throws, whatever the cells say", () => {
    expect(kind.read([{}], context)).toHaveProperty("refused");
    const cell = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom("", "13912345678", "2026-06-01", "￥1,2", "-1", "ＮＢ"),
    );
    const row = fc.record(Object.fromEntries(kind.targets.map(({ id }) => [id, cell])));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
        const read = kind.read(rows as Row[], context);
        if ("refused" in read) return;
        expect(read.kind).toBe(kind.record);
        expect(() => JSON.parse(textOf(read.fields))).not.toThrow();
      }),
      { numRuns: 30 },
    );
  });
});

describe("as the platforms write them", () => {
  test("Tmall: an order closed after payment was refunded; the masked receiver names nobody", () => {
    const [one, two, three] = readFile(
      "tmall",
      `订单编号|买家会员名|总金额|买家实际支付金额|订单状态|收货人姓名|收货地址 |联系手机|订单创建时间|订单付款时间 |分阶段订单信息|店铺名称|退款金额|订单备注
      5736651960213628855|tb49|255.10|255.10|交易成功|马**|广东省 佛山市 ****|131****4663|2026-05-28 17:54:08|2026-05-28 17:56:24||旗舰店|0.00|
      5736651960213628856|tb50|268.00|268.00|交易关闭|王芳|浙江省 杭州市 西湖区 文一路 1 号|13912345678|2026-05-28 17:54:08|2026-05-28 17:56:24||旗舰店|268.00|
      5736651960213628857|tb51|999.00|50.00|等待买家付款|||13912345679|2026-05-28 17:54:08||阶段1：已付款，定金50.00元；阶段2：未付款|旗舰店|0.00|刷单`,
    );
    expect(fieldsOf(one)).toMatchObject({
      status: "completed",
      amountFen: 25_510,
      paidAt: "2026-05-28T09:56:24.000Z",
    });
    expect(one).toMatchObject({
      key: "tmall 5736651960213628855",
      identifiers: [{ namespace: "member:tmall", value: "tb49" }],
    });
    expect(fieldsOf(two)).toMatchObject({ status: "refunded", refunds: [{ amountFen: 26_800 }] });
    expect((two as StatedRecord).said).toMatchObject([{ kind: "traits", traits: { name: "王芳" } }]);
    expect(fieldsOf(three)).toMatchObject({ status: "deposit-paid", depositFen: 5000 });
    expect((three as StatedRecord).marks).toContain("brush-order");
  });

  test("Tmall: the article report is a part of the same order", () => {
    const [one] = readFile(
      "tmall",
      `子订单编号|主订单编号|商品标题|商品价格|购买数量|外部系统编号|商品属性|订单状态|商家编码|买家实际支付金额|退款状态
      11|5736651960213628855|牧原珠 婴幼儿配方奶粉 1段|134.00|2|FOR-1|800克|交易成功|FOR-1|255.10|没有申请退款
      11|5736651960213628855|牧原珠 婴幼儿配方奶粉 1段|134.00|2|FOR-1|800克|交易成功|FOR-1|255.10|没有申请退款`,
    );
    expect(one).toMatchObject({ key: "tmall 5736651960213628855", part: "lines" });
    expect(fieldsOf(one)["items"]).toMatchObject([
      { sku: "FOR-1", quantity: 2, amountFen: 25_510, category: "formula" },
    ]);
  });

  test("JD: amounts repeat on every row; what was taken off the list after payment was given back", () => {
    const [one, two] = readFile(
      "jd",
      `订单号|商品ID|商品名称|订购数量|下单时间|京东价|应付金额|订单状态|下单帐号|客户姓名|联系电话|付款确认时间|货号|运费金额
      301|1|安啪 纸尿裤 NB84片|1|2026/6/1 9:05|99.00|158.00|完成|jd_a|李*|138****0000|2026/6/1 9:06|D1|0.00
      301|2|小谷坛 溶豆|1|2026/6/1 9:05|59.00|158.00|完成|jd_a|李*|138****0000|2026/6/1 9:06|F1|0.00
      302|2|小谷坛 溶豆|1|2026/6/1 9:05|59.00|59.00|(删除)等待出库|jd_b|||2026/6/1 9:06|F1|0.00`,
    );
    expect(fieldsOf(one)).toMatchObject({
      status: "completed",
      amountFen: 15_800,
      items: [{ sku: "D1" }, { sku: "F1" }],
    });
    expect(fieldsOf(two)["status"]).toBe("refunded");
  });

  test("Pinduoduo: nobody can be known, and the order is kept all the same", () => {
    const [one] = readFile(
      "pinduoduo",
      `商品|订单号|订单状态|邮费(元)|用户实付金额(元)|商品数量(件)|支付时间|样式ID|商家编码-规格维度|售后状态|收货人|手机
      好奇 纸尿裤|260601-123456789012345|已发货，退款成功|0.00|79.90|1|2026-06-01 10:00:00|99|D9|退款成功|张**|159****1111`,
    );
    expect(one).toMatchObject({ identifiers: [], otherwise: { namespace: "order:pinduoduo" } });
    expect(fieldsOf(one)).toMatchObject({ status: "refunded", amountFen: 7990 });
  });

  test("Douyin: sub-orders add up to their order, freight once", () => {
    const [one] = readFile(
      "douyin",
      `主订单编号|子订单编号|选购商品|商品数量|商品ID|商家编码|商品金额|订单应付金额|运费|收件人手机号|订单提交时间|支付完成时间|订单状态|售后状态
      691|6911|婴儿连体衣|1|7|C1|59.00|55.00|8.00|13912345678|2026-06-01 10:00:00|2026-06-01 10:00:30|已发货|-
      691|6912|婴儿连体衣|2|7|C2|59.00|110.00|0.00|13912345678|2026-06-01 10:00:00|2026-06-01 10:00:30|已发货|-`,
    );
    expect(fieldsOf(one)).toMatchObject({ status: "shipped", amountFen: 16_500, freightFen: 800 });
    expect(one).toMatchObject({ identifiers: [{ namespace: "phone", value: "+8613912345678" }] });
  });

  test("Youzan, WeChat shop and tills, in yuan and in fen", () => {
    const [youzan] = readFile(
      "youzan",
      `订单号|归属店铺|订单状态|买家付款时间|订单实付金额|商品名称|规格编码|商品单价|商品数量|收货人/提货人|收货人手机号/提货人手机号|订单退款状态|订单已退款金额
      E2026|商城|交易关闭|2026-06-01 10:00:00|88.00|积木玩具|T1|88.00|1|陈静|１３９１２３４５６７８|全额退款成功|88.00`,
    );
    expect(fieldsOf(youzan)).toMatchObject({ status: "refunded", amountFen: 8800 });
    expect((youzan as StatedRecord).identifiers).toEqual([{ namespace: "phone", value: "+8613912345678" }]);
    const [wechat] = readFile(
      "wechat-shop",
      `订单号|订单下单时间|订单状态|收件人手机|订单实际支付金额(分)|支付时间|商品名称|SKU编码(自定义)|商品价格(单件)(分)|商品数量
      37|2026-06-01 10:00:00|待发货|13912345678|8800|2026-06-01 10:00:10|孕妇裤|M1|8800|1`,
    );
    expect(fieldsOf(wechat)).toMatchObject({
      status: "paid",
      amountFen: 8800,
      items: [{ category: "maternity" }],
    });
    const [till] = readFile(
      "pos",
      `小票号|门店编号|交易时间|会员卡号|会员手机号|商品条码|商品名称|数量|单价(分)|实收金额(分)|小票实收(分)|状态
      88001|330100|2026-06-01 10:00:00|C77|13912345678|690|辅食米粉|2|2990|5000|5000|已收款`,
    );
    expect(fieldsOf(till)).toMatchObject({ amountFen: 5000, items: [{ amountFen: 5000 }] });
    expect((till as StatedRecord).key).toBe("330100 88001");
  });

  test.each([
    [
      "ocean-engine",
      "时间-天|广告名称|消耗(元)|展示数|点击数\n2026-06-01|618 奶粉|1,234.50|10,000|321",
      123_450,
    ],
    ["tencent-ads", "日期|广告名称|花费|曝光量|点击量\n2026/6/1|朋友圈|88.00|1万|30", 8800],
    ["xiaohongshu", "时间|计划名称|消费|展现量|点击量\n20260601|种草|66.6|800|9", 6660],
    ["baidu", "日期|推广计划|消费|展现|点击\n2026年6月1日|品牌词|10|100|5", 1000],
    ["spend", "日期|平台|消耗\n2026-06-01|快手|5.5", 550],
  ])("spend of %s", (id, text, spendFen) => {
    const [one] = readFile(id, text);
    expect(fieldsOf(one)).toMatchObject({ day: "2026-06-01", spendFen });
  });

  test("members, ERP and service desk", () => {
    const [member] = readFile(
      "crm-members",
      "会员号|手机号|姓名|入会时间|会员等级|宝宝生日|宝宝性别|短信授权\nM1|139 1234 5678|李梅|2026-01-05|金卡|2026年3月1日|女|是",
    );
    expect(member).toMatchObject({
      identifiers: [{ namespace: "member", value: "M1" }, { namespace: "phone" }],
    });
    expect((member as StatedRecord).said.map(({ kind }) => kind)).toEqual(["traits", "child", "consent"]);
    const [stock] = readFile("erp", "商家编码|仓库|可用库存|在途库存\nD1|杭州仓|120|40");
    expect(fieldsOf(stock)).toMatchObject({ onHand: 120, inTransit: 40, place: "杭州仓" });
    const [purchase] = readFile(
      "erp",
      "采购单号|供应商|商家编码|采购数量|入库数量|采购日期|预计到货日期\nPO1|甲厂|D1|600|200|2026-06-01|2026-07-01",
    );
    expect(fieldsOf(purchase)).toMatchObject({
      status: "partly-received",
      expectedAt: "2026-06-30T16:00:00.000Z",
    });
    const [ticket] = readFile(
      "service",
      "工单编号|手机号|问题分类|问题描述|工单状态|创建时间|完成时间\nT1|13912345678|物流|太慢了，电话13712345678|已解决|2026-06-01 09:00|2026-06-01 12:00",
    );
    expect(fieldsOf(ticket)).toMatchObject({ status: "closed", topic: "物流" });
    expect((ticket as StatedRecord).fields).not.toContain("13712345678");
    const [review] = readFile(
      "service",
      "订单编号|商品编码|评分|评价内容|评价时间\n1|D1|5|很软|2026-06-01 09:00",
    );
    expect(fieldsOf(review)).toMatchObject({ rating: 5, text: "很软" });
    const [survey] = readFile(
      "service",
      "答卷编号|手机号|提交时间|推荐意愿|原因\n7|13912345678|2026-06-01 09:00|0|贵",
    );
    expect(fieldsOf(survey)).toMatchObject({ nps: 0, answers: { reason: "贵" } });
  });
});
