import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "XGT", zh: "小谷坛", en: "Tinygrain", tier: 2 },
  { code: "HTN", zh: "禾田囡", en: "Paddykin", tier: 1 },
  { code: "GGS", zh: "果咕诗", en: "Gogo Verse", tier: 3 },
  { code: "ZSB", zh: "早食贝", en: "Earlyspoon", tier: 2 },
];

export const foodBands = [6, 8, 10, 12] as const;

const kinds: readonly [string, string, string, number, number, (typeof foodBands)[number]][] = [
  ["RIC", "高铁米粉 原味", "iron rice cereal, plain", 42, 20, 6],
  ["RCV", "高铁米粉 蔬菜", "iron rice cereal, vegetable", 45, 20, 6],
  ["APP", "苹果泥 8袋", "apple purée, 8 pouches", 62, 8, 6],
  ["PUM", "南瓜泥 8袋", "pumpkin purée, 8 pouches", 62, 8, 6],
  ["PEA", "西梅泥 8袋", "prune purée, 8 pouches", 66, 8, 6],
  ["RCF", "多谷米粉", "multi-grain cereal", 49, 20, 8],
  ["PUF", "泡芙 6罐", "puffs, 6 tins", 79, 18, 8],
  ["ROL", "磨牙棒", "teething rusks", 29, 12, 8],
  ["MLT", "溶豆 4罐", "yogurt melts, 4 tins", 72, 16, 8],
  ["NOO", "颗粒面", "baby pasta grains", 32, 15, 10],
  ["MEA", "鳕鱼泥 6袋", "cod purée, 6 pouches", 88, 6, 10],
  ["POR", "鲜粥 6杯", "ready porridge, 6 cups", 59, 6, 10],
  ["LIV", "猪肝粉", "pork liver powder", 45, 20, 10],
  ["NDL", "宝宝面条 3盒", "toddler noodles, 3 boxes", 56, 24, 12],
  ["SAU", "鳕鱼肠 10支", "cod sausages, 10 pieces", 69, 10, 12],
  ["CHE", "儿童奶酪棒 20支", "cheese sticks, 20 pieces", 75, 20, 12],
  ["BIS", "手指饼干 6盒", "finger biscuits, 6 boxes", 55, 18, 12],
];

const month = 30.4375;

/** 4 brands × 17 foods = 68. */
export function food(): Product[] {
  return brands.flatMap((brand) =>
    kinds.map(
      ([code, zh, en, yuan, count, from]): Product => ({
        sku: `FOO-${brand.code}-${code}`,
        productId: `FOO-${brand.code}-${code}`,
        category: "food",
        brand,
        name: `${brand.zh} ${zh} ${from}月龄起`,
        nameEn: `${brand.en} ${en}, from ${from} months`,
        pack: { count, unit: "portion" },
        priceFen: shelfPriceFen(yuan * tierFactor[brand.tier]),
        fromDays: Math.floor(from * month),
        toDays: Math.floor(40 * month),
        variant: String(from),
      }),
    ),
  );
}
