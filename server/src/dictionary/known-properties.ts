import type { Known } from "./known-name.ts";

const property = (
  zh: string,
  en: string,
  meaningZh: string,
  meaningEn: string,
  more: Pick<Known, "type" | "unit" | "sensitivity">,
): Known => ({ label: { zh, en }, meaning: { zh: meaningZh, en: meaningEn }, ...more });

const text = { type: "text" } as const;
const yuan = { type: "number", unit: "CNY" } as const;
const pieces = { type: "number", unit: "件 pcs" } as const;

/** The properties of the Segment e-commerce spec, whatever the event. Money is in yuan here, kept as fen beside. */
export const knownProperties: Readonly<Record<string, Known>> = {
  order_id: property("订单号", "Order id", "店铺的订单编号。", "The shop's number of the order.", text),
  checkout_id: property("结算号", "Checkout id", "一次结算的编号。", "The number of one checkout.", text),
  cart_id: property("购物车号", "Cart id", "购物车的编号。", "The number of the cart.", text),
  total: property(
    "实付金额",
    "Total",
    "扣除优惠、含税含运费后的实付。",
    "What was paid, after discounts, with tax and freight.",
    yuan,
  ),
  revenue: property(
    "收入",
    "Revenue",
    "不含税和运费的商品收入。",
    "Revenue of the goods, without tax and freight.",
    yuan,
  ),
  value: property("价值", "Value", "这次行为的金额。", "What the action is worth.", yuan),
  subtotal: property(
    "商品小计",
    "Subtotal",
    "扣除优惠、不含税和运费。",
    "After discounts, before tax and freight.",
    yuan,
  ),
  shipping: property("运费", "Shipping", "运费。", "Freight.", yuan),
  tax: property("税", "Tax", "税额。", "Tax.", yuan),
  discount: property("优惠", "Discount", "优惠掉的金额。", "What was taken off.", yuan),
  price: property("单价", "Price", "一件的价格。", "Price of one piece.", yuan),
  currency: property("币种", "Currency", "ISO 4217 代码，如 CNY。", "ISO 4217 code, such as CNY.", text),
  coupon: property("优惠券", "Coupon", "用到的券的编码。", "The code of the coupon used.", text),
  products: property(
    "商品明细",
    "Products",
    "每件商品的编码、类目、数量与单价。",
    "Of each product the SKU, category, quantity and price.",
    { type: "list" },
  ),
  product_id: property("商品编号", "Product id", "商品（款）的编号。", "The number of the product.", text),
  sku: property("商家编码", "SKU", "可售单位的编码。", "The code of what is sold.", text),
  name: property("名称", "Name", "商品、页面或界面的名称。", "Name of the product, page or screen.", {
    type: "text",
    sensitivity: "internal",
  }),
  category: property("类目", "Category", "商品类目。", "Category of the product.", text),
  brand: property("品牌", "Brand", "商品品牌。", "Brand of the product.", text),
  variant: property("规格", "Variant", "颜色、尺码、段数等。", "Colour, size, stage and the like.", text),
  quantity: property("数量", "Quantity", "件数。", "How many pieces.", pieces),
  position: property("位置", "Position", "在列表里的第几个。", "Its place in the list.", { type: "number" }),
  query: property("搜索词", "Query", "搜索的文字。", "What was searched for.", text),
  list_id: property("列表编号", "List id", "商品列表的编号。", "The number of the list.", text),
  shop: property("店铺", "Shop", "哪家店。", "Which shop.", text),
  platform: property(
    "平台",
    "Platform",
    "订单来自的平台，如天猫、京东、小程序。",
    "Where the order was made: Tmall, JD, the mini-program …",
    text,
  ),
  programme: property("会员体系", "Programme", "哪一个会员体系。", "Which membership programme.", text),
  tier: property("会员等级", "Tier", "会员体系里的等级。", "The level within the programme.", text),
  store: property("门店", "Store", "哪家门店。", "Which store.", text),
  affiliation: property(
    "成交渠道",
    "Affiliation",
    "订单来自的店铺或渠道。",
    "The shop or channel of the order.",
    text,
  ),
  path: property("路径", "Path", "页面路径。", "The page's path.", text),
  url: property("网址", "URL", "页面网址。", "The page's address.", text),
  referrer: property("来源页", "Referrer", "从哪个页面来。", "The page before.", text),
  title: property("标题", "Title", "页面标题。", "The page's title.", text),
  rating: property("评分", "Rating", "评价的星级，1 到 5。", "Stars of a review, 1 to 5.", {
    type: "number",
    unit: "1–5",
  }),
  campaign: property("活动", "Campaign", "育见里的活动编号。", "The number of a campaign in Stork.", text),
  channel: property("渠道", "Channel", "经哪个渠道。", "By which channel.", text),
  ticket: property("工单号", "Ticket", "服务工单的编号。", "The number of a service ticket.", text),
  topic: property("问题分类", "Topic", "工单说的是哪类问题。", "What the ticket is about.", text),
  hours: property("处理时长", "Hours", "从建单到办结的小时数。", "From opening to closing.", {
    type: "number",
    unit: "小时 h",
  }),
  score: property("满意度", "Score", "用户给这次服务的分。", "What the user gave the service.", {
    type: "number",
  }),
  text: property(
    "内容",
    "Text",
    "写的话；电话、地址等已遮盖。",
    "What was written; phones, addresses masked.",
    text,
  ),
  review_id: property("评价号", "Review id", "评价的编号。", "The number of the review.", text),
  review_body: property("评价内容", "Review", "评价里写的话。", "What the review says.", text),
  answers: property("其他回答", "Other answers", "问卷其他题的回答。", "Answers to the other questions.", {
    type: "object",
  }),
  survey: property("问卷", "Survey", "哪一份问卷。", "Which survey.", text),
  nps: property("推荐分", "NPS", "愿不愿意推荐，0 到 10。", "Would recommend, 0 to 10.", {
    type: "number",
    unit: "0–10",
  }),
  nps_group: property(
    "推荐分组",
    "NPS group",
    "推荐者、中立者或贬损者。",
    "Promoter, passive or detractor.",
    text,
  ),
  reason: property("原因", "Reason", "为什么。", "Why.", text),
};
