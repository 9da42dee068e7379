import { always, type Column, column, empty, type FileKind, type Platform, zero } from "../columns.ts";
import { stepAt } from "../shop-order.ts";
import { buyerColumns } from "./shared.ts";

const shop = "小鹳母婴旗舰店";
const status: Platform["status"] = {
  placed: "等待买家付款",
  "deposit-paid": "等待买家付款",
  paid: "买家已付款，等待卖家发货",
  shipped: "卖家已发货，等待买家确认",
  completed: "交易成功",
  cancelled: "交易关闭",
  refunded: "交易关闭",
};

const stages = column("分阶段订单信息", "plain", ({ order, at }) => {
  if (order.depositAt === null) return "";
  const second = stepAt(order.paidAt, at) === null ? "未付款" : "已付款";
  return `阶段1：已付款，定金${(order.depositFen / 100).toFixed(2)}元；阶段2：${second}`;
});

const closed = column("订单关闭原因", "plain", ({ status: is }) =>
  is === "refunded" ? "退款" : is === "cancelled" ? "买家未付款，超时关闭" : "订单未关闭",
);

/** 订单报表: one row per order. Some of its headers end in a blank, as they do on the platform. */
const orderColumns: readonly Column[] = [
  column("订单编号", "serial", ({ order }) => order.id),
  column("买家会员名", "plain", ({ order }) => order.buyer.member),
  empty("买家支付宝账号"),
  column("支付单号", "serial", ({ order }) => `20${order.id}`),
  empty("支付详情"),
  column("买家应付货款", "money", ({ order }) => order.amountFen - order.freightFen),
  column("买家应付邮费", "money", ({ order }) => order.freightFen),
  always("买家支付积分", "0"),
  column("总金额", "money", ({ order }) => order.amountFen),
  always("返点积分", "0"),
  column("买家实际支付金额", "money", ({ paidFen }) => paidFen),
  always("买家实际支付积分", "0"),
  column("订单状态", "plain", (row) => status[row.status]),
  empty("买家留言"),
  column("收货人姓名", "name", buyerColumns.name),
  column("收货地址 ", "place", buyerColumns.spacedAddress),
  always("运送方式", "快递"),
  empty("联系电话 "),
  column("联系手机", "phone", buyerColumns.phone),
  column("订单创建时间", "time", ({ order }) => order.placedAt),
  column("订单付款时间 ", "time", ({ order, at }) => stepAt(order.paidAt, at)),
  column("宝贝标题 ", "title", ({ order }) => order.items.map(({ title }) => title).join("，")),
  column("宝贝种类 ", "count", ({ order }) => order.items.length),
  empty("物流单号 "),
  empty("物流公司"),
  column("订单备注", "plain", ({ order }) => order.note),
  column("宝贝总数量", "count", ({ order }) => order.items.reduce((sum, item) => sum + item.quantity, 0)),
  always("店铺Id", "0"),
  always("店铺名称", shop),
  closed,
  zero("卖家服务费"),
  zero("买家服务费"),
  empty("发票抬头"),
  always("是否手机订单", "手机订单"),
  stages,
  empty("特权订金订单id"),
  empty("定金排名"),
  empty("修改后的sku"),
  empty("修改后的收货地址"),
  empty("异常信息"),
  empty("天猫卡券抵扣"),
  empty("集分宝抵扣"),
  empty("是否是O2O交易"),
  column("退款金额", "money", ({ refundFen }) => refundFen),
];

/** 宝贝报表: one row per article, tied to its order by 主订单编号. */
const articleColumns: readonly Column[] = [
  column("子订单编号", "serial", ({ item }) => item.line),
  column("主订单编号", "serial", ({ order }) => order.id),
  column("商品标题", "title", ({ item }) => item.title),
  column("商品价格", "money", ({ item }) => item.priceFen),
  column("购买数量", "count", ({ item }) => item.quantity),
  column("外部系统编号", "plain", ({ item }) => item.sku),
  column("商品属性", "plain", ({ item }) => item.variant),
  empty("套餐信息"),
  empty("备注"),
  column("订单状态", "plain", (row) => status[row.status]),
  column("商家编码", "plain", ({ item }) => item.sku),
  column("买家应付货款", "money", ({ item }) => item.paidFen),
  column("买家实际支付金额", "money", ({ item, paidFen }) => (paidFen === 0 ? 0 : item.paidFen)),
  column("退款状态", "plain", ({ refundFen }) => (refundFen > 0 ? "退款成功" : "没有申请退款")),
];

/** Before the report was renewed its lines had no numbers of their own, and other headers. */
const olderArticles: readonly Column[] = [
  column("订单编号", "serial", ({ order }) => order.id),
  column("标题", "title", ({ item }) => item.title),
  column("价格", "money", ({ item }) => item.priceFen),
  column("购买数量", "count", ({ item }) => item.quantity),
  column("外部系统编号", "plain", ({ item }) => item.sku),
  column("商品属性", "plain", ({ item }) => item.variant),
  empty("套餐信息"),
  empty("备注"),
  column("订单状态", "plain", (row) => status[row.status]),
  column("商家编码", "plain", ({ item }) => item.sku),
];

const common = {
  format: "csv",
  encoding: "gbk",
  lineEnd: "\r\n",
  serial: "formula",
  dates: "dashes",
  title: false,
  total: false,
} as const satisfies Partial<FileKind>;

export const tmall: Platform = {
  id: "tmall",
  shop,
  status,
  singleArticle: false,
  namespace: "member:tmall",
  kinds: [
    {
      ...common,
      id: "orders",
      per: "order",
      columns: orderColumns,
      name: (exported) => `ExportOrderList${exported}`,
    },
    {
      ...common,
      id: "articles",
      per: "article",
      columns: articleColumns,
      older: olderArticles,
      name: (exported) => `ExportOrderDetailList${exported}`,
    },
  ],
};
