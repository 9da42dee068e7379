import { stageBoundaries } from "../growth.ts";
import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "MYZ", zh: "牧原珠", en: "Meadowpearl", tier: 2 },
  { code: "CXB", zh: "初熙贝", en: "Firstdawn", tier: 3 },
  { code: "QLA", zh: "晴朗安", en: "Sunnycalm", tier: 2 },
  { code: "LWM", zh: "麓湾牧", en: "Foothill Bay", tier: 1 },
  { code: "NGX", zh: "暖谷星", en: "Warmvale", tier: 3 },
  { code: "BYC", zh: "白羽川", en: "Whiteplume", tier: 2 },
  { code: "XHM", zh: "溪禾牧", en: "Brookmead", tier: 1 },
  { code: "ZYE", zh: "知月恩", en: "Moonwise", tier: 3 },
];

const lines = [
  { code: "C", zh: "婴幼儿配方奶粉", en: "formula", dearer: 1 },
  { code: "G", zh: "配方羊奶粉", en: "goat-milk formula", dearer: 1.22 },
] as const;
const stages = [1, 2, 3, 4] as const;
const yuanPerKilogram = { 1: 345, 2: 325, 3: 285, 4: 240 } as const;
const bounds = [0, ...stageBoundaries, 2192];

/** 8 brands × 2 milks × 4 stages × 2 tins = 128. */
export function formula(): Product[] {
  return brands.flatMap((brand) =>
    lines.flatMap((line) =>
      stages.flatMap((stage) =>
        [400, 800].map(
          (gram): Product => ({
            sku: `FOR-${brand.code}-${line.code}-${stage}-${gram}`,
            productId: `FOR-${brand.code}-${line.code}`,
            category: "formula",
            brand,
            name: `${brand.zh} ${line.zh} ${stage}段 ${gram}克`,
            nameEn: `${brand.en} ${line.en} stage ${stage}, ${gram} g`,
            stage,
            pack: { count: gram, unit: "gram" },
            priceFen: shelfPriceFen(
              (gram / 1000) *
                yuanPerKilogram[stage] *
                tierFactor[brand.tier] *
                line.dearer *
                (gram < 800 ? 1.12 : 1),
            ),
            fromDays: bounds[stage - 1] ?? 0,
            toDays: (bounds[stage] ?? 0) - 1,
            variant: String(stage),
          }),
        ),
      ),
    ),
  );
}
