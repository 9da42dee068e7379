import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { address } from "./address.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = address.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return address.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["浙江省杭州市西湖区文新街道文一西路1号", "浙江省杭州市西湖区文新街道"],
  ["浙江省 杭州市 西湖区 文一西路1号", "浙江省杭州市西湖区"],
  ["浙江 杭州 西湖 文一西路1号", "浙江省杭州市西湖区"],
  ["浙江杭州西湖区", "浙江省杭州市西湖区"],
  ["杭州市西湖区", "浙江省杭州市西湖区"],
  ["中国浙江省杭州市", "浙江省杭州市 [address-incomplete]"],
  ["上海市浦东新区世纪大道1号", "上海市浦东新区"],
  ["上海 上海市 浦东新区 陆家嘴街道", "上海市浦东新区陆家嘴街道"],
  ["上海市市辖区黄浦区", "上海市黄浦区"],
  ["沪浦东新区", "上海市浦东新区"],
  ["粤 深圳市 南山区 粤海街道", "广东省深圳市南山区粤海街道"],
  ["北京朝阳区建国路1号", "北京市朝阳区"],
  ["重庆市城口县", "重庆市城口县"],
  ["内蒙 呼和浩特 赛罕区", "内蒙古自治区呼和浩特市赛罕区"],
  ["新疆乌鲁木齐市天山区", "新疆维吾尔自治区乌鲁木齐市天山区"],
  ["广西南宁青秀区", "广西壮族自治区南宁市青秀区"],
  ["湖北省恩施州", "湖北省恩施土家族苗族自治州 [address-incomplete]"],
  ["湖北省仙桃市沙嘴街道", "湖北省仙桃市沙嘴街道"],
  ["广东省东莞市石龙镇", "广东省东莞市石龙镇"],
  ["广东省 中山市 中山市 某某路 1 号", "广东省中山市"],
  ["海南省儋州市那大镇", "海南省儋州市那大镇"],
  ["吉林市船营区", "吉林省吉林市船营区"],
  ["吉林省吉林市船营区", "吉林省吉林市船营区"],
  ["义乌市稠城街道", "浙江省金华市义乌市稠城街道"],
  ["江苏昆山市玉山镇", "江苏省苏州市昆山市玉山镇"],
  ["杭州市富阳市", "浙江省杭州市富阳区"],
  ["上海市闸北区", "上海市静安区"],
  ["台湾台北市大安区", "台湾省台北市大安区"],
  ["香港特别行政区 油尖旺区", "香港特别行政区九龙油尖旺区"],
  ["江苏省杭州市西湖区", "江苏省 [address-contradicts address-incomplete]"],
  ["朝阳区建国路1号", "unreadable several-places"],
  ["北京路12号", "unreadable no-division"],
  ["文一西路1号", "unreadable no-division"],
  ["1 Main Street, Springfield", "unreadable not-chinese"],
  ["", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("codes are those of GB/T 2260, and no house is in the value", () => {
  expect(address.clean("浙江杭州西湖区文新街道文一西路98号2栋301室", context)).toMatchObject({
    value: { code: "330106", streetCode: "330106013" },
  });
  expect(address.clean("浙江", context)).toMatchObject({ value: { code: "330000" } });
  expect(JSON.stringify(address.clean("浙江杭州西湖区文一西路98号2栋301室", context))).not.toMatch(
    /98号|文一/,
  );
});

const folder = join(import.meta.dirname, "../../../../../shared/data/china/divisions");
const readCsv = (name: string): string[][] =>
  readFileSync(join(folder, name), "utf8")
    .replaceAll('"', "")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

test.skipIf(!existsSync(folder))(
  "every town of ../shared/data/china is found by its full address, with its code",
  () => {
    const names = (file: string) => new Map(readCsv(file).map(([code, name]) => [code, name ?? ""]));
    const [provinces, cities, areas] = [names("provinces.csv"), names("cities.csv"), names("areas.csv")];
    const wrong: string[] = [];
    const streets = readCsv("streets.csv");
    for (const [code = "", name, area, province, city] of streets) {
      const written = [
        provinces.get(province ?? ""),
        cities.get(city ?? ""),
        areas.get(area ?? ""),
        name,
      ].join(" ");
      const cleaned = address.clean(`${written} 人民路 1 号`, context);
      const found = "value" in cleaned ? cleaned.value : null;
      if (found?.streetCode !== code || found.code !== area)
        wrong.push(`${written} ${JSON.stringify(found)}`);
    }
    expect(streets.length).toBeGreaterThan(40_000);
    // The list names two places like the county they are in, and writes 办事处街道 where the package writes 街道.
    expect(wrong.length, wrong.slice(0, 20).join("\n")).toBeLessThanOrEqual(10);
  },
);

test.skipIf(!existsSync(folder))(
  "every county is found without the province's name, unless several have its name",
  () => {
    const cities = new Map(readCsv("cities.csv").map(([code, name]) => [code, name ?? ""]));
    const wrong: string[] = [];
    for (const [code = "", name = "", city] of readCsv("areas.csv")) {
      const written = `${cities.get(city)?.replace(/市辖区|^县$|.*直辖.*/, "") ?? ""}${name}`;
      const cleaned = address.clean(written, context);
      // 嘉峪关市 has no counties; the list repeats its name.
      if ("value" in cleaned && cities.get(city) !== name && cleaned.value.code !== code)
        wrong.push(`${written} ${cleaned.value.code}`);
    }
    expect(wrong).toEqual([]);
  },
);
