import { type Category, categories } from "@stork/contract/catalog.ts";
import { refill, type Shopper, treat } from "./basket.ts";
import type { Child } from "./births.ts";
import type { Day } from "./calendar.ts";
import { between, type Chance, chanceOf, yes } from "./chance.ts";
import { checkout } from "./checkout.ts";
import { type Household, isAway } from "./household.ts";
import { needs } from "./needs.ts";
import type { Line, Order, Why } from "./order.ts";
import { type Promotion, promotionOn } from "./promotions.ts";
import type { Window } from "./settings.ts";
import { runsLow, type Stock, stockOf, stockpiles, use, usedUp } from "./stock.ts";

type Item = Omit<Line, "priceFen">;
type Wish = { readonly category: Category; readonly child: Child };

/** All that a family bought from us, and what its children used. */
export type Shopping = {
  readonly orders: Order[];
  readonly stocks: readonly Stock[];
  readonly buys: readonly Category[];
};

const wished = ["clothing", "toys", "maternity"] as const satisfies readonly Category[];

function wishes(
  chance: Chance,
  household: Household,
  buys: ReadonlySet<Category>,
  day: Day,
  promotion: Promotion | null,
) {
  const lift = promotion ? 1 + 16 * promotion.pull * household.keenness : 1;
  const found: (Wish & { why: Why })[] = [];
  for (const child of household.children) {
    for (const category of wished) {
      if (!buys.has(category)) continue;
      // Twins share one pregnancy.
      if (category === "maternity" && child.twin && child.key === "c2") continue;
      const wanted = needs[category].wanted(child, day);
      if (wanted === 0 || !yes(chance, wanted * lift)) continue;
      found.push({ category, child, why: yes(chance, 1 / lift) ? "consumption" : "promotion" });
    }
  }
  return found;
}

type Lack = { readonly stock: Stock; readonly why: Why };

function lacks(
  chance: Chance,
  stocks: readonly Stock[],
  household: Household,
  day: Day,
  promotion: Promotion | null,
): Lack[] {
  const found: Lack[] = [];
  for (const stock of stocks) {
    use(stock, day);
    if (runsLow(stock, day)) found.push({ stock, why: "consumption" });
    else if (promotion && stockpiles(chance, stock, promotion.pull, household.keenness))
      found.push({ stock, why: "stockpile" });
  }
  return found;
}

function daysFor(chance: Chance, { stock, why }: Lack, promotion: Promotion | null): number {
  const days = stock.targetDays * between(chance, 0.8, 1.2);
  return why === "stockpile"
    ? days * (1 + (promotion?.pull ?? 0))
    : stock.perDay === 0
      ? Math.min(days, 15)
      : days;
}

/** Bought from somebody else: it fills the cupboard, and nobody hears of it. */
function buyElsewhere(stock: Stock, chance: Chance): void {
  const perDay = Math.max(stock.perDay, needs[stock.category].perDay(stock.child, stock.child.bornOn));
  const amount = perDay * stock.targetDays * between(chance, 0.8, 1.2);
  stock.left += amount;
  stock.boughtElsewhere += amount;
}

export function shoppingOf(seed: number, household: Household, window: Window): Shopping {
  const chance = chanceOf(seed, household.index, "shopping");
  const shopper: Shopper = { chance, household, favourites: new Map() };
  const buys = categories.filter((category) => yes(chance, needs[category].bought));
  const bought = new Set<Category>(buys);
  const stocks = household.children.flatMap((child) =>
    usedUp
      .filter((category) => bought.has(category))
      .map((category) => stockOf(chance, category, child, household.contactOn)),
  );
  const orders: Order[] = [];
  for (let day = household.contactOn; day <= window.to; day++) {
    const promotion = promotionOn(day);
    const away = isAway(household, day);
    let lacking = lacks(chance, stocks, household, day, promotion);
    const wishing = away ? [] : wishes(chance, household, bought, day, promotion);
    if (lacking.length === 0 && wishing.length === 0) continue;
    // On the great days people look at us first.
    const leak = promotion ? household.elsewhere * (1 - 0.5 * promotion.pull) : household.elsewhere;
    if (away || yes(chance, leak)) {
      for (const { stock, why } of lacking) if (why === "consumption") buyElsewhere(stock, chance);
      continue;
    }
    // Whoever is ordering anyway adds what will soon run out.
    const low = stocks.filter(
      (stock) =>
        stock.perDay > 0 && stock.left < stock.perDay * 12 && !lacking.some((lack) => lack.stock === stock),
    );
    lacking = [...lacking, ...low.map((stock): Lack => ({ stock, why: "consumption" }))];
    const items: Item[] = lacking.map((lack) => {
      const item = refill(shopper, lack.stock, day, daysFor(chance, lack, promotion), lack.why);
      const amount = item.quantity * item.product.pack.count;
      lack.stock.left += amount;
      lack.stock.bought += amount;
      return item;
    });
    items.push(...wishing.map(({ category, child, why }) => treat(shopper, category, child, day, why)));
    orders.push(checkout(chance, household, day, items, promotion));
  }
  return { orders, stocks, buys };
}
