import { openBelief, takeIn } from "@stork/models/ages/belief.ts";
import { guessFamily } from "@stork/models/ages/children.ts";
import { fitAges } from "@stork/models/ages/fit.ts";
import { guessFrom } from "@stork/models/ages/guess.ts";
import { type OpenModel, openModel } from "@stork/models/ages/model.ts";
import type { AgePurchase, ToldFamily } from "@stork/models/ages/purchase.ts";
import { statedOf } from "@stork/models/ages/stated.ts";
import { familyAt } from "@stork/town/town.ts";
import type { AccuracySet } from "./accuracy-set.ts";

const town = { seed: 5, until: "2026-11-22", behaviour: "sparse" as const };
/** Fewer leave too much to chance: of 900, sixty bought for two children within a year. */
export const townFamilies = 2500;
const known = 3;
const monthDays = 30.4375;
/** A child counts as bought for in a year when it was at least so often. */
const boughtFor = 3;

/** A family of the town: what its shops know of it, and for which birth (day) each purchase really was. */
interface Shopper extends ToldFamily {
  readonly really: readonly number[];
  /** When each of its children was or will be born. */
  readonly bornOn: readonly number[];
}

/** Ages in the town, where goods have sizes and stages: learned from half of those who told, asked of all others. */
export const townAge: AccuracySet = {
  summary: "maeMonths and coverage80 with 3 orders (lines) known, children counted after a year",
  async score({ train, test }) {
    // Nothing of the town lies in a test folder.
    if (train !== test) return null;
    return townFigures(townFamilies);
  },
};

/** The same for any number of families of that town. */
export function townFigures(families: number) {
  const all = Array.from({ length: families }, (_, i) => shopperAt(i)).filter(
    (one) => one.purchases.length > 0,
  );
  const told = all.filter((one) => one.births.length > 0);
  const taught = new Set(told.filter((_, i) => i % 2 === 0));
  const open = openModel(fitAges([...taught], { seed: 1 }));
  const asked = all.filter((one) => !taught.has(one));
  const lines = agesOf(open, asked, (purchases) => purchases.slice(0, known));
  const orders = agesOf(open, asked, firstOrders);
  return {
    ...orders,
    linesMaeMonths: lines.maeMonths,
    linesCoverage80: lines.coverage80,
    ...countsOf(open, asked),
  };
}

const dayOf = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / 86_400_000);
const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

function shopperAt(index: number): Shopper {
  const { household, shopping, messages } = familyAt(town, index);
  const lines = shopping.orders.flatMap((order) =>
    order.lines.map((line) => ({ ...line, day: dayOf(order.at) })),
  );
  const births = new Map<string, number>();
  for (const message of messages) {
    const traits = "traits" in message ? message.traits : undefined;
    for (const child of (traits as { children?: { key: string; birthday?: string; dueDate?: string }[] })
      ?.children ?? [])
      births.set(child.key, dayOfDate(child.birthday ?? child.dueDate ?? ""));
  }
  return {
    births: [...births.values()],
    purchases: lines.map(
      ({ product: { category, name, size, stage, sku, productId }, day, quantity }): AgePurchase => {
        const stated = statedOf({
          ...{ category, name },
          ...(size === undefined ? {} : { size }),
          ...(stage === undefined ? {} : { stage }),
        });
        const leaf = `${category}/${stated?.label ?? ""}`;
        return {
          day,
          path: [category, leaf, `${leaf} ${productId}`],
          item: sku,
          quantity,
          stated: stated?.ages ?? null,
        };
      },
    ),
    tenure: null,
    really: lines.map(({ child }) => child.bornOn),
    bornOn: household.children.map(({ bornOn }) => bornOn),
  };
}

/** The lines of the first three orders (there is hardly ever more than one a day); none of who ordered less often. */
function firstOrders(purchases: readonly AgePurchase[]): readonly AgePurchase[] {
  const days = [...new Set(purchases.map(({ day }) => day))].slice(0, known);
  return days.length < known ? [] : purchases.filter(({ day }) => days.includes(day));
}

/** Families with one child (with several, three purchases do not say whose age is asked for). */
function agesOf(
  open: OpenModel,
  asked: readonly Shopper[],
  seen: (purchases: readonly AgePurchase[]) => readonly AgePurchase[],
) {
  let [n, off, inside] = [0, 0, 0];
  for (const family of asked) {
    const [first] = family.purchases;
    const purchases = seen(family.purchases);
    if (family.bornOn.length !== 1 || first === undefined || purchases.length < known) continue;
    const belief = openBelief(open, first.day);
    for (const purchase of purchases) takeIn(open, belief, purchase, family);
    const { bornOn, interval80 } = guessFrom(open, belief);
    const born = family.really[0] ?? 0;
    n += 1;
    off += Math.abs(bornOn - born);
    inside += born >= Math.round(interval80[0]) && born <= Math.round(interval80[1]) ? 1 : 0;
  }
  return { asked: n, maeMonths: figure(off / n / monthDays), coverage80: figure(inside / n) };
}

/**
 * After a year: how many births the family bought for (twins are one), against how many are guessed. Families that bought
 * for two are given together, and by whether each was bought for at least three times; of those who never bought for
 * their second, about whom no purchase can tell, how many there are.
 */
function countsOf(open: OpenModel, asked: readonly Shopper[]) {
  const of = { one: 0, two: 0, rare: 0 };
  const right = { one: 0, two: 0, rare: 0 };
  let never = 0;
  for (const family of asked) {
    const first = family.purchases[0]?.day ?? 0;
    if ((family.purchases.at(-1)?.day ?? 0) - first < 330) continue;
    const year = family.purchases.filter(({ day }) => day <= first + 366);
    const times = [...Map.groupBy(family.really.slice(0, year.length), (born) => born).values()];
    if (times.length === 1 && new Set(family.bornOn).size > 1) never += 1;
    if (times.length > 2) continue;
    const kind = times.length === 1 ? "one" : times.every((one) => one.length >= boughtFor) ? "two" : "rare";
    const found = guessFamily(open, year, family)?.children.length ?? 0;
    of[kind] += 1;
    right[kind] += found === times.length ? 1 : 0;
  }
  return {
    ...{ oneChild: of.one, oneChildRight: figure(right.one / of.one) },
    ...{
      boughtForTwo: of.two + of.rare,
      boughtForTwoRight: figure((right.two + right.rare) / (of.two + of.rare)),
    },
    ...{ twoChildren: of.two, twoChildrenRight: figure(right.two / of.two) },
    ...{ secondRarelyBoughtFor: of.rare, secondRarelyBoughtForRight: figure(right.rare / of.rare) },
    secondNeverBoughtFor: never,
  };
}

const figure = (value: number): number => Math.round(value * 1000) / 1000;
