import { always, type Column, column, empty, type Platform, zero } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns } from "./shared.ts";

const status: Platform["status"] = {
  placed: "待支付",
  "deposit-paid": "待支付",
  paid: "待发货",
  shipped: "已发货",
  completed: "已完成",
  cancelled: "已关闭",
  refunded: "已关闭",
};

/** One row per sub-order; its 订单应付金额 is the sub-order's own. */
const columns: readonly Column[] = [
  column("主订单编号", "serial", ({ order }) => order.id),
  column("子订单编号", "serial", ({ item }) => item.line),
  column("选购商品", "title", ({ item }) => item.title),
  column("商品规格", "plain", ({ item }) => item.variant),
  column("商品数量", "count", ({ item }) => item.quantity),
  column("商品ID", "serial", ({ item }) => item.productId),
  column("商家编码", "plain", ({ item }) => item.sku),
  column("商品金额", "money", ({ item }) => item.priceFen),
  column(
    "订单应付金额",
    "money",
    ({ order, item, isFirst }) => item.paidFen + (isFirst ? order.freightFen : 0),
  ),
  column("运费", "money", ({ order, isFirst }) => (isFirst ? order.freightFen : 0)),
  column("优惠总金额", "money", ({ item }) => item.priceFen * item.quantity - item.paidFen),
  zero("平台优惠"),
  column("商家优惠", "money", ({ item }) => item.priceFen * item.quantity - item.paidFen),
  zero("达人优惠"),
  always("支付方式", "抖音支付"),
  column("收件人", "name", buyerColumns.name),
  column("收件人手机号", "phone", buyerColumns.phone),
  column("省", "place", buyerColumns.province),
  column("市", "place", buyerColumns.city),
  column("区", "place", buyerColumns.district),
  empty("街道"),
  column("详细地址", "place", buyerColumns.street),
  empty("买家留言"),
  column("订单提交时间", "time", ({ order }) => order.placedAt),
  column("商家备注", "plain", ({ order }) => order.note),
  column("订单完成时间", "time", ({ order, at }) => stepAt(order.completedAt, at)),
  column("支付完成时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  column("发货时间", "time", ({ order, at }) => stepAt(order.shippedAt, at)),
  column("订单状态", "plain", (row) => status[row.status]),
  column("售后状态", "plain", ({ refundFen }) => (refundFen > 0 ? "退款成功" : "-")),
  column("取消原因", "plain", (row) => (row.status === "cancelled" ? "超时未支付" : "")),
  always("订单类型", "普通订单"),
  empty("达人ID"),
  empty("达人昵称"),
  always("流量类型", "自然流量"),
];

export const douyin: Platform = {
  id: "douyin",
  shop: "小鹳母婴抖音旗舰店",
  status,
  singleArticle: false,
  namespace: null,
  kinds: [
    {
      id: "orders",
      format: "xlsx",
      encoding: "utf-8",
      lineEnd: "\n",
      per: "article",
      columns,
      serial: "plain",
      dates: "dashes",
      title: false,
      total: false,
      name: (exported) => `${exported}_抖店订单`,
    },
  ],
};
