import { always, type Column, column, empty, type Platform, zero } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns, goodsFen } from "./shared.ts";

const status: Platform["status"] = {
  placed: "待付款",
  "deposit-paid": "待付款",
  paid: "待发货",
  shipped: "待收货",
  completed: "已完成",
  cancelled: "已取消",
  refunded: "已取消",
};

/** One row per article under a title that spans the sheet; the order's columns stand on each row. */
const columns: readonly Column[] = [
  column("订单号", "serial", ({ order }) => order.id),
  column("订单下单时间", "time", ({ order }) => order.placedAt),
  column("订单发货时间", "time", ({ order, at }) => stepAt(order.shippedAt, at)),
  column("订单确认收货时间", "time", ({ order, at }) => stepAt(order.completedAt, at)),
  empty("订单完成结算时间"),
  column("订单状态", "plain", (row) => status[row.status]),
  always("发货方式", "快递发货"),
  column("收件人姓名", "name", buyerColumns.name),
  column("收件人地址", "place", buyerColumns.street),
  column("省", "place", buyerColumns.province),
  column("市", "place", buyerColumns.city),
  column("区", "place", buyerColumns.district),
  column("收件人手机", "phone", buyerColumns.phone),
  empty("买家备注"),
  column("商家备注", "plain", ({ order }) => order.note),
  column("商品总价", "money", (row) => goodsFen(row)),
  column("订单实际支付金额", "money", ({ paidFen }) => paidFen),
  column("订单实际收款金额", "money", ({ paidFen, refundFen }) => paidFen - refundFen),
  column("订单运费", "money", ({ order }) => order.freightFen),
  column("商品优惠", "money", ({ order }) => order.discountFen),
  zero("跨店优惠"),
  zero("商品改价"),
  zero("积分抵扣"),
  always("支付方式", "微信支付"),
  column("支付时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  empty("交易单号"),
  empty("物流公司"),
  empty("快递单号"),
  column("商品名称", "title", ({ item }) => item.title),
  column("商品编码(平台)", "serial", ({ item }) => item.productId),
  column("商品编码(自定义)", "plain", ({ item }) => item.productId),
  column("SKU编码(自定义)", "plain", ({ item }) => item.sku),
  column("商品属性", "plain", ({ item }) => item.variant),
  column("商品价格(单件)", "money", ({ item }) => item.priceFen),
  column("商品实际价格(总共)", "money", ({ item }) => item.paidFen),
  always("是否预售", "否"),
  column("商品数量", "count", ({ item }) => item.quantity),
  column("商品售后", "plain", ({ refundFen }) => (refundFen > 0 ? "退款完成" : "无")),
  column("商品已退款金额", "money", ({ order, item, refundFen }) =>
    refundFen >= order.amountFen ? item.paidFen : 0,
  ),
];

export const wechat: Platform = {
  id: "wechat",
  shop: "小鹳母婴微信小店",
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
      title: true,
      total: true,
      name: (exported) => `微信小店订单_${exported}`,
    },
  ],
};
