import { catalogue } from "../catalogue.ts";
import { type Chance, chanceOf, pick, whole, yes } from "../chance.ts";
import { type Household, householdOf } from "../household.ts";
import type { Order } from "../order.ts";
import type { Account } from "../people.ts";
import { windowOf } from "../settings.ts";
import { shoppingOf } from "../shopping.ts";
import { type Article, goodsFenOf, itemsOf, merged, orderIds, stepsFrom } from "./baskets.ts";
import { type Buying, brusherOf, buyerOf, testerOf } from "./buyers.ts";
import { abandoned, dirtRates } from "./dirt.ts";
import { platforms } from "./platforms.ts";
import type { Buyer, OrderMark, PlatformId, ShopOrder } from "./shop-order.ts";

const minute = 60_000;
const dayMs = 86_400_000;

/** The town's five shops become seven: half of the mini-program's families buy at each of its two platforms, and so on. */
function platformOf(seed: number, family: number, { shop, person, number }: Account): PlatformId {
  if (shop === "pos") return "pos";
  if (shop === "app") return "douyin";
  const first = chanceOf(seed, family, "platform", person.key, shop, number)() < 0.65;
  if (shop === "miniapp") return first ? "wechat" : "youzan";
  return first ? shop : "pinduoduo";
}

type Draft = {
  readonly articles: readonly Article[];
  readonly discountFen: number;
  readonly paidAt: number;
  readonly buyer: Buyer;
  readonly marks?: readonly OrderMark[];
  readonly note?: string;
};

/** An order that was paid and sent; what comes after it (refund, correction) is drawn by its caller. */
function orderOf(chance: Chance, platform: PlatformId, draft: Draft): ShopOrder {
  const { articles, discountFen, paidAt, buyer, marks = [], note = "" } = draft;
  const id = orderIds[platform](chance, paidAt);
  const goodsFen = goodsFenOf(articles);
  const freightFen = platform !== "pos" && goodsFen < 9_900 ? 800 : 0;
  return {
    platform,
    id,
    placedAt: platform === "pos" ? paidAt : paidAt - whole(chance, 5, 600) * 1000,
    ...{
      depositAt: null,
      paidAt,
      ...stepsFrom(chance, paidAt, platform),
      cancelledAt: null,
      refundedAt: null,
    },
    items: itemsOf(chance, id, articles, discountFen),
    ...{
      freightFen,
      discountFen,
      depositFen: 0,
      amountFen: goodsFen - discountFen + freightFen,
      refundFen: 0,
    },
    ...{ correction: null, buyer, marks, note },
  };
}

function afterwards(chance: Chance, order: ShopOrder, dirt: boolean): ShopOrder {
  const { items, platform, paidAt, amountFen } = order;
  const sentBack = yes(chance, items.some(({ category }) => category === "clothing") ? 0.07 : 0.022);
  const all = items.length === 1 || yes(chance, 0.5);
  const item = pick(chance, items);
  const after = paidAt! + whole(chance, dayMs, 9 * dayMs);
  const corrected = yes(chance, dirtRates.correction);
  if (sentBack)
    return { ...order, refundedAt: after, refundFen: all ? amountFen : Math.min(amountFen, item.paidFen) };
  // Douyin and the tills keep amounts by line only.
  if (!corrected || !dirt || platform === "douyin" || platform === "pos") return order;
  return { ...order, correction: { at: after, fen: Math.round(amountFen * 0.05) } };
}

/** On the great days a fifth of Tmall's orders were begun a week before with a deposit. */
function presold(chance: Chance, order: ShopOrder, town: Order): ShopOrder {
  const great = order.platform === "tmall" && (town.promotion?.pull ?? 0) >= 0.5;
  if (!yes(chance, 0.2) || !great) return order;
  const depositAt = order.paidAt! - whole(chance, 4 * dayMs, 8 * dayMs);
  const depositFen = Math.round(order.amountFen / 1000) * 100;
  return {
    ...order,
    placedAt: depositAt - 2 * minute,
    depositAt,
    depositFen,
    marks: [...order.marks, "presale"],
  };
}

