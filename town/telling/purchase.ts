import { shelfOf } from "../catalogue.ts";
import { type Chance, pick, whole, yes } from "../chance.ts";
import type { Context } from "../message.ts";
import type { Line, Order } from "../order.ts";
import type { Product } from "../product.ts";
import type { Promotion } from "../promotions.ts";
import { shops } from "../shops.ts";
import { goodsOf, yuan } from "./goods.ts";
import { register } from "./registration.ts";
import { reviewOf } from "./reviews.ts";
import { type As, meetsVisitors, type Told, tell } from "./told.ts";

const minute = 60_000;
const dayMs = 86_400_000;

const sources = [
  ["douyin", "cpc"],
  ["xiaohongshu", "kol"],
  ["wechat", "social"],
  ["baidu", "cpc"],
  ["sms", "sms"],
] as const;

/** Where a visit came from, when a link told so. */
export function campaignOf(chance: Chance, promotion: Promotion | null): Context | undefined {
  if (!yes(chance, promotion ? 0.4 : 0.12)) return undefined;
  const [source, medium] = pick(chance, sources);
  return { campaign: { name: promotion?.code ?? "always-on", source, medium } };
}

const titles: Record<string, string> = {
  formula: "奶粉",
  diapers: "纸尿裤",
  clothing: "童装",
  toys: "玩具",
  maternity: "孕产",
  food: "辅食",
};

export function wordsFor(chance: Chance, product: Product): string {
  const title = titles[product.category]!;
  const dice = chance();
  if (dice < 0.4) return `${product.brand.zh} ${title}`;
  if (product.stage !== undefined) return `${product.stage}段${title}`;
  return product.size === undefined
    ? title
    : `${title} ${product.size}${product.category === "diapers" ? "码" : ""}`;
}

/** Looks around before the order: a page, perhaps a search, the goods and one that lost, the cart. */
function tellBrowsing(told: Told, order: Order, as: As): void {
  const chance = told.browsing;
  const { account, lines } = order;
  const campaign = campaignOf(chance, order.promotion);
  let at = order.at - whole(chance, 6, 45) * minute;
  if (meetsVisitors(account))
    tell(told, account, at, as, { type: "page", name: "首页", properties: { path: "/" } }, campaign);
  const step = (order.at - minute - at) / (2 * lines.length + 3);
  for (const [i, line] of lines.entries()) {
    at += step;
    if (i === 0 && yes(chance, 0.4)) {
      tell(told, account, at - step / 2, as, {
        type: "track",
        event: "Products Searched",
        properties: { query: wordsFor(chance, line.product) },
      });
    }
    if (i === 0 && yes(chance, 0.35)) {
      const other = pick(chance, shelfOf(line.product.category, line.product.variant));
      view(told, order, at - step / 4, as, other, other.priceFen);
    }
    view(told, order, at, as, line.product, line.priceFen);
    at += step;
    tell(told, account, at, as, {
      type: "track",
      event: "Product Added",
      properties: { ...goodsOf(line.product, line.priceFen), quantity: line.quantity, currency: "CNY" },
    });
  }
}

function view(told: Told, { account }: Order, at: number, as: As, product: Product, priceFen: number): void {
  tell(told, account, at, as, {
    type: "track",
    event: "Product Viewed",
    properties: { ...goodsOf(product, priceFen), currency: "CNY" },
  });
}

function propertiesOf(order: Order, province: string, city: string): Record<string, unknown> {
  return {
    order_id: order.id,
    total: yuan(order.totalFen),
    revenue: yuan(order.totalFen),
    ...(order.coupon ? { discount: yuan(order.coupon.amountFen), coupon: order.coupon.code } : {}),
    currency: "CNY",
    shop: order.account.shop,
    province,
    city,
    products: order.lines.map((line) => ({
      ...goodsOf(line.product, line.priceFen),
      quantity: line.quantity,
    })),
  };
}

/** Refunds of clothes are the commonest: the size was wrong. */
function tellAfterwards(told: Told, order: Order): void {
  const { chance } = told;
  const clothes = order.lines.some((line) => line.product.category === "clothing");
  if (yes(chance, clothes ? 0.07 : 0.022)) {
    const line = pick<Line>(chance, order.lines);
    const amount = Math.min(order.totalFen, line.priceFen * line.quantity);
    tell(told, order.account, order.at + whole(chance, 1 * 1440, 9 * 1440) * minute, "member", {
      type: "track",
      event: "Order Refunded",
      properties: {
        order_id: order.id,
        total: yuan(amount),
        currency: "CNY",
        shop: order.account.shop,
        products: [{ ...goodsOf(line.product, line.priceFen), quantity: line.quantity }],
      },
    });
  } else if (order.account.shop !== "pos" && yes(chance, 0.11)) {
    const line = pick<Line>(chance, order.lines);
    const review = reviewOf(chance, line.product.category);
    tell(told, order.account, order.at + Math.floor((5 + 12 * chance()) * dayMs), "member", {
      type: "track",
      event: "Product Reviewed",
      properties: {
        order_id: order.id,
        product_id: line.product.productId,
        sku: line.product.sku,
        rating: review.rating,
        review_body: review.text,
      },
    });
  }
}

/** One order as its shop reports it, with what led to it and what followed. */
export function tellPurchase(told: Told, order: Order): void {
  const { browsing, household, behaviour } = told;
  const { account, at } = order;
  const shop = shops[account.shop];
  const known = told.registeredAt.has(account);
  const seen = behaviour === "full" && yes(browsing, shop.reported) && (known || shop.hears === "browsing");
  const as: As = meetsVisitors(account) ? (known ? "both" : "visitor") : "member";
  if (seen) tellBrowsing(told, order, as);
  register(told, account, at - minute);
  const signedIn: As = meetsVisitors(account) ? "both" : "member";
  if (seen) {
    const about = { order_id: order.id, value: yuan(order.totalFen), currency: "CNY" };
    tell(told, account, at - 40_000, signedIn, {
      type: "track",
      event: "Checkout Started",
      properties: about,
    });
    if (order.coupon) {
      const properties = {
        order_id: order.id,
        coupon_id: order.coupon.code,
        discount: yuan(order.coupon.amountFen),
      };
      tell(told, account, at - 20_000, signedIn, { type: "track", event: "Coupon Applied", properties });
    }
  }
  const { province, city } = household.address;
  tell(told, account, at, signedIn, {
    type: "track",
    event: "Order Completed",
    properties: propertiesOf(order, province, city),
  });
  tellAfterwards(told, order);
}
