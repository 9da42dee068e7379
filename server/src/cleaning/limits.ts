import type { Category } from "@stork/contract/catalog.ts";

/** What quantities and prices are usual in a category. Outside is odd, not wrong: it is marked. */
export interface Limits {
  /** Pieces of one article in one order, by a household. */
  readonly quantity: readonly [least: number, most: number];
  /** For one piece (a tin, a pack, a garment), in fen. */
  readonly unitPriceFen: readonly [least: number, most: number];
}

/** Bounds that the workspace's own orders taught, by category; they take the place of the table's. */
export type LearnedBounds = Readonly<Record<string, Partial<Limits>>>;

/**
 * Quantities: the 99.5th percentile of Tianchi's mother-and-baby trades (Taobao and Tmall 2012–2015) under the roots 38
 * (formula and food, 1 203 trades), 50014815 (diapers and care, 4 834), 50008168 (clothing, 12 494), 28 (toys, 6 963)
 * and 50022520 (maternity, 2 367).
 * Prices: set by hand, from a sample or travel size up to about twice the dearest article of a common shop, so that an
 * amount wrong by a hundred falls outside. They are meant to be replaced by learned ones.
 */
const limits: Readonly<Record<Category, Limits>> = {
  formula: { quantity: [1, 36], unitPriceFen: [500, 150_000] },
  diapers: { quantity: [1, 30], unitPriceFen: [300, 60_000] },
  clothing: { quantity: [1, 10], unitPriceFen: [300, 200_000] },
  toys: { quantity: [1, 100], unitPriceFen: [100, 300_000] },
  maternity: { quantity: [1, 10], unitPriceFen: [200, 800_000] },
  food: { quantity: [1, 36], unitPriceFen: [100, 60_000] },
};

/** Where nothing is known of the goods. */
const anyGoods: Limits = { quantity: [1, 100], unitPriceFen: [100, 800_000] };

/** Learned bounds first, then the category's, then those of any goods. */
export function limitsOf(category: string, learned: LearnedBounds | undefined): Limits {
  const known = Object.hasOwn(limits, category) ? limits[category as Category] : anyGoods;
  const taught = learned !== undefined && Object.hasOwn(learned, category) ? learned[category] : undefined;
  return taught === undefined ? known : { ...known, ...taught };
}
