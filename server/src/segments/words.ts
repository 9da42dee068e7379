import { type Category, categories } from "@stork/contract/catalog.ts";
import type { Words } from "@stork/contract/common.ts";
import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";
import { operandList } from "./values.ts";

/** Events of the Segment e-commerce spec and of Stork itself, as people call them. */
const events: Readonly<Record<string, Words>> = {
  "Order Completed": { zh: "完成订单", en: "Order Completed" },
  "Order Refunded": { zh: "退款", en: "Order Refunded" },
  "Order Cancelled": { zh: "取消订单", en: "Order Cancelled" },
  "Product Viewed": { zh: "浏览商品", en: "Product Viewed" },
  "Product Clicked": { zh: "点击商品", en: "Product Clicked" },
  "Product List Viewed": { zh: "浏览商品列表", en: "Product List Viewed" },
  "Products Searched": { zh: "搜索商品", en: "Products Searched" },
  "Product Added": { zh: "加入购物车", en: "Product Added" },
  "Product Removed": { zh: "移出购物车", en: "Product Removed" },
  "Cart Viewed": { zh: "查看购物车", en: "Cart Viewed" },
  "Checkout Started": { zh: "开始结算", en: "Checkout Started" },
  "Payment Info Entered": { zh: "填写支付信息", en: "Payment Info Entered" },
  "Coupon Applied": { zh: "使用优惠券", en: "Coupon Applied" },
  "Product Reviewed": { zh: "评价商品", en: "Product Reviewed" },
  "Product Shared": { zh: "分享商品", en: "Product Shared" },
  "Product Added to Wishlist": { zh: "收藏商品", en: "Product Added to Wishlist" },
  "Message Sent": { zh: "收到消息", en: "Message Sent" },
  "Message Delivered": { zh: "消息送达", en: "Message Delivered" },
  "Message Clicked": { zh: "点击消息", en: "Message Clicked" },
  "Message Unsubscribed": { zh: "退订消息", en: "Message Unsubscribed" },
};

const names: Readonly<Record<string, Words>> = {
  order_id: { zh: "订单号", en: "order id" },
  amount: { zh: "金额（元）", en: "amount (yuan)" },
  revenue: { zh: "金额（元）", en: "amount (yuan)" },
  total: { zh: "金额（元）", en: "amount (yuan)" },
  quantity: { zh: "数量", en: "quantity" },
  sku: { zh: "商品", en: "SKU" },
  product_id: { zh: "商品", en: "product" },
  category: { zh: "类目", en: "category" },
  city: { zh: "城市", en: "city" },
  province: { zh: "省份", en: "province" },
  gender: { zh: "性别", en: "gender" },
};

const categoryNames: Readonly<Record<Category, Words>> = {
  formula: { zh: "奶粉", en: "infant formula" },
  diapers: { zh: "纸尿裤", en: "diapers" },
  clothing: { zh: "童装", en: "children's clothing" },
  toys: { zh: "玩具", en: "toys" },
  maternity: { zh: "孕产用品", en: "maternity" },
  food: { zh: "辅食", en: "complementary food" },
};

const operators: Readonly<Record<Operator, Words>> = {
  "=": { zh: "是", en: "is" },
  "!=": { zh: "不是", en: "is not" },
  ">": { zh: "大于", en: "is above" },
  ">=": { zh: "不小于", en: "is at least" },
  "<": { zh: "小于", en: "is below" },
  "<=": { zh: "不大于", en: "is at most" },
  in: { zh: "是其中之一：", en: "is one of" },
  contains: { zh: "包含", en: "contains" },
  exists: { zh: "有值", en: "is known" },
};

const amounts: Readonly<Record<string, Words>> = {
  "=": { zh: "正好", en: "exactly" },
  "!=": { zh: "不等于", en: "other than" },
  ">": { zh: "超过", en: "more than" },
  ">=": { zh: "至少", en: "at least" },
  "<": { zh: "少于", en: "fewer than" },
  "<=": { zh: "至多", en: "at most" },
};

export const eventLabel = (event: string): Words | null => events[event] ?? null;
export const nameOf = (property: string): Words => names[property] ?? { zh: property, en: property };
export const amountOf = (op: string): Words => amounts[op] ?? { zh: op, en: op };

/** "类目是奶粉" / "category is infant formula" */
export function filterWords(property: string, op: Operator, value: PropertyFilter["value"]): Words {
  const name = nameOf(property);
  if (op === "exists")
    return { zh: `${name.zh}${operators.exists.zh}`, en: `${name.en} ${operators.exists.en}` };
  const values = joinWords(
    operandList(value).map((one) => valueWords(property, one)),
    "、",
    ", ",
  );
  return {
    zh: `${name.zh}${operators[op].zh}${spaced(values.zh)}`,
    en: `${name.en} ${operators[op].en} ${values.en}`,
  };
}

/** Our own categories by their names; anything else as it was written. */
function valueWords(property: string, value: string | number | boolean): Words {
  const category = property === "category" ? categories.find((one) => one === value) : undefined;
  return category === undefined ? { zh: String(value), en: String(value) } : categoryNames[category];
}

export function joinWords(parts: readonly Words[], zh: string, en: string): Words {
  return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) };
}

/** Latin letters and digits keep their distance from Chinese ones. */
const spaced = (text: string): string => (/^[\w-]/.test(text) ? ` ${text}` : text);
