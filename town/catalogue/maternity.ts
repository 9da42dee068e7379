import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "YHR", zh: "孕和日", en: "Gentledays", tier: 2 },
  { code: "MXS", zh: "慕夏时", en: "Summerhush", tier: 3 },
  { code: "RQM", zh: "柔青麦", en: "Soft Barley", tier: 1 },
  { code: "JLX", zh: "锦鲤溪", en: "Koibrook", tier: 2 },
  { code: "AYH", zh: "安屿禾", en: "Calm Isle", tier: 1 },
];

/** When in the pregnancy it is wanted: the first five months, the last four, or after the birth. */
export type MaternityTime = "early" | "late" | "after";
const days: Record<MaternityTime, readonly [number, number]> = {
  early: [-265, -120],
  late: [-130, 7],
  after: [0, 270],
};

const kinds: readonly [string, string, string, number, MaternityTime][] = [
  ["FOL", "叶酸片 90粒", "folic acid, 90 tablets", 89, "early"],
  ["RAD", "防辐射围裙", "maternity apron", 159, "early"],
  ["VIT", "孕妇复合维生素 60粒", "prenatal vitamins, 60 tablets", 168, "early"],
  ["DRS", "孕妇连衣裙", "maternity dress", 149, "early"],
  ["OIL", "妊娠护理油 100ml", "stretch-mark oil, 100 ml", 129, "early"],
  ["PIL", "孕妇侧睡枕", "side-sleeping pillow", 139, "late"],
  ["BAG", "待产包", "hospital bag", 299, "late"],
  ["BLT", "托腹带", "belly belt", 79, "late"],
  ["PAN", "孕妇内裤 4条", "maternity briefs, 4 pack", 59, "late"],
  ["BRA", "哺乳文胸", "nursing bra", 99, "late"],
  ["PAD", "产褥垫 20片", "maternity pads, 20 pieces", 49, "late"],
  ["PMP", "电动吸奶器", "electric breast pump", 399, "after"],
  ["BPD", "防溢乳垫 100片", "breast pads, 100 pieces", 45, "after"],
  ["STO", "储奶袋 60片", "milk storage bags, 60 pieces", 39, "after"],
];

/** 5 brands × 14 goods = 70. */
export function maternity(): Product[] {
  return brands.flatMap((brand) =>
    kinds.map(
      ([code, zh, en, yuan, time]): Product => ({
        sku: `MAT-${brand.code}-${code}`,
        productId: `MAT-${brand.code}-${code}`,
        category: "maternity",
        brand,
        name: `${brand.zh} ${zh}`,
        nameEn: `${brand.en} ${en}`,
        pack: { count: 1, unit: "item" },
        priceFen: shelfPriceFen(yuan * tierFactor[brand.tier]),
        fromDays: days[time][0],
        toDays: days[time][1],
        variant: time,
      }),
    ),
  );
}
