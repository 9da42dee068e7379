import type { Category } from "@stork/contract/catalog.ts";
import type { Child } from "./births.ts";
import type { Day } from "./calendar.ts";
import { between, type Chance, yes } from "./chance.ts";
import { needs } from "./needs.ts";

/** What stands in the cupboard of one child in one category, and the account of where it went and came from. */
export type Stock = {
  readonly category: Category;
  readonly child: Child;
  left: number;
  /** Today's use. */
  perDay: number;
  /** Buys again when fewer days than this are left, and then for about this many days. */
  readonly reserveDays: number;
  readonly targetDays: number;
  /** How early before the due date it buys the first pack. */
  readonly aheadDays: number | null;
  used: number;
  bought: number;
  boughtElsewhere: number;
};

export const usedUp = ["formula", "diapers", "food"] as const satisfies readonly Category[];

export function stockOf(chance: Chance, category: Category, child: Child, day: Day): Stock {
  const need = needs[category];
  const perDay = need.perDay(child, day);
  const ahead = need.ahead(child);
  // Whoever comes to us with a child in the house has been buying somewhere before.
  const left = perDay * between(chance, 0, 20);
  return {
    category,
    child,
    left,
    perDay,
    reserveDays: between(chance, 3, 9),
    targetDays: between(chance, 18, 50),
    aheadDays: ahead === null ? null : ahead * between(chance, 0.4, 1.6),
    used: 0,
    bought: 0,
    boughtElsewhere: left,
  };
}

/** A day passes. */
export function use(stock: Stock, day: Day): void {
  stock.perDay = needs[stock.category].perDay(stock.child, day);
  if (stock.perDay === 0) return;
  const taken = Math.min(stock.left, stock.perDay);
  stock.left -= taken;
  stock.used += taken;
}

/** Whether more must be bought today, before what is left runs out (or before the birth). */
export function runsLow(stock: Stock, day: Day): boolean {
  if (stock.perDay > 0) return stock.left < stock.perDay * stock.reserveDays;
  if (stock.aheadDays === null || stock.left > 0 || day >= stock.child.bornOn) return false;
  return day >= stock.child.dueOn - stock.aheadDays;
}

/** Whether a promotion makes a family buy although there is enough. */
export function stockpiles(chance: Chance, stock: Stock, pull: number, keenness: number): boolean {
  if (stock.perDay === 0 || stock.left > stock.perDay * 70) return false;
  return yes(chance, pull * keenness * 0.44);
}
