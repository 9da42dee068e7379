import type { Preset } from "../preset.ts";
import { orderReport } from "./order-report.ts";
import {
  account,
  address,
  choice,
  code,
  count,
  money,
  personName,
  phone,
  required,
  time,
  words,
} from "./target.ts";

const order = required(code("order", "订单编号", "Order number", "主订单编号", "订单号"));
const status = choice("order-status", "status", "订单状态", "Status");

/** 已卖出的宝贝 → 批量导出 → 下载订单报表. */
const orders = orderReport({
  id: "orders",
  label: { zh: "订单报表", en: "Order report" },
  platform: "tmall",
  member: "member:tmall",
  amounts: "order",
  targets: [
    order,
    required(account("member", "买家会员名", "Member", "买家昵称", "会员名", "淘宝会员名")),
    ...money("amount", "买家实际支付金额", "Amount paid", "实付金额", "买家实付金额"),
    ...money("due", "买家应付货款", "Goods due"),
    ...money("freight", "买家应付邮费", "Freight", "邮费"),
    ...money("refund", "退款金额", "Refunded"),
    status,
    required(time("placedAt", "订单创建时间", "Placed at", "创建时间", "拍下时间")),
    time("paidAt", "订单付款时间", "Paid at", "付款时间", "支付时间"),
    time("shippedAt", "发货时间", "Shipped at"),
    time("completedAt", "确认收货时间", "Completed at", "交易成功时间"),
    personName("name", "收货人姓名", "Receiver", "收货人"),
    address("address", "收货地址", "Address"),
    phone("phone", "联系手机", "Phone", "收货手机", "手机"),
    phone("buyerPhone", "联系电话", "Telephone"),
    words("title", "宝贝标题", "Titles"),
    words("note", "订单备注", "Note", "卖家备注", "商家备注"),
    words("stages", "分阶段订单信息", "Stages of a presale"),
    words("shop", "店铺名称", "Shop"),
  ],
  statuses: { 交易关闭: "closed" },
});

/** 下载宝贝报表: the articles, tied to their orders by 主订单编号. */
const articles = orderReport({
  id: "articles",
  label: { zh: "宝贝报表", en: "Article report" },
  platform: "tmall",
  member: null,
  part: "lines",
  amounts: "order",
  targets: [
    order,
    code("line", "子订单编号", "Line number"),
    required(words("title", "商品标题", "Title", "标题", "宝贝标题")),
    ...money("price", "商品价格", "Price", "价格"),
    required(count("quantity", "购买数量", "Quantity", "数量")),
    code("sku", "商家编码", "SKU", "外部系统编号"),
    code("product", "商品ID", "Product id", "宝贝ID"),
    words("variant", "商品属性", "Variant", "套餐信息"),
    ...money("linePaid", "买家实际支付金额", "Paid for the line", "实付金额"),
    words("refundStatus", "退款状态", "Refund"),
    status,
  ],
  statuses: { 交易关闭: "closed" },
});

export const tmall: Preset = {
  id: "tmall",
  name: { zh: "淘宝 / 天猫", en: "Taobao and Tmall" },
  description: {
    zh: "千牛后台「已卖出的宝贝」导出的订单报表和宝贝报表；两份一起或先后给都可以，按订单编号合成一单。",
    en: "The order report and the article report of the sellers' back office; together or one after the other they are joined by the order's number.",
  },
  platform: "tmall",
  kinds: [orders, articles],
};
