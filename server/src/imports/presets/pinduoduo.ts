import type { Preset } from "../preset.ts";
import { orderReport } from "./order-report.ts";
import { address, choice, code, count, money, personName, phone, required, time, words } from "./target.ts";

const orders = orderReport({
  id: "orders",
  label: { zh: "订单导出", en: "Orders" },
  platform: "pinduoduo",
  member: null,
  amounts: "order",
  targets: [
    required(code("order", "订单号", "Order number", "订单编号")),
    words("title", "商品", "Title", "商品名称"),
    choice("order-status", "status", "订单状态", "Status"),
    ...money("goods", "商品总价(元)", "Goods"),
    ...money("freight", "邮费(元)", "Freight"),
    ...money("discount", "店铺优惠折扣(元)", "Shop's discount"),
    ...money("platformDiscount", "平台优惠折扣(元)", "Platform's discount"),
    ...money("amount", "用户实付金额(元)", "Amount paid"),
    ...money("earned", "商家实收金额(元)", "Received by the seller"),
    required(count("quantity", "商品数量(件)", "Quantity", "商品数量")),
    time("placedAt", "下单时间", "Placed at", "订单创建时间"),
    time("paidAt", "支付时间", "Paid at", "订单成交时间", "成交时间"),
    time("shippedAt", "发货时间", "Shipped at"),
    time("completedAt", "确认收货时间", "Completed at"),
    code("product", "商品id", "Product id", "商品ID"),
    words("variant", "商品规格", "Variant"),
    code("line", "样式ID", "Style id"),
    code("sku", "商家编码-规格维度", "SKU"),
    code("articleCode", "商家编码-商品维度", "Article code"),
    words("note", "商家备注", "Note"),
    words("refundStatus", "售后状态", "After sales"),
    personName("name", "收货人", "Receiver", "收件人", "收货人姓名"),
    phone("phone", "手机", "Phone", "手机号", "联系电话"),
    address("province", "省", "Province"),
    address("city", "市", "City"),
    address("district", "区", "District"),
    address("address", "详细地址", "Street", "街道"),
  ],
  statuses: {
    "已发货，退款成功": "refunded",
    "未发货，退款成功": "refunded",
    "已收货，退款成功": "refunded",
    "已发货，待签收": "shipped",
    "待发货，退款成功": "refunded",
    已签收: "completed",
  },
});

export const pinduoduo: Preset = {
  id: "pinduoduo",
  name: { zh: "拼多多", en: "Pinduoduo" },
  description: {
    zh: "商家后台「订单查询 → 导出」的 CSV：一单一件商品；没有买家账号，收货人多为打码，认不出人的订单各自成单保留。",
    en: "The order export of Pinduoduo's back office: one article per order. It names no account and mostly masks the receiver; orders of nobody known are kept each by itself.",
  },
  platform: "pinduoduo",
  kinds: [orders],
};
