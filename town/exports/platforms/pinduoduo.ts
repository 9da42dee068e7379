import { always, type Column, column, empty, type Platform, zero } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns, goodsFen } from "./shared.ts";

const status: Platform["status"] = {
  placed: "待支付",
  "deposit-paid": "待支付",
  paid: "待发货",
  shipped: "已发货，待签收",
  completed: "已收货",
  cancelled: "已取消",
  refunded: "已发货，退款成功",
};

/** One article is one order on this platform; it names no account, only a receiver. */
const columns: readonly Column[] = [
  column("商品", "title", ({ item }) => item.title),
  column("订单号", "serial", ({ order }) => order.id),
  column("订单状态", "plain", (row) => status[row.status]),
  column("商品总价(元)", "money", (row) => goodsFen(row)),
  column("邮费(元)", "money", ({ order }) => order.freightFen),
  column("店铺优惠折扣(元)", "money", ({ order }) => order.discountFen),
  zero("平台优惠折扣(元)"),
  zero("多多支付立减金额(元)"),
  column("用户实付金额(元)", "money", ({ paidFen }) => paidFen),
  column("商家实收金额(元)", "money", ({ paidFen }) => paidFen),
  column("商品数量(件)", "count", ({ item }) => item.quantity),
  always("是否审核中", "否"),
  column("支付时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  empty("承诺发货时间"),
  column("发货时间", "time", ({ order, at }) => stepAt(order.shippedAt, at)),
  column("确认收货时间", "time", ({ order, at }) => stepAt(order.completedAt, at)),
  column("商品id", "serial", ({ item }) => item.productId),
  column("商品规格", "plain", ({ item }) => item.variant),
  column("样式ID", "serial", ({ item }) => item.line),
  column("商家编码-规格维度", "plain", ({ item }) => item.sku),
  column("商家编码-商品维度", "plain", ({ item }) => item.productId),
  column("商家备注", "plain", ({ order }) => order.note),
  empty("买家留言"),
  column("售后状态", "plain", ({ refundFen }) => (refundFen > 0 ? "退款成功" : "无售后或售后取消")),
  column("订单成交时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  empty("快递单号"),
  empty("快递公司"),
  column("收货人", "name", buyerColumns.name),
  column("手机", "phone", buyerColumns.phone),
  column("省", "place", buyerColumns.province),
  column("市", "place", buyerColumns.city),
  column("区", "place", buyerColumns.district),
  column("街道", "place", buyerColumns.street),
  always("支付方式", "微信"),
];

export const pinduoduo: Platform = {
  id: "pinduoduo",
  shop: "小鹳母婴官方旗舰店",
  status,
  singleArticle: true,
  namespace: null,
  kinds: [
    {
      id: "orders",
      format: "csv",
      encoding: "utf-8-bom",
      lineEnd: "\n",
      per: "article",
      columns,
      serial: "tab-after",
      dates: "dashes",
      title: false,
      total: false,
      name: (exported) => `orders_export${exported}`,
    },
  ],
};
