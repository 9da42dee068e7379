import { describe, expect, test } from "vitest";
import { context, fieldsOf, readFile } from "../../test/platform-file.ts";
import type { StatedRecord } from "../records/record.ts";
import { Besides } from "./besides.ts";
import type { Preset, RecordKind } from "./preset.ts";
import { presetOf } from "./presets.ts";

describe("rules that look further than one cell", () => {
  const header =
    "订单号|商品ID|商品名称|订购数量|下单时间|京东价|应付金额|订单状态|下单帐号|付款确认时间|货号";

  test("pieces and prices outside what is usual in the category are marked, and not left out of sums", () => {
    const [plenty, dear] = readFile(
      "jd",
      `${header}
      301|1|安啪 纸尿裤 NB84片|40|2026/6/1 9:05|99.00|3960.00|完成|jd_a|2026/6/1 9:06|D1
      302|2|安啪 纸尿裤 NB84片|1|2026/6/1 9:05|9900.00|9900.00|完成|jd_b|2026/6/1 9:06|D1`,
    );
    expect(plenty).toMatchObject({ marks: ["quantity-unusual"] });
    expect(dear).toMatchObject({ marks: ["price-unusual"] });
  });

  test("the same basket of the same buyer within ten minutes is marked, within a slice and over its end", () => {
    const read = readFile(
      "jd",
      `${header}
      301|1|溶豆|1|2026/6/1 9:05|59.00|59.00|完成|jd_a|2026/6/1 9:16|F1
      302|1|溶豆|1|2026/6/1 9:05|59.00|59.00|完成|jd_a|2026/6/1 9:11|F1
      303|1|溶豆|1|2026/6/1 9:05|59.00|59.00|完成|jd_b|2026/6/1 9:12|F1
      304|1|溶豆|1|2026/6/1 9:05|59.00|59.00|完成|jd_a|2026/6/1 9:56|F1`,
    ) as StatedRecord[];
    const own = { ...context };
    const near = (orders: StatedRecord[]) => {
      const beside = new Besides((place) => orders[place]?.key ?? "");
      for (const [place, { beside: what }] of orders.entries())
        if (what !== undefined) beside.add(place, what);
      const found = (presetOf("jd") as Preset).kinds[0]?.among?.(beside, own) ?? [];
      return [...found].map(([place, marks]) => [orders[place]?.key, marks]);
    };
    expect(near(read)).toEqual([["jd 301", ["duplicate-near"]]]);
    const next = readFile(
      "jd",
      `${header}
      305|1|溶豆|1|2026/6/1 10:00|59.00|59.00|完成|jd_a|2026/6/1 10:01|F1
      306|1|溶豆|1|2026/6/1 10:30|59.00|59.00|完成|jd_b|2026/6/1 10:31|F1`,
    ) as StatedRecord[];
    expect(near(next)).toEqual([["jd 305", ["duplicate-near"]]]);
    expect(near([])).toEqual([]);
  });

  test("an address becomes its official divisions; what is masked ends it and is no fault", () => {
    const [whole, masked] = readFile(
      "tmall",
      `订单编号|买家会员名|订单状态|收货地址 |订单创建时间|订单付款时间
      5736651960213628855|tb49|交易成功|浙江 杭州西湖区文一路 1 号|2026-05-28 17:54:08|2026-05-28 17:56:24
      5736651960213628856|tb50|交易成功|广东省 佛山市 ****|2026-05-28 17:54:08|2026-05-28 17:56:24`,
    ) as [StatedRecord, StatedRecord];
    const traits = { divisionCode: "330106", province: "浙江省", city: "杭州市", district: "西湖区" };
    expect(whole.said).toEqual([
      { kind: "traits", traits: { ...traits, address: "浙江 杭州西湖区文一路 1 号" } },
    ]);
    expect(masked.said).toEqual([
      { kind: "traits", traits: { divisionCode: "440600", province: "广东省", city: "佛山市" } },
    ]);
    expect(masked.marks).toEqual([]);
  });

  test("columns of the divisions are read together; what fits nowhere stays as it is written", () => {
    const read = readFile(
      "crm-members",
      `会员号|手机号|省份|城市|区县|地址|积分余额|身份证号
      1|13912345678|贵州省|黔西南布依族苗族自治州|册亨县|者楼街道 2 号|120,306|
      2|13912345679|某省|某市|||0|`,
    ) as StatedRecord[];
    expect(read[0]?.said).toMatchObject([
      { traits: { divisionCode: "522327", province: "贵州省", district: "册亨县" } },
    ]);
    expect(fieldsOf(read[0])).toMatchObject({ points: 120_306 });
    expect(read[0]?.marks).toEqual([]);
    expect(read[1]?.said).toMatchObject([{ traits: { province: "某省", city: "某市" } }]);
  });

  test("a household's number is a trait of each member, within the programme that gave it", () => {
    const [one, none] = readFile(
      "crm-members",
      "会员号|品牌|手机号|家庭编号\nM1|稚爱|13912345678|H-0017\nM2|稚爱|13912345679|",
    ) as StatedRecord[];
    expect(one?.said).toEqual([{ kind: "traits", traits: { household: "稚爱 H-0017" } }]);
    expect(one?.fields).not.toContain("0017");
    expect(none?.said).toEqual([]);
  });

  test("an identity card's number is kept as a keyed hash, or left out with a mark", () => {
    const kind = (presetOf("crm-members") as Preset).kinds[0] as RecordKind;
    const row = { member: "1", phone: "13912345678", idNumber: "11010519491231002X" };
    const without = kind.read([row], { ...context }) as StatedRecord;
    expect(without.marks).toContain("id-number-left-out");
    expect(JSON.stringify(without)).not.toContain("11010519491231002");
    const hash = () => "a-keyed-hash-of-it-0123456789";
    const held = kind.read([row], { ...context, hash }) as StatedRecord;
    expect(JSON.stringify(held.said)).toContain("id:");
    expect(JSON.stringify(held)).not.toContain("11010519491231002");
  });

  test("a purchase order that is to arrive is no impossible time", () => {
    const [one] = readFile(
      "erp",
      `采购单号|行号|商品编码|采购数量|到货数量|下单日期|预计到货日期|实际到货日期|单据状态
      PO1|1|FOR-1|1200|0|2026-06-01|2026-07-09|2026-07-12|已关闭`,
    );
    expect(one).toMatchObject({ marks: [] });
    expect(fieldsOf(one)).toMatchObject({ expectedAt: "2026-07-11T16:00:00.000Z", status: "cancelled" });
    expect(fieldsOf(one)["receivedAt"]).toBeUndefined();
  });
});
