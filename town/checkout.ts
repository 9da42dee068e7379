import { type Day, instantOf } from "./calendar.ts";
import { between, type Chance, code, digits, normal, spin, wheelOf, yes } from "./chance.ts";
import type { Household } from "./household.ts";
import type { Coupon, Line, Order } from "./order.ts";
import type { Account, Person } from "./people.ts";
import type { Promotion } from "./promotions.ts";
import type { ShopId } from "./shops.ts";

/** Orders by hour in Shanghai: a hump before noon, a greater one once the children sleep, a few in the night. */
const hours = wheelOf(
  [
    2.2, 1.5, 1.1, 0.8, 0.8, 1, 2, 3.2, 4.4, 5.6, 6.2, 5.6, 5.4, 5.8, 5, 4.8, 4.6, 4.4, 4.6, 5.8, 7.4, 8.4,
    7.2, 4.4,
  ].map((weight, hour) => ({ weight, hour })),
  ({ weight }) => weight,
);

const openFrom = 9.5 * 3600;
const openTo = 21.5 * 3600;

export function secondOfDay(chance: Chance, shop: ShopId): number {
  const second = (spin(chance, hours).hour + chance()) * 3600;
  if (shop !== "pos" || (second >= openFrom && second <= openTo)) return second;
  return between(chance, openFrom, openTo);
}

function buyerOf(chance: Chance, { people }: Household, present: boolean): Person {
  const dice = chance();
  const father = people.find(({ role }) => role === "father");
  const grandmother = people.find(({ role }) => role === "grandmother");
  if (father && dice < 0.16) return father;
  if (grandmother && dice > (present ? 0.78 : 0.95)) return grandmother;
  return people[0]!;
}

export function accountFor(chance: Chance, person: Person): Account {
  const [favourite, ...others] = person.shops;
  const dice = chance();
  const shop =
    others.length > 0 && dice > 0.74
      ? others[Math.floor(((dice - 0.74) / 0.26) * others.length)]!
      : favourite!;
  const accounts = person.accounts.filter((account) => account.shop === shop);
  return accounts[accounts.length > 1 && yes(chance, 0.4) ? 1 : 0]!;
}

function couponFor(chance: Chance, sumFen: number, promotion: Promotion | null): Coupon | null {
  if (!yes(chance, promotion ? 0.3 + 0.4 * promotion.pull : 0.14)) return null;
  const amountFen = sumFen >= 59900 ? 8000 : sumFen >= 29900 ? 3000 : sumFen >= 9900 ? 1000 : 0;
  return amountFen === 0 ? null : { code: `${promotion?.code ?? "MEMBER"}-${amountFen / 100}`, amountFen };
}

const orderId: Record<ShopId, (chance: Chance) => string> = {
  tmall: (chance) => digits(chance, 19),
  jd: (chance) => digits(chance, 15),
  miniapp: (chance) => `M${digits(chance, 15)}`,
  app: (chance) => `A${digits(chance, 15)}`,
  pos: (chance) => `S${code(chance, 12).toUpperCase()}`,
};

/** Turns a basket into an order: who pays, where, when and how much. */
export function checkout(
  chance: Chance,
  household: Household,
  day: Day,
  items: readonly Omit<Line, "priceFen">[],
  promotion: Promotion | null,
): Order {
  const present = items.every(
    ({ product }) => product.category === "toys" || product.category === "clothing",
  );
  const buyer = buyerOf(chance, household, present);
  const account = accountFor(chance, buyer);
  const pays = promotion ? promotion.pays : 1 - 0.1 * Math.abs(normal(chance, 0, 0.5));
  const lines = items.map((item): Line => {
    const toy = item.product.category === "toys" || item.product.category === "clothing";
    const gift = buyer.role === "grandmother" && toy;
    // Whole tenths of a yuan, as shops price.
    const priceFen = Math.max(100, Math.round((item.product.priceFen * pays) / 10) * 10);
    return { ...item, why: gift ? "gift" : item.why, priceFen };
  });
  const sumFen = lines.reduce((sum, line) => sum + line.priceFen * line.quantity, 0);
  const coupon = couponFor(chance, sumFen, promotion);
  const second = secondOfDay(chance, account.shop);
  // On the great days many wait for midnight.
  const rush = promotion !== null && promotion.pull >= 0.5 && account.shop !== "pos" && yes(chance, 0.3);
  return {
    id: orderId[account.shop](chance),
    at: instantOf(day, rush ? second / 12 : second),
    account,
    lines,
    promotion,
    coupon,
    totalFen: sumFen - (coupon?.amountFen ?? 0),
  };
}
