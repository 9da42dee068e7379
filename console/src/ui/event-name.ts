import type { Language } from "@stork/contract/common.ts";

/** The names of the Segment e-commerce spec in Chinese; any other name is shown as it came. */
const chinese: Record<string, string> = {
  "Product Viewed": "浏览商品",
  "Product List Viewed": "浏览列表",
  "Products Searched": "搜索商品",
  "Product Added": "加入购物车",
  "Product Removed": "移出购物车",
  "Cart Viewed": "查看购物车",
  "Checkout Started": "开始结算",
  "Order Completed": "完成订单",
  "Order Refunded": "退款",
  "Order Cancelled": "取消订单",
  "Coupon Applied": "使用优惠券",
  "Product Reviewed": "评价商品",
  "Product Shared": "分享商品",
  "Message Sent": "收到消息",
  "Message Delivered": "消息送达",
  "Message Clicked": "点击消息",
  "Message Unsubscribed": "退订",
  "Page Viewed": "浏览页面",
  "Screen Viewed": "浏览界面",
  Identified: "登记资料",
  Grouped: "加入群组",
  Aliased: "合并身份",
  "Store Visited": "到店",
  "Product Consulted": "咨询商品",
};

export function eventName(name: string, language: Language): string {
  return language === "zh-CN" ? (chinese[name] ?? name) : name;
}
