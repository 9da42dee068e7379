import { dateOf, instantOf, shanghaiDayOf, shopTimeOf } from "../calendar.ts";
import { chanceOf, whole, yes } from "../chance.ts";
import { shops } from "../shops.ts";
import { type FeedOrder, type FeedSettings, ordersOn } from "./orders.ts";

/** A shop's order export of one day, as it is put down the next morning. */
export type FeedFile = {
  readonly name: string;
  /** The day it tells of (YYYY-MM-DD). */
  readonly day: string;
  readonly deliveredAt: number;
  readonly columns: readonly string[];
  readonly rows: string[][];
};

const feedColumns = [
  "订单编号",
  "店铺",
  "买家会员名",
  "收货人",
  "手机号",
  "省份",
  "城市",
  "区县",
  "商家编码",
  "商品标题",
  "数量",
  "单价",
  "订单优惠金额",
  "订单实付金额",
  "付款时间",
  "订单状态",
] as const;

const money = (fen: number): string => (fen / 100).toFixed(2);

function rowsOf({ shop }: FeedSettings, order: FeedOrder, deliveredAt: number): string[][] {
  const { customer } = order;
  const { province, city, district } = customer.address;
  const refunded = order.refundedAt !== null && order.refundedAt < deliveredAt;
  return order.lines.map(({ product, quantity, priceFen }) => [
    order.id,
    shops[shop].name.zh,
    customer.userId,
    customer.name,
    customer.phone,
    province,
    city,
    district,
    product.sku,
    product.name,
    String(quantity),
    money(priceFen),
    money(order.discountFen),
    money(order.totalFen),
    shopTimeOf(order.at),
    refunded ? "已退款" : "交易成功",
  ]);
}

/** One file a day, about nine the next morning (one in fifty an hour late): the orders that liveEvents tells of. */
export function* dailyFiles(settings: FeedSettings): Generator<FeedFile, void, undefined> {
  for (let day = shanghaiDayOf(settings.from) - 1; day <= shanghaiDayOf(settings.to); day++) {
    const chance = chanceOf(settings.seed, "feed-file", settings.shop, day);
    const late = yes(chance, 0.02) ? 3600 : 0;
    const deliveredAt = instantOf(day + 1, 9 * 3600 + whole(chance, 0, 600) + late);
    if (deliveredAt < settings.from || deliveredAt >= settings.to) continue;
    const rows = ordersOn(settings, day).flatMap((order) => rowsOf(settings, order, deliveredAt));
    const date = dateOf(day);
    yield {
      name: `${settings.shop}-orders-${date}.csv`,
      day: date,
      deliveredAt,
      columns: feedColumns,
      rows,
    };
  }
}
