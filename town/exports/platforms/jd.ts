import { always, type Column, column, empty, type Platform, zero } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns, goodsFen } from "./shared.ts";

const status: Platform["status"] = {
  placed: "等待付款",
  "deposit-paid": "等待付款",
  paid: "等待出库",
  shipped: "等待确认收货",
  completed: "完成",
  cancelled: "(删除)等待付款",
  refunded: "(删除)等待出库",
};

/** One row per article; what is the order's stands on each of them. */
const columns: readonly Column[] = [
  column("订单号", "serial", ({ order }) => order.id),
  column("商品ID", "serial", ({ item }) => item.productId),
  column("商品名称", "title", ({ item }) => item.title),
  column("订购数量", "count", ({ item }) => item.quantity),
  always("支付方式", "在线支付"),
  column("下单时间", "time", ({ order }) => order.placedAt),
  column("京东价", "money", ({ item }) => item.priceFen),
  column("订单金额", "money", (row) => goodsFen(row)),
  column("结算金额", "money", ({ order }) => order.amountFen - order.freightFen),
  zero("余额支付"),
  column("应付金额", "money", ({ order, paidFen }) => (paidFen === 0 ? order.amountFen : paidFen)),
  column("订单状态", "plain", (row) => status[row.status]),
  always("订单类型", "SOP"),
  column("下单帐号", "plain", ({ order }) => order.buyer.member),
  column("客户姓名", "name", buyerColumns.name),
  column("客户地址", "place", buyerColumns.wholeAddress),
  column("联系电话", "phone", buyerColumns.phone),
  empty("订单备注"),
  always("发票类型", "不开发票"),
  empty("发票抬头"),
  empty("发票内容"),
  column("商家备注", "plain", ({ order }) => order.note),
  empty("商家备注等级（等级1-5为由高到低）"),
  column("运费金额", "money", ({ order }) => order.freightFen),
  column("付款确认时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  empty("增值税发票"),
  column("货号", "plain", ({ item }) => item.sku),
  column("订单完成时间", "time", ({ order, at }) => stepAt(order.completedAt, at)),
  always("订单来源", "移动端订单"),
  always("订单渠道", "京东商城"),
  empty("送装服务"),
  zero("服务费"),
  always("仓库ID", "0"),
  empty("仓库名称"),
];

export const jd: Platform = {
  id: "jd",
  shop: "小鹳母婴京东旗舰店",
  status,
  singleArticle: false,
  namespace: "member:jd",
  kinds: [
    {
      id: "orders",
      format: "csv",
      encoding: "gbk",
      lineEnd: "\r\n",
      per: "article",
      columns,
      serial: "tab-after",
      dates: "dashes",
      title: false,
      total: true,
      name: (exported) => `订单导出_${exported}`,
    },
  ],
};
