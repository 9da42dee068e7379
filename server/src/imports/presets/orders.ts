import type { Preset, Row, Target } from "../preset.ts";
import { orderReport } from "./order-report.ts";
import {
  account,
  address,
  choice,
  code,
  count,
  division,
  money,
  personName,
  phone,
  required,
  time,
  words,
} from "./target.ts";

/** Shops of one platform share its member names. */
const platforms: readonly (readonly [RegExp, string])[] = [
  [/天猫|淘宝|tmall|taobao/i, "tmall"],
  [/京东|jd/i, "jd"],
  [/拼多多|pdd|pinduoduo/i, "pdd"],
  [/抖音|douyin/i, "douyin"],
  [/有赞|youzan/i, "youzan"],
  [/小程序|微信|wechat|mini/i, "miniapp"],
  [/门店|线下|store|pos\b/i, "store"],
];
const platformOf = (row: Row): string => {
  const shop = row["shop"] ?? "";
  return (
    platforms.find(([form]) => form.test(shop))?.[1] ??
    (shop.replace(/[^\p{L}\p{N}_-]/gu, "").slice(0, 40) || "shop")
  );
};

const order = required(
  code("order", "订单编号", "Order number", "订单号", "主订单编号", "order_id", "order number"),
);
const paidAt = required(
  time(
    ...["paidAt", "付款时间", "Paid at", "支付时间", "订单付款时间", "成交时间", "paid_at"],
    ...["order_date", "at"],
  ),
);
const buyer = [
  words("shop", "店铺", "Shop", "店铺名称", "store"),
  account("member", "买家会员名", "Member", "会员名", "买家昵称", "member_id"),
  phone("phone", "手机号", "Phone", "收货手机", "联系手机", "手机", "mobile"),
  personName("name", "收货人", "Receiver", "收货人姓名", "name"),
  division("province", "省份", "Province", "省"),
  division("city", "城市", "City", "市"),
  division("district", "区县", "District", "区"),
  address("address", "收货地址", "Address", "详细地址"),
];
const quantity = count("quantity", "数量", "Quantity", "宝贝数量", "购买数量", "qty");
const discount = money("discount", "订单优惠金额", "Discount", "优惠金额");
const [amount, amountFen] = money(
  ...["amount", "订单实付金额", "Amount", "实付金额", "买家实付金额", "总金额", "amount", "total"],
) as [Target, Target];
const rest = [
  ...money("freight", "运费", "Freight", "邮费"),
  ...money("refund", "退款金额", "Refunded", "refund"),
  choice("order-status", "status", "订单状态", "Status", "状态"),
  words("note", "备注", "Note", "订单备注", "卖家备注"),
];
const alike = {
  platform: (row: Row) => row["shop"] ?? "",
  member: (row: Row) => `member:${platformOf(row)}`,
  amounts: "order",
  needsPayment: true,
} as const;

const lines = orderReport({
  ...alike,
  id: "orders",
  label: { zh: "订单", en: "Orders" },
  targets: [
    order,
    paidAt,
    ...buyer,
    { ...required(code("sku", "商家编码", "SKU", "商品编码", "product_id")), unless: "title" },
    words("variant", "规格", "Variant", "商品规格", "颜色/规格"),
    words("title", "商品标题", "Product", "商品名称", "宝贝标题", "title"),
    code("category", "类目", "Category", "品类"),
    required(quantity),
    ...money("price", "单价", "Price", "价格"),
    ...discount,
    amount,
    amountFen,
    ...rest,
  ],
});

/** Who paid how much and when, and not what for: what a till or a mini-program's list of payments says. */
const whole = orderReport({
  ...alike,
  id: "order-totals",
  label: { zh: "订单（不含商品）", en: "Orders without articles" },
  targets: [
    order,
    paidAt,
    ...buyer,
    quantity,
    ...discount,
    { ...required(amount), unless: amountFen.id },
    amountFen,
    ...rest,
  ],
});

/** A shop back office's export: one row per article. */
export const orders: Preset = {
  id: "orders",
  name: { zh: "店铺订单导出", en: "Shop order export" },
  description: {
    zh: "店铺后台导出的订单（订单编号、付款时间、商家编码、数量、手机号或买家会员名……），一行一件商品，同一订单的行合为一单；没有商品列的，只记订单和金额。",
    en: "Orders as a shop's back office exports them (order number, time of payment, SKU, quantity, phone or member name …): one row per article; the rows of an order become one order. Without columns of articles it is the orders and their amounts.",
  },
  platform: "any",
  kinds: [lines, whole],
};
