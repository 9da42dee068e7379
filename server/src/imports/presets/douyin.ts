import type { Preset } from "../preset.ts";
import { orderReport } from "./order-report.ts";
import {
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

const orders = orderReport({
  id: "orders",
  label: { zh: "订单导出", en: "Orders" },
  platform: "douyin",
  member: null,
  amounts: "line",
  targets: [
    required(code("order", "主订单编号", "Order number")),
    code("line", "子订单编号", "Line number"),
    required(words("title", "选购商品", "Title", "商品名称")),
    words("variant", "商品规格", "Variant"),
    count("quantity", "商品数量", "Quantity"),
    code("product", "商品ID", "Product id"),
    code("sku", "商家编码", "SKU"),
    ...money("price", "商品单价", "Price", "商品金额"),
    ...money("amount", "订单应付金额", "Line's amount", "实付金额"),
    ...money("freight", "运费", "Freight"),
    ...money("discount", "优惠总金额", "Discount"),
    ...money("lineRefund", "退款金额", "Refunded"),
    personName("name", "收件人", "Receiver"),
    phone("phone", "收件人手机号", "Phone", "手机号"),
    division("province", "省", "Province"),
    division("city", "市", "City"),
    division("district", "区", "District"),
    address("address", "详细地址", "Street"),
    words("note", "商家备注", "Note"),
    required(time("placedAt", "订单提交时间", "Placed at", "下单时间")),
    time("paidAt", "支付完成时间", "Paid at", "支付时间"),
    time("shippedAt", "发货时间", "Shipped at"),
    time("completedAt", "订单完成时间", "Completed at"),
    choice("order-status", "status", "订单状态", "Status"),
    words("refundStatus", "售后状态", "After sales"),
  ],
  statuses: { 已关闭: "closed", 备货中: "paid" },
});

export const douyin: Preset = {
  id: "douyin",
  name: { zh: "抖店", en: "Douyin shop" },
  description: {
    zh: "抖店「订单管理 → 订单导出」：一行一个子订单，金额是子订单自己的，主订单为各行之和。",
    en: "The order export of Douyin's shops: one row per sub-order with its own amount; the order is the sum of its rows.",
  },
  platform: "douyin",
  kinds: [orders],
};
