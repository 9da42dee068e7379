import type { Category } from "@stork/contract/catalog.ts";
import type { Child } from "./births.ts";
import { chooseBrand, type Favourites } from "./brands.ts";
import type { Day } from "./calendar.ts";
import { shelfOf } from "./catalogue.ts";
import { type Chance, pick, yes } from "./chance.ts";
import type { Household } from "./household.ts";
import { needs } from "./needs.ts";
import type { Line, Why } from "./order.ts";
import type { Product } from "./product.ts";
import type { Stock } from "./stock.ts";

/** What choosing needs to know of the family on a day. */
export type Shopper = {
  readonly chance: Chance;
  readonly household: Household;
  readonly favourites: Favourites;
};

type Item = Omit<Line, "priceFen">;

function onShelf(
  { chance, household, favourites }: Shopper,
  category: Category,
  variant: string,
): readonly Product[] {
  return shelfOf(category, variant, chooseBrand(chance, favourites, category, household.taste));
}

/** Crawlers wear pull-ups. */
function suits(chance: Chance, product: Product, ageDays: number): boolean {
  if (product.category !== "diapers") return true;
  return product.productId.endsWith("-P") === yes(chance, ageDays > 270 ? 0.75 : 0.1);
}

/** The largest pack that is not more than what is wanted, else the smallest. */
function packFor(products: readonly Product[], amount: number): Product {
  let best = products[0]!;
  for (const product of products) {
    const fits = product.pack.count <= amount * 1.15;
    const bestFits = best.pack.count <= amount * 1.15;
    if (
      fits
        ? !bestFits || product.pack.count > best.pack.count
        : !bestFits && product.pack.count < best.pack.count
    )
      best = product;
  }
  return best;
}

/** Packs for about `days` days from when the present stock is gone, of the size that will then fit. */
export function refill(shopper: Shopper, stock: Stock, day: Day, days: number, why: Why): Item {
  const { chance } = shopper;
  const need = needs[stock.category];
  const { child } = stock;
  const opens = stock.perDay > 0 ? day + stock.left / stock.perDay : Math.max(day, child.bornOn);
  const perDay = Math.max(stock.perDay, need.perDay(child, Math.floor(opens)));
  const variant = need.variant(child, opens, chance);
  // Nobody fills the cupboard with a size or stage that is about to be outgrown.
  const outgrown = stock.category !== "food" && need.variant(child, opens + days, chance) !== variant;
  const amount = perDay * (outgrown ? days * 0.5 : days);
  const shelf = onShelf(shopper, stock.category, variant);
  const suited = shelf.filter((product) => suits(chance, product, opens - child.bornOn));
  const candidates = suited.length > 0 ? suited : shelf;
  const product = stock.category === "food" ? pick(chance, candidates) : packFor(candidates, amount);
  const quantity = Math.min(12, Math.max(1, Math.round(amount / product.pack.count)));
  return { product, quantity, why, child };
}

/** One piece of what is wanted, or two of small things. */
export function treat(shopper: Shopper, category: Category, child: Child, day: Day, why: Why): Item {
  const { chance } = shopper;
  const shelf = onShelf(shopper, category, needs[category].variant(child, day, chance));
  const product = pick(chance, shelf);
  return { product, quantity: category === "clothing" && yes(chance, 0.3) ? 2 : 1, why, child };
}
