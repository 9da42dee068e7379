import { readInstant } from "../../cleaning/instants.ts";
import type { Mark } from "../../cleaning/marks.ts";
import { toFen } from "../../cleaning/money.ts";
import { isPossible } from "../../cleaning/time-bounds.ts";
import type { Item, Said } from "../../events/event.ts";
import { highQuantity } from "../../events/order.ts";
import type { Identifier } from "../../people/identity.ts";
import type { FileEvent, FileRecord, Preset, RecordKind, Row, RowContext, Target } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";

const target = (
  id: string,
  zh: string,
  en: string,
  aliases: string[],
  more: Partial<Target> = {},
): Target => ({
  id,
  label: { zh, en },
  required: false,
  aliases,
  ...more,
});
const personal = { personal: true };
const required = { required: true };

const targets: Target[] = [
  target(
    "order",
    "订单编号",
    "Order number",
    ["订单编号", "订单号", "主订单编号", "order_id", "order number"],
    required,
  ),
  target(
    "paidAt",
    "付款时间",
    "Paid at",
    ["付款时间", "支付时间", "订单付款时间", "成交时间", "paid_at", "order_date", "at"],
    required,
  ),
  target("shop", "店铺", "Shop", ["店铺", "店铺名称", "shop", "store"]),
  target(
    "member",
    "买家会员名",
    "Member",
    ["买家会员名", "会员名", "买家昵称", "member", "member_id"],
    personal,
  ),
  target("phone", "手机号", "Phone", ["手机号", "收货手机", "联系手机", "手机", "phone", "mobile"], personal),
  target("name", "收货人", "Receiver", ["收货人", "收货人姓名", "name", "receiver"], personal),
  target("province", "省份", "Province", ["省份", "省", "province"]),
  target("city", "城市", "City", ["城市", "市", "city"]),
  target("district", "区县", "District", ["区县", "区", "district"]),
  target("sku", "商家编码", "SKU", ["商家编码", "商品编码", "sku", "product_id"], required),
  target("title", "商品标题", "Product", ["商品标题", "商品名称", "宝贝标题", "title", "product"]),
  target("category", "类目", "Category", ["类目", "品类", "category"]),
  target("quantity", "数量", "Quantity", ["数量", "宝贝数量", "购买数量", "quantity", "qty"], required),
  target("price", "单价", "Price", ["单价", "价格", "price"]),
  target("discount", "订单优惠金额", "Discount", ["订单优惠金额", "优惠金额", "discount"]),
  target("amount", "订单实付金额", "Amount paid", [
    "订单实付金额",
    "实付金额",
    "买家实付金额",
    "总金额",
    "amount",
    "total",
  ]),
  target("status", "订单状态", "Status", ["订单状态", "状态", "status"]),
];

/** Shops of one platform share its member names. */
const platforms: readonly (readonly [RegExp, string])[] = [
  [/天猫|淘宝|tmall|taobao/i, "tmall"],
  [/京东|jd/i, "jd"],
  [/拼多多|pdd|pinduoduo/i, "pdd"],
  [/抖音|douyin/i, "douyin"],
  [/有赞|youzan/i, "youzan"],
  [/小程序|微信|wechat|mini/i, "miniapp"],
  [/门店|线下|store|pos\b/i, "store"],
];
const platformOf = (shop: string): string =>
  platforms.find(([form]) => form.test(shop))?.[1] ??
  (shop.replace(/[^\p{L}\p{N}_-]/gu, "").slice(0, 40) || "shop");

const unpaid = /未付款|等待.*付款|待付款|关闭|取消|cancel|unpaid|closed/i;
const refunded = /退款成功|已退款|refunded/i;

