import { type Day, instantOf } from "../calendar.ts";
import { catalogue } from "../catalogue.ts";
import { type Chance, chanceOf, digits, normal, pick, whole, yes } from "../chance.ts";
import { secondOfDay } from "../checkout.ts";
import { type Address, addressOf } from "../divisions.ts";
import { givenNameOf, surnameOf } from "../names.ts";
import { phoneOf } from "../phones.ts";
import type { Product } from "../product.ts";
import { promotionOn } from "../promotions.ts";
import type { ShopId } from "../shops.ts";
import { expectedPerDay } from "./demand.ts";

export type FeedSettings = {
  readonly seed: number;
  readonly shop: ShopId;
  /** Milliseconds since 1970, from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** The mean of an ordinary day; 200 unless told. */
  readonly ordersPerDay?: number;
  /** Views, carts and checkouts too; true unless told. */
  readonly browsing?: boolean;
};

export type Customer = {
  readonly userId: string;
  readonly phone: string;
  readonly name: string;
  readonly address: Address;
};
export type FeedLine = { readonly product: Product; readonly quantity: number; readonly priceFen: number };
export type FeedOrder = {
  readonly id: string;
  readonly at: number;
  readonly customer: Customer;
  readonly lines: readonly FeedLine[];
  readonly discountFen: number;
  readonly totalFen: number;
  /** When it was sent back, if it was. */
  readonly refundedAt: number | null;
};

const customers = 4_000;
const dayMs = 86_400_000;

function customerOf(seed: number, shop: ShopId, index: number): Customer {
  const chance = chanceOf(seed, "feed-customer", shop, index);
  return {
    userId: `u${digits(chance, 12)}`,
    phone: phoneOf(seed, index, 0),
    name: surnameOf(chance) + givenNameOf(chance, "mother"),
    address: addressOf(chance),
  };
}

/** Poisson: by multiplication (Knuth), above 60 by the normal distribution that it comes near to. */
function poisson(chance: Chance, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(normal(chance, mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = chance(); product > limit; product *= chance()) count++;
  return count;
}

/** One to three articles; what a mother-and-baby basket holds, at the day's prices. */
function linesOf(chance: Chance, pays: number): FeedLine[] {
  const count = yes(chance, 0.62) ? 1 : yes(chance, 0.7) ? 2 : 3;
  const products = new Set(Array.from({ length: count }, () => pick(chance, catalogue)));
  return [...products].map((product) => ({
    product,
    quantity: yes(chance, 0.75) ? 1 : whole(chance, 2, 4),
    priceFen: Math.max(100, Math.round((product.priceFen * pays) / 10) * 10),
  }));
}

function orderOf(chance: Chance, { seed, shop }: FeedSettings, day: Day): FeedOrder {
  const promotion = promotionOn(day);
  const lines = linesOf(chance, promotion?.pays ?? 1 - 0.1 * Math.abs(normal(chance, 0, 0.5)));
  const sumFen = lines.reduce((sum, line) => sum + line.priceFen * line.quantity, 0);
  const discountFen = sumFen >= 29_900 && yes(chance, 0.25) ? 3_000 : 0;
  const at = instantOf(day, secondOfDay(chance, shop));
  // Some customers come far more often than others.
  const customer = customerOf(seed, shop, Math.floor(customers * chance() * chance()));
  const sentBack = yes(chance, 0.03);
  const after = whole(chance, dayMs, 9 * dayMs);
  return {
    id: digits(chance, 18),
    at,
    customer,
    lines,
    discountFen,
    totalFen: sumFen - discountFen,
    refundedAt: sentBack ? at + after : null,
  };
}

/** A day's orders, in order of time: the expected number with the chance of every count, and a drift from day to day. */
export function ordersOn(settings: FeedSettings, day: Day): FeedOrder[] {
  const chance = chanceOf(settings.seed, "feed", settings.shop, day);
  const drift = Math.exp(normal(chance, 0, 0.06));
  const count = poisson(chance, expectedPerDay(day, settings.ordersPerDay ?? 200) * drift);
  return Array.from({ length: count }, () => orderOf(chance, settings, day)).sort((a, b) => a.at - b.at);
}
