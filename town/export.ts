import { shopTimeOf } from "./calendar.ts";
import { csvLine } from "./csv.ts";
import type { Order } from "./order.ts";
import { maskedPhone } from "./phones.ts";
import { shops } from "./shops.ts";
import type { Family } from "./town.ts";

/** The orders as a shop's back office would export them: one row per article, money in yuan, times in Shanghai. */
export const exportHeader = csvLine([
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
]);

const money = (fen: number): string => (fen / 100).toFixed(2);

export function exportedLines(order: Order, { address }: Family["household"], refunded: boolean): string {
  const { account } = order;
  const phone =
    account.shows === "whole" ? account.phone : account.shows === "masked" ? maskedPhone(account.phone) : "";
  const name = account.shows === "whole" ? account.person.name : `${account.person.name[0]}**`;
  return order.lines
    .map((line) =>
      csvLine([
        order.id,
        shops[account.shop].name.zh,
        account.userId,
        name,
        phone,
        address.province,
        address.city,
        address.district,
        line.product.sku,
        line.product.name,
        line.quantity,
        money(line.priceFen),
        money(order.coupon?.amountFen ?? 0),
        money(order.totalFen),
        shopTimeOf(order.at),
        refunded ? "已退款" : "交易成功",
      ]),
    )
    .join("");
}
