import type { Category } from "@stork/contract/catalog.ts";
import { type Day, instantOf, shanghaiDayOf } from "../calendar.ts";
import { shelfOf } from "../catalogue.ts";
import { type Chance, exponential, pick, yes } from "../chance.ts";
import { secondOfDay } from "../checkout.ts";
import type { Household } from "../household.ts";
import { isAway } from "../household.ts";
import { needs } from "../needs.ts";
import type { Account } from "../people.ts";
import type { Product } from "../product.ts";
import { promotionOn } from "../promotions.ts";
import { goodsOf } from "./goods.ts";
import { campaignOf, wordsFor } from "./purchase.ts";
import { meetsVisitors, type Told, tell } from "./told.ts";

const meanDaysBetween = 34;

/** Something a family looks at on a day: what its children need now, or clothes and toys for them. */
function interestOf(chance: Chance, { children }: Household, day: Day): Product | null {
  const child = pick(chance, children);
  const age = day - child.bornOn;
  if (age < -250 || age > 2400) return null;
  const able = (["formula", "diapers", "food"] as const).filter(
    (category) => needs[category].perDay(child, day) > 0,
  );
  const open: Category[] =
    age < 0 ? ["maternity", "maternity", "clothing", "diapers"] : [...able, "clothing", "toys"];
  const category = pick(chance, open);
  const shelf = shelfOf(category, needs[category].variant(child, day, chance));
  return shelf.length > 0 ? pick(chance, shelf) : null;
}

function tellVisit(told: Told, account: Account, day: Day, at: number): void {
  const chance = told.browsing;
  const product = interestOf(chance, told.household, day);
  tell(
    told,
    account,
    at,
    "both",
    { type: "page", name: "首页", properties: { path: "/" } },
    campaignOf(chance, promotionOn(day)),
  );
  if (!product) return;
  if (yes(chance, 0.3)) {
    tell(told, account, at + 15_000, "both", {
      type: "track",
      event: "Products Searched",
      properties: { query: wordsFor(chance, product) },
    });
  }
  const goods = goodsOf(product, product.priceFen);
  tell(told, account, at + 40_000, "both", {
    type: "track",
    event: "Product Viewed",
    properties: { ...goods, currency: "CNY" },
  });
  if (yes(chance, 0.16)) {
    const properties = { ...goods, quantity: 1, currency: "CNY" };
    tell(told, account, at + 95_000, "both", { type: "track", event: "Product Added", properties });
  }
}

/** Visits that end without an order, in the shops that are our own. */
export function tellVisits(told: Told): void {
  const { browsing: chance, household, endAt } = told;
  for (const [account, since] of told.registeredAt) {
    if (!meetsVisitors(account)) continue;
    let day = shanghaiDayOf(since) + 1 + Math.floor(exponential(chance, meanDaysBetween));
    const last = shanghaiDayOf(endAt - 1);
    while (day <= last) {
      // Those who have left us still look in at times.
      if (!isAway(household, day) || yes(chance, 0.06))
        tellVisit(told, account, day, instantOf(day, secondOfDay(chance, account.shop)));
      day += 1 + Math.floor(exponential(chance, meanDaysBetween));
    }
  }
}
