import type { Preset, Row } from "../preset.ts";
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

const lines = orderReport({
  id: "orders",
  label: { zh: "订单", en: "Orders" },
  platform: (row) => row["shop"] ?? "",
  member: (row) => `member:${platformOf(row)}`,
  amounts: "order",
  needsPayment: true,
  targets: [
    required(code("order", "订单编号", "Order number", "订单号", "主订单编号", "order_id", "order number")),
    required(
      time(
        "paidAt",
        "付款时间",
        "Paid at",
        "支付时间",
        "订单付款时间",
        "成交时间",
        "paid_at",
        "order_date",
        "at",
      ),
    ),
    words("shop", "店铺", "Shop", "店铺名称", "store"),
    account("member", "买家会员名", "Member", "会员名", "买家昵称", "member_id"),
    phone("phone", "手机号", "Phone", "收货手机", "联系手机", "手机", "mobile"),
    personName("name", "收货人", "Receiver", "收货人姓名", "name"),
    division("province", "省份", "Province", "省"),
    division("city", "城市", "City", "市"),
    division("district", "区县", "District", "区"),
    address("address", "收货地址", "Address", "详细地址"),
    { ...required(code("sku", "商家编码", "SKU", "商品编码", "product_id")), unless: "title" },
    words("variant", "规格", "Variant", "商品规格", "颜色/规格"),
    words("title", "商品标题", "Product", "商品名称", "宝贝标题", "title"),
    code("category", "类目", "Category", "品类"),
    required(count("quantity", "数量", "Quantity", "宝贝数量", "购买数量", "qty")),
    ...money("price", "单价", "Price", "价格"),
    ...money("discount", "订单优惠金额", "Discount", "优惠金额"),
    ...money("amount", "订单实付金额", "Amount", "实付金额", "买家实付金额", "总金额", "amount", "total"),
    ...money("freight", "运费", "Freight", "邮费"),
    ...money("refund", "退款金额", "Refunded", "refund"),
    choice("order-status", "status", "订单状态", "Status", "状态"),
    words("note", "备注", "Note", "订单备注", "卖家备注"),
  ],
});

/** A shop back office's export: one row per article. */
export const orders: Preset = {
  id: "orders",
  name: { zh: "店铺订单导出", en: "Shop order export" },
  description: {
    zh: "店铺后台导出的订单（订单编号、付款时间、商家编码、数量、手机号或买家会员名……），一行一件商品，同一订单的行合为一单。",
    en: "Orders as a shop's back office exports them (order number, time of payment, SKU, quantity, phone or member name …): one row per article; the rows of an order become one order.",
  },
  platform: "any",
  kinds: [lines],
};