function readOrder(rows: readonly Row[], context: RowContext): FileRecord | { refused: RefusedRow } {
  const [first = {}] = rows;
  const order = first["order"] ?? "";
  if (order === "") return { refused: "no-order-id" };
  if (unpaid.test(first["status"] ?? "")) return { refused: "not-paid" };
  const identifiers = identify(first);
  if (identifiers.length === 0) return { refused: "no-identifier" };
  const paidAt = readInstant(first["paidAt"], context.zone);
  if (paidAt === null) return { refused: "day-unreadable" };
  const items = rows.map(readItem);
  if (items.some((item) => item === null)) return { refused: "quantity-unreadable" };
  const marks: Mark[] = [];
  const event = complete(
    first,
    items as Item[],
    isPossible(paidAt, context.now) ? paidAt : context.now,
    marks,
  );
  if (event.at !== paidAt) marks.push("time-impossible");
  const isRefunded = refunded.test(first["status"] ?? "");
  return {
    identifiers,
    key: `${first["shop"] ?? ""} ${order}`,
    events: isRefunded ? [event, { ...event, name: "Order Refunded" }] : [event],
    child: null,
    said: traitsOf(first),
    marks,
  };
}

function identify(row: Row): Identifier[] {
  const found: Identifier[] = [];
  if (row["member"])
    found.push({ namespace: `member:${platformOf(row["shop"] ?? "")}`, value: row["member"] });
  if (row["phone"]) found.push({ namespace: "phone", value: row["phone"] });
  return found;
}

function readItem(row: Row): Item | null {
  const quantity = row["quantity"] === "" ? Number.NaN : Number(row["quantity"]);
  if (!Number.isFinite(quantity) || Math.abs(quantity) > 2e9) return null;
  const whole = Math.round(quantity);
  return {
    sku: row["sku"] ?? "",
    category: row["category"] ?? "",
    quantity: whole,
    amountFen: (toFen(row["price"]) ?? 0) * whole,
  };
}

function complete(row: Row, items: readonly Item[], at: number, marks: Mark[]): FileEvent {
  const paid = row["amount"] ? toFen(row["amount"]) : null;
  if (row["amount"] && paid === null) marks.push("amount-unreadable");
  const amountFen = paid ?? items.reduce((sum, item) => sum + item.amountFen, 0);
  const quantity = items.reduce((sum, item) => sum + item.quantity, 0);
  if (amountFen < 0) marks.push("amount-negative");
  if (items.some((item) => item.quantity <= 0)) marks.push("quantity-negative");
  if (quantity >= highQuantity) marks.push("quantity-high");
  const discount = toFen(row["discount"]) ?? 0;
  return {
    at,
    name: "Order Completed",
    orderId: row["order"] ?? "",
    amountFen,
    quantity,
    items,
    properties: JSON.stringify({
      order_id: row["order"],
      shop: row["shop"] ?? "",
      currency: "CNY",
      total: amountFen / 100,
      ...(discount === 0 ? {} : { discount: discount / 100 }),
      products: items.map((item) => ({
        sku: item.sku,
        category: item.category,
        quantity: item.quantity,
        price: item.quantity === 0 ? 0 : item.amountFen / item.quantity / 100,
      })),
    }),
  };
}

function traitsOf(row: Row): Said[] {
  const traits: Record<string, string> = {};
  for (const key of ["name", "province", "city", "district"]) if (row[key]) traits[key] = row[key];
  // A shop that masks the receiver (王**) says nothing of the name.
  if (/\*/.test(traits["name"] ?? "")) delete traits["name"];
  return Object.keys(traits).length === 0 ? [] : [{ kind: "traits", traits }];
}

const lines: RecordKind = {
  id: "orders",
  label: { zh: "订单", en: "Orders" },
  targets,
  together: (row) => `${row["shop"] ?? ""} ${row["order"] ?? ""}`,
  personsAs: "buyers",
  checksAge: true,
  read: readOrder,
};

/** A shop back office's export: one row per article, the rows of one order next to each other. */
export const orders: Preset = {
  id: "orders",
  name: { zh: "店铺订单导出", en: "Shop order export" },
  description: {
    zh: "店铺后台导出的订单（订单编号、付款时间、商家编码、数量、手机号或买家会员名……），一行一件商品，同一订单的行合为一单。",
    en: "Orders as a shop's back office exports them (order number, time of payment, SKU, quantity, phone or member name …): one row per article; the rows of an order become one order.",
  },
  kinds: [lines],
};
