import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "QQM", zh: "奇奇木", en: "Kiki Wood", tier: 2 },
  { code: "PPQ", zh: "泡泡丘", en: "Bubble Hill", tier: 1 },
  { code: "YZX", zh: "萤之星", en: "Fireflystar", tier: 3 },
  { code: "DDW", zh: "叮咚湾", en: "Dingdong Bay", tier: 2 },
];

/** The bands a shelf of toys is sorted into; a toy stands in the first band it suits. */
export const toyBands = [0, 6, 12, 24, 36, 72] as const;

const kinds: readonly [string, string, string, number, number, number][] = [
  ["RAT", "安抚摇铃", "rattle", 39, 0, 12],
  ["MOB", "床铃", "cot mobile", 169, 0, 10],
  ["MAT", "健身架", "play gym", 199, 0, 12],
  ["BWB", "黑白卡布书", "black-and-white cloth book", 49, 0, 12],
  ["TEE", "牙胶", "teether", 45, 6, 18],
  ["STK", "叠叠乐", "stacking rings", 59, 6, 24],
  ["BTH", "洗澡玩具", "bath toys", 69, 6, 36],
  ["TUM", "不倒翁", "tumbler", 49, 6, 18],
  ["PUS", "学步推车", "push walker", 229, 12, 24],
  ["BLK", "木质积木", "wooden blocks", 119, 12, 48],
  ["SHP", "形状配对盒", "shape sorter", 79, 12, 36],
  ["DRM", "拍拍鼓", "hand drum", 109, 12, 30],
  ["BOK", "点读绘本", "talking picture book", 139, 24, 60],
  ["PUZ", "木质拼图", "wooden puzzle", 59, 24, 60],
  ["KIT", "过家家厨房", "play kitchen", 189, 24, 72],
  ["TRI", "平衡车", "balance bike", 329, 24, 60],
  ["MAG", "磁力片", "magnetic tiles", 179, 36, 96],
  ["DOC", "医生玩具箱", "doctor's kit", 99, 36, 84],
  ["SCO", "滑板车", "scooter", 269, 36, 96],
  ["RCC", "遥控小车", "remote-control car", 129, 36, 96],
];

const month = 30.4375;

/** 4 brands × 20 toys = 80. */
export function toys(): Product[] {
  return brands.flatMap((brand) =>
    kinds.map(
      ([code, zh, en, yuan, from, to]): Product => ({
        sku: `TOY-${brand.code}-${code}`,
        productId: `TOY-${brand.code}-${code}`,
        category: "toys",
        brand,
        name: `${brand.zh} ${zh} ${from}月龄以上`,
        nameEn: `${brand.en} ${en}, from ${from} months`,
        pack: { count: 1, unit: "item" },
        priceFen: shelfPriceFen(yuan * tierFactor[brand.tier]),
        fromDays: Math.round(from * month),
        toDays: Math.round(to * month),
        variant: String(from),
      }),
    ),
  );
}
