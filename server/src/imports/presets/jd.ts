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

const orders = orderReport({
  id: "orders",
  label: { zh: "订单导出", en: "Orders" },
  platform: "jd",
  member: "member:jd",
  amounts: "order",
  targets: [
    required(code("order", "订单号", "Order number", "订单编号")),
    code("product", "商品ID", "Product id", "商品编号", "SKU ID"),
    words("title", "商品名称", "Title"),
    required(count("quantity", "订购数量", "Quantity", "数量", "商品数量")),
    code("sku", "货号", "SKU", "商家SKUID", "商家编码", "商家skuid"),
    ...money("price", "京东价", "Price", "单价"),
    ...money("goods", "订单金额", "Goods"),
    ...money("amount", "应付金额", "Amount paid", "实付金额", "用户应付金额"),
    ...money("freight", "运费金额", "Freight", "运费"),
    choice("order-status", "status", "订单状态", "Status"),
    required(time("placedAt", "下单时间", "Placed at")),
    time("paidAt", "付款确认时间", "Paid at", "付款时间", "支付时间"),
    time("shippedAt", "出库时间", "Shipped at", "发货时间"),
    time("completedAt", "订单完成时间", "Completed at", "完成时间"),
    required(account("member", "下单帐号", "Account", "下单账号", "用户账号", "客户账号")),
    personName("name", "客户姓名", "Receiver", "收货人姓名", "收货人"),
    address("address", "客户地址", "Address", "收货地址"),
    phone("phone", "联系电话", "Phone", "手机号", "客户电话"),
    words("note", "商家备注", "Note", "订单备注"),
    words("shop", "店铺名称", "Shop"),
  ],
  // An order taken off the list keeps the state it was in: what waited for the warehouse had been paid.
  statuses: {
    "(删除)等待付款": "cancelled",
    "(锁定)等待付款": "placed",
    "(删除)等待出库": "refunded",
    "(删除)等待确认收货": "refunded",
    "(删除)完成": "refunded",
    "(锁定)等待出库": "paid",
    等待付款确认: "placed",
    暂停: "paid",
  },
});

export const jd: Preset = {
  id: "jd",
  name: { zh: "京东", en: "JD" },
  description: {
    zh: "商家后台「订单导出」的 CSV：一行一件商品，订单金额在每行重复。",
    en: "The order export of JD's back office: one row per article, the order's amounts repeated on each.",
  },
  platform: "jd",
  kinds: [orders],
};
