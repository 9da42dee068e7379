import type { Category } from "@stork/contract/catalog.ts";
import type { Day } from "./calendar.ts";

export type Words = { readonly zh: string; readonly en: string };
/** `tier` 1 is the cheapest of its category, 3 the dearest. Brands are invented. */
export type Brand = Words & { readonly code: string; readonly tier: 1 | 2 | 3 };

export type Product = {
  readonly sku: string;
  /** One product comes in several sizes and packs, each with its own SKU. */
  readonly productId: string;
  readonly category: Category;
  readonly brand: Brand;
  readonly name: string;
  readonly nameEn: string;
  /** A diaper size (NB … XXL) or a clothing size in centimetres. */
  readonly size?: string;
  /** The formula stage, 1 to 4. */
  readonly stage?: 1 | 2 | 3 | 4;
  /** What one pack holds: pieces of diapers, grams of formula, portions of food, or one item. */
  readonly pack: { readonly count: number; readonly unit: "piece" | "gram" | "portion" | "item" };
  readonly priceFen: number;
  /** Days of age it is stated for; negative before birth. */
  readonly fromDays: Day;
  readonly toDays: Day;
  /** What the shelf is sorted by: the size, the stage, the age band or the time of pregnancy. */
  readonly variant: string;
};

/** Prices as shops write them: whole yuan ending in 9, or in .9 below ten yuan. */
export function shelfPriceFen(yuan: number): number {
  return yuan < 10 ? Math.max(1, Math.round(yuan)) * 100 - 10 : Math.round(yuan / 10) * 1000 - 100;
}

export const tierFactor = { 1: 0.78, 2: 1, 3: 1.38 } as const;
