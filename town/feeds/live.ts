import { type Day, isoOf, shanghaiDayOf } from "../calendar.ts";
import { catalogue } from "../catalogue.ts";
import { type Chance, chanceOf, code, pick, whole, yes } from "../chance.ts";
import type { Message } from "../message.ts";
import { goodsOf, yuan } from "../telling/goods.ts";
import { type FeedOrder, type FeedSettings, ordersOn } from "./orders.ts";

/** A message as it arrives: what the shop sends, when it happened and when it was received. */
export type FeedEvent = { readonly at: number; readonly receivedAt: number; readonly message: Message };

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
type Said = Pick<Message, "type"> & Partial<Pick<Message, "event" | "properties" | "traits" | "name">>;

/** One day's messages being made. */
type Telling = {
  readonly settings: FeedSettings;
  readonly chance: Chance;
  readonly day: Day;
  readonly events: FeedEvent[];
};

function say({ settings, chance, day, events }: Telling, userId: string, at: number, said: Said): void {
  const { seed, shop } = settings;
  // Most come within seconds; one in seventy when the phone is back on the net.
  const late = yes(chance, 0.014) ? whole(chance, 5 * minute, 20 * hour) : whole(chance, 200, 4_000);
  const message: Message = {
    timestamp: isoOf(Math.floor(at)),
    source: shop,
    messageId: `feed-${seed}-${shop}-${day}-${events.length}`,
    userId,
    ...said,
  };
  events.push({ at: Math.floor(at), receivedAt: Math.floor(at) + late, message });
}

function tellBrowsing(telling: Telling, order: FeedOrder): void {
  const { chance } = telling;
  const { userId } = order.customer;
  let at = order.at - whole(chance, 6, 40) * minute;
  say(telling, userId, at, { type: "page", name: "首页", properties: { path: "/" } });
  for (const { product, priceFen, quantity } of order.lines) {
    at += whole(chance, 20, 90) * 1000;
    const goods = { ...goodsOf(product, priceFen), currency: "CNY" };
    say(telling, userId, at, { type: "track", event: "Product Viewed", properties: goods });
    at += whole(chance, 10, 40) * 1000;
    say(telling, userId, at, { type: "track", event: "Product Added", properties: { ...goods, quantity } });
  }
  const properties = { order_id: order.id, value: yuan(order.totalFen), currency: "CNY" };
  say(telling, userId, order.at - 40_000, { type: "track", event: "Checkout Started", properties });
}

function tellOrder(telling: Telling, order: FeedOrder): void {
  const { shop } = telling.settings;
  const { userId, phone, name, address } = order.customer;
  const products = order.lines.map(({ product, priceFen, quantity }) => ({
    ...goodsOf(product, priceFen),
    quantity,
  }));
  const traits = { name, phone, address };
  say(telling, userId, order.at - 2_000, { type: "identify", traits });
  const { province, city } = address;
  const properties = {
    order_id: order.id,
    total: yuan(order.totalFen),
    revenue: yuan(order.totalFen),
    ...(order.discountFen > 0 ? { discount: yuan(order.discountFen) } : {}),
    ...{ currency: "CNY", shop, province, city, products },
  };
  say(telling, userId, order.at, { type: "track", event: "Order Completed", properties });
  if (order.refundedAt === null) return;
  const refund = { order_id: order.id, total: yuan(order.totalFen), currency: "CNY", shop, products };
  say(telling, userId, order.refundedAt, { type: "track", event: "Order Refunded", properties: refund });
}

/** Who only looks: three visits for every order. */
function tellVisits(telling: Telling, orders: readonly FeedOrder[]): void {
  const { chance } = telling;
  for (const { at, customer } of orders) {
    for (let i = 0; i < 3; i++) {
      const product = pick(chance, catalogue);
      const when = at + whole(chance, -45, 45) * minute;
      const userId = yes(chance, 0.5) ? customer.userId : `u${code(chance, 12)}`;
      say(telling, userId, when, {
        type: "track",
        event: "Product Viewed",
        properties: { ...goodsOf(product, product.priceFen), currency: "CNY" },
      });
    }
  }
}

function eventsOf(settings: FeedSettings, day: Day): FeedEvent[] {
  const chance = chanceOf(settings.seed, "feed-telling", settings.shop, day);
  const telling: Telling = { settings, chance, day, events: [] };
  const orders = ordersOn(settings, day);
  for (const order of orders) tellOrder(telling, order);
  if (settings.browsing !== false) {
    for (const order of orders) tellBrowsing(telling, order);
    tellVisits(telling, orders);
  }
  return telling.events;
}

/** What one shop sends live, in the order of arrival; a day is made anew from the seed, whatever the range. */
export function* liveEvents(settings: FeedSettings): Generator<FeedEvent, void, undefined> {
  const { from, to } = settings;
  // Refunds come up to nine days after the order, late arrivals a day after that.
  let waiting: FeedEvent[] = [];
  for (let day = shanghaiDayOf(from) - 11; day <= shanghaiDayOf(to) + 1; day++) {
    waiting.push(...eventsOf(settings, day));
    waiting.sort((a, b) => a.receivedAt - b.receivedAt);
    // Visits before an order of tomorrow's first minutes may still come to stand before these.
    const settled = (day + 1) * dayMs - 8 * hour - hour;
    let next = 0;
    for (; next < waiting.length && waiting[next]!.receivedAt < settled; next++) {
      const event = waiting[next]!;
      if (event.receivedAt >= from && event.receivedAt < to) yield event;
    }
    waiting = waiting.slice(next);
  }
}