/** Ordered and never paid, an hour before it was ordered again. */
function cancelled(chance: Chance, platform: PlatformId, draft: Draft): ShopOrder {
  const order = orderOf(chance, platform, {
    ...draft,
    paidAt: draft.paidAt - whole(chance, 60, 300) * minute,
  });
  const { placedAt } = order;
  return { ...order, paidAt: null, shippedAt: null, completedAt: null, cancelledAt: placedAt + dayMs };
}

const notes = ["测试单，勿发货", "测试", "test 测试下单"] as const;
const brushNotes = ["刷单", "补单 空包", "SD", "V单 不发货", "刷"] as const;

function falseOrders(chance: Chance, platform: PlatformId, buying: Buying, paidAt: number): ShopOrder[] {
  const found: ShopOrder[] = [];
  const product = pick(chance, catalogue);
  const make = (mark: OrderMark, buyer: Buyer, note: string, priceFen: number, quantity = 1): void => {
    const articles = [{ product, quantity, priceFen }];
    found.push(orderOf(chance, platform, { articles, discountFen: 0, paidAt, buyer, marks: [mark], note }));
  };
  if (yes(chance, dirtRates.test)) make("test", testerOf(chance, buying), pick(chance, notes), 1);
  if (yes(chance, dirtRates.brush))
    make("brush", brusherOf(chance, buying), pick(chance, brushNotes), product.priceFen);
  return found;
}

function draftsOf(order: Order, platform: PlatformId, buyer: Buyer): Draft[] {
  const articles = merged(order.lines);
  const discountFen = order.coupon?.amountFen ?? 0;
  const paidAt = Math.floor(order.at / 1000) * 1000;
  if (!platforms[platform].singleArticle) return [{ articles, discountFen, paidAt, buyer }];
  return articles.map((article, i) => ({
    articles: [article],
    discountFen: i === 0 ? Math.min(discountFen, goodsFenOf([article]) - 1) : 0,
    paidAt: paidAt + i * 1000,
    buyer,
  }));
}

export type FamilySettings = { readonly seed: number; readonly until: string; readonly dirt: boolean };

function shopOrdersOf({ seed, dirt }: FamilySettings, household: Household, order: Order): ShopOrder[] {
  // Each order has its own stream, and dirt draws from another, so that clean orders are the same with dirt and without.
  const chance = chanceOf(seed, household.index, "export", order.id);
  const dirty = chanceOf(seed, household.index, "dirt", order.id);
  const platform = platformOf(seed, household.index, order.account);
  const buying: Buying = { seed, household, platform, at: order.at, dirt };
  const buyer = buyerOf(dirty, order.account, buying);
  const found = draftsOf(order, platform, buyer).flatMap((draft) => {
    const bulk = yes(dirty, dirtRates.wholesale) && dirt;
    const articles = bulk
      ? draft.articles.map((one) => ({ ...one, quantity: one.quantity * 400 }))
      : draft.articles;
    const marks: OrderMark[] = bulk ? ["wholesale"] : [];
    const paid = presold(chance, orderOf(chance, platform, { ...draft, articles, marks }), order);
    const settled = afterwards(chance, paid, dirt);
    const before = yes(chance, abandoned) && platform !== "pos";
    return before ? [cancelled(chance, platform, draft), settled] : [settled];
  });
  return dirt
    ? [...found, ...falseOrders(dirty, platform, buying, Math.floor(order.at / 1000) * 1000 + minute)]
    : found;
}

export type FamilyOrders = { readonly household: Household; readonly orders: readonly ShopOrder[] };

/** All that a family ordered at the seven shops in the town's three years; the same at every size of the town. */
export function familyOrders(settings: FamilySettings, index: number): FamilyOrders {
  const window = windowOf(settings.until);
  const household = householdOf(settings.seed, index, window);
  const { orders } = shoppingOf(settings.seed, household, window);
  return { household, orders: orders.flatMap((order) => shopOrdersOf(settings, household, order)) };
}
