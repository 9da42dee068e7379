import type { Words } from "@stork/contract/common.ts";

/** What an import's totals count, by the kind of record and by what its persons are counted as. */
const words: Readonly<Record<string, Words>> = {
  children: { zh: "宝宝", en: "Children" },
  trades: { zh: "交易", en: "Trades" },
  buyers: { zh: "买家", en: "Buyers" },
  "order-totals": { zh: "订单（不含商品）", en: "orders without articles" },
  orders: { zh: "订单", en: "Orders" },
  articles: { zh: "订单明细", en: "Orders in detail" },
  members: { zh: "会员", en: "Members" },
  products: { zh: "商品", en: "Products" },
  stock: { zh: "库存记录", en: "Stock levels" },
  purchases: { zh: "采购单", en: "Purchase orders" },
  receipts: { zh: "小票", en: "Receipts" },
  tickets: { zh: "工单", en: "Tickets" },
  reviews: { zh: "评价", en: "Reviews" },
  surveys: { zh: "问卷", en: "Surveys" },
  spend: { zh: "花费记录", en: "Spend records" },
};

export const totalLabel = (id: string): Words => words[id] ?? { zh: id, en: id };
