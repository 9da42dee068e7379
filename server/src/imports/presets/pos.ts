import type { Preset } from "../preset.ts";
import { orderReport } from "./order-report.ts";
import { account, choice, code, count, money, phone, required, time, words } from "./target.ts";

const receipts = orderReport({
  id: "receipts",
  label: { zh: "收银小票", en: "Receipts" },
  platform: "store",
  member: "member:store",
  amounts: "order",
  targets: [
    required(code("order", "小票号", "Receipt number", "单据号", "销售单号", "流水号")),
    code("shop", "门店编号", "Store code", "门店编码", "门店代码"),
    words("store", "门店名称", "Store", "门店"),
    required(time("paidAt", "交易时间", "Time", "销售时间", "收款时间", "结账时间")),
    account("member", "会员卡号", "Member card", "会员号", "卡号"),
    phone("phone", "会员手机号", "Member's phone", "会员手机", "手机号"),
    code("sku", "商品条码", "Barcode", "商品编码", "条码", "货号"),
    words("title", "商品名称", "Title", "品名"),
    required(count("quantity", "数量", "Quantity", "销售数量")),
    ...money("price", "单价", "Price", "零售价"),
    ...money("linePaid", "实收金额", "Paid for the line", "销售金额", "成交金额"),
    ...money("amount", "小票实收", "Receipt's amount", "整单实收", "应收合计"),
    choice("order-status", "status", "状态", "Status", "单据状态"),
    words("note", "备注", "Note"),
  ],
  statuses: {
    挂单: "placed",
    已付定金: "deposit-paid",
    已收款: "completed",
    已退货: "refunded",
    已作废: "cancelled",
    销售: "completed",
    退货: "refunded",
  },
});

export const pos: Preset = {
  id: "pos",
  name: { zh: "门店 POS 小票", en: "Store receipts (POS)" },
  description: {
    zh: "收银系统导出的小票明细：一行一件商品，金额可以是元或分（以表头为准）；会员卡号和手机号认人。",
    en: "Receipts as tills export them: one row per article, in yuan or fen as the header says; known by member card and phone.",
  },
  platform: "store",
  kinds: [receipts],
};
