import { always, type Column, column, empty, type Platform } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns, goodsFen } from "./shared.ts";

const shop = "小鹳母婴有赞商城";
const status: Platform["status"] = {
  placed: "待付款",
  "deposit-paid": "待付款",
  paid: "待发货",
  shipped: "已发货",
  completed: "交易完成",
  cancelled: "交易关闭",
  refunded: "交易关闭",
};

/** A report of the shop's own making: the order's columns and the article's in one, a row per article. */
const columns: readonly Column[] = [
  column("订单号", "serial", ({ order }) => order.id),
  always("归属店铺", shop),
  always("订单类型", "普通订单"),
  column("订单状态", "plain", (row) => status[row.status]),
  always("订单来源", "微信小程序"),
  column("订单创建时间", "time", ({ order }) => order.placedAt),
  column("买家付款时间", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  column("交易成功时间", "time", ({ order, at }) => stepAt(order.completedAt, at)),
  always("付款方式", "微信支付"),
  empty("支付流水号"),
  column("商品金额合计", "money", (row) => goodsFen(row)),
  column("运费", "money", ({ order }) => order.freightFen),
  column("店铺优惠合计", "money", ({ order }) => order.discountFen),
  column("应收订单金额", "money", ({ order }) => order.amountFen),
  column("订单实付金额", "money", ({ paidFen }) => paidFen),
  column("商品名称", "title", ({ item }) => item.title),
  always("商品类型", "普通类型商品"),
  column("商品规格", "plain", ({ item }) => item.variant),
  column("规格编码", "plain", ({ item }) => item.sku),
  column("商品编码", "plain", ({ item }) => item.productId),
  column("商品单价", "money", ({ item }) => item.priceFen),
  column("商品数量", "count", ({ item }) => item.quantity),
  column("商品实际成交金额", "money", ({ item }) => item.paidFen),
  column("收货人/提货人", "name", buyerColumns.name),
  column("收货人手机号/提货人手机号", "phone", buyerColumns.phone),
  column("收货人省份", "place", buyerColumns.province),
  column("收货人城市", "place", buyerColumns.city),
  column("收货人地区", "place", buyerColumns.district),
  column("详细收货地址/提货地址", "place", buyerColumns.street),
  empty("买家备注"),
  empty("买家昵称"),
  column("买家手机号", "phone", buyerColumns.phone),
  column("订单退款状态", "plain", (row) =>
    row.refundFen === 0 ? "" : row.status === "refunded" ? "全额退款成功" : "部分退款成功",
  ),
  column("订单已退款金额", "money", ({ refundFen }) => refundFen),
  column("商家订单备注", "plain", ({ order }) => order.note),
];

export const youzan: Platform = {
  id: "youzan",
  shop,
  status,
  singleArticle: false,
  namespace: null,
  kinds: [
    {
      id: "orders",
      format: "csv",
      encoding: "utf-8",
      lineEnd: "\r\n",
      per: "article",
      columns,
      serial: "plain",
      dates: "dashes",
      title: false,
      total: true,
      name: (exported) => `订单报表_${exported}`,
    },
  ],
};
