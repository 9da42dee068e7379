import { always, type Column, column, type Platform } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns } from "./shared.ts";

const status: Platform["status"] = {
  placed: "挂单",
  "deposit-paid": "已付定金",
  paid: "已收款",
  shipped: "已收款",
  completed: "已收款",
  cancelled: "已作废",
  refunded: "已退货",
};

/** The tills of the brand's own stores: a receipt's lines, money in fen, as cash systems keep it. */
const columns: readonly Column[] = [
  column("小票号", "serial", ({ order }) => order.id),
  column("门店编号", "plain", ({ order }) => order.buyer.address.code),
  column(
    "门店名称",
    "place",
    ({ order }) => `小鹳母婴${order.buyer.address.city}${order.buyer.address.district}店`,
  ),
  column("交易时间", "time", ({ order, at }) => stepAt(order.paidAt, at) ?? order.placedAt),
  column("会员卡号", "plain", ({ order }) => order.buyer.member),
  column("会员手机号", "phone", buyerColumns.phone),
  column("商品条码", "plain", ({ item }) => item.sku),
  column("商品名称", "title", ({ item }) => item.title),
  column("数量", "count", ({ item }) => item.quantity),
  column("单价(分)", "plain", ({ item }) => item.priceFen),
  column("实收金额(分)", "plain", ({ item, paidFen }) => (paidFen === 0 ? 0 : item.paidFen)),
  column("小票实收(分)", "plain", ({ paidFen }) => paidFen),
  always("支付方式", "微信"),
  column("状态", "plain", (row) => status[row.status]),
  column("备注", "plain", ({ order }) => order.note),
];

export const pos: Platform = {
  id: "pos",
  shop: "小鹳母婴门店",
  status,
  singleArticle: false,
  namespace: "member:store",
  kinds: [
    {
      id: "receipts",
      format: "csv",
      encoding: "utf-8",
      lineEnd: "\n",
      per: "article",
      columns,
      serial: "plain",
      dates: "slashes",
      title: false,
      total: false,
      name: (exported) => `POS小票_${exported}`,
    },
  ],
};
