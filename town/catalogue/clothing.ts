import { clothingSizes } from "../growth.ts";
import { type Brand, type Product, shelfPriceFen, tierFactor } from "../product.ts";

const brands: readonly Brand[] = [
  { code: "TGY", zh: "糖果屿", en: "Candy Isle", tier: 2 },
  { code: "MMX", zh: "慢慢象", en: "Slow Elephant", tier: 3 },
  { code: "BBT", zh: "布布田", en: "Bubu Field", tier: 1 },
  { code: "HTS", zh: "禾童舍", en: "Grainkids", tier: 2 },
  { code: "XQY", zh: "小青叶", en: "Little Leaf", tier: 1 },
];

const kinds = [
  { code: "BOD", zh: "纯棉连体衣", en: "cotton bodysuit", yuan: 79, sizes: clothingSizes.slice(0, 6) },
  { code: "PYJ", zh: "家居服套装", en: "pyjama set", yuan: 99, sizes: clothingSizes.slice(2, 9) },
  { code: "JAC", zh: "外套", en: "jacket", yuan: 159, sizes: clothingSizes.slice(4, 10) },
  { code: "DWN", zh: "轻薄羽绒服", en: "light down coat", yuan: 259, sizes: clothingSizes.slice(5, 8) },
];

/** The ages at which a child of middle height wears a size. */
const ages: Record<number, readonly [number, number]> = {
  52: [-30, 30],
  59: [0, 120],
  66: [60, 220],
  73: [150, 330],
  80: [240, 540],
  90: [400, 850],
  100: [720, 1220],
  110: [1080, 1700],
  120: [1450, 2250],
  130: [1900, 2700],
};

/** 5 brands × 22 kinds and sizes = 110. */
export function clothing(): Product[] {
  return brands.flatMap((brand) =>
    kinds.flatMap((kind) =>
      kind.sizes.map((size): Product => {
        const [fromDays, toDays] = ages[size] ?? [0, 2700];
        return {
          sku: `CLO-${brand.code}-${kind.code}-${size}`,
          productId: `CLO-${brand.code}-${kind.code}`,
          category: "clothing",
          brand,
          name: `${brand.zh} ${kind.zh} ${size}cm`,
          nameEn: `${brand.en} ${kind.en} ${size} cm`,
          size: String(size),
          pack: { count: 1, unit: "item" },
          priceFen: shelfPriceFen(kind.yuan * tierFactor[brand.tier] * (0.8 + size / 350)),
          fromDays,
          toDays,
          variant: String(size),
        };
      }),
    ),
  );
}
