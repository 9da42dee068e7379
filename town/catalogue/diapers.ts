import { type DiaperSize, diaperSizes } from "../growth.ts";
import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "YDT", zh: "云朵兔", en: "CloudBun", tier: 2 },
  { code: "RYA", zh: "软芽", en: "Softsprout", tier: 2 },
  { code: "YLJ", zh: "月亮鲸", en: "Moonwhale", tier: 3 },
  { code: "XLP", zh: "小鹿坡", en: "Fawnhill", tier: 1 },
  { code: "MTX", zh: "棉田夕", en: "Cottondusk", tier: 2 },
  { code: "XMI", zh: "星眠里", en: "Starnap", tier: 3 },
  { code: "SHU", zh: "森呼呼", en: "Woodbreath", tier: 1 },
  { code: "APP", zh: "安啪啪", en: "Patpat Calm", tier: 1 },
];

const facts: Record<DiaperSize, { pieces: number; yuan: number; ages: readonly [number, number] }> = {
  NB: { pieces: 84, yuan: 1.05, ages: [-40, 60] },
  S: { pieces: 76, yuan: 1.15, ages: [20, 190] },
  M: { pieces: 62, yuan: 1.35, ages: [90, 400] },
  L: { pieces: 54, yuan: 1.55, ages: [180, 800] },
  XL: { pieces: 46, yuan: 1.8, ages: [365, 1200] },
  XXL: { pieces: 40, yuan: 2.05, ages: [600, 1500] },
};

const cuts = [
  { code: "T", zh: "纸尿裤", en: "diapers", sizes: diaperSizes.slice(0, 5), dearer: 1 },
  { code: "P", zh: "拉拉裤", en: "pull-up pants", sizes: diaperSizes.slice(2), dearer: 1.12 },
] as const;

/** 8 brands × (5 taped + 4 pull-up sizes) × 2 packs = 144. */
export function diapers(): Product[] {
  return brands.flatMap((brand) =>
    cuts.flatMap((cut) =>
      cut.sizes.flatMap((size) =>
        [1, 3].map((packs): Product => {
          const { pieces, yuan, ages } = facts[size];
          const count = pieces * packs;
          const price = count * yuan * tierFactor[brand.tier] * cut.dearer * (packs > 1 ? 0.9 : 1);
          return {
            sku: `DIA-${brand.code}-${cut.code}-${size}-${count}`,
            productId: `DIA-${brand.code}-${cut.code}`,
            category: "diapers",
            brand,
            name: `${brand.zh} ${cut.zh} ${size}码 ${count}片${packs > 1 ? " 箱装" : ""}`,
            nameEn: `${brand.en} ${cut.en} ${size}, ${count} pieces`,
            size,
            pack: { count, unit: "piece" },
            priceFen: shelfPriceFen(price),
            fromDays: ages[0],
            toDays: ages[1],
            variant: size,
          };
        }),
      ),
    ),
  );
}
