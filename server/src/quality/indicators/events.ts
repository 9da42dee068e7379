import type { Portion } from "@stork/models/watch/shares.ts";
import type { ShownEvent } from "../indicator.ts";
import { shareIndicator } from "../share-indicator.ts";
import { countOf } from "../tally.ts";

type Counts = ReadonlyMap<string, number>;

/** Of the event as a whole: the sum of some keys over the sum of others, less some. */
const ratio =
  (bad: readonly string[], of: readonly string[], less: readonly string[] = []) =>
  (counts: Counts): Map<string, Portion> => {
    const total = (keys: readonly string[]) => keys.reduce((sum, key) => sum + countOf(counts, key), 0);
    const all = total(of) - total(less);
    return all <= 0 ? new Map() : new Map([["", { bad: Math.min(all, total(bad)), of: all }]]);
  };

const marked =
  (...codes: readonly string[]) =>
  (event: ShownEvent): boolean =>
    codes.some((code) => event.marks.includes(code));
const markRatio = (...codes: readonly string[]) =>
  ratio(
    codes.map((code) => `mark:${code}`),
    ["events"],
  );

/** Shares of whole events, worked out of exact counts (a few of the sample). One form, so one table. */
export const eventIndicators = {
  "identity-weak": shareIndicator("identity-weak", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "缺少可识别的标识", en: "Without a lasting identifier" },
    definition: {
      zh: "只有匿名编号或设备号、没有手机号、会员号等标识的事件占比",
      en: "Share of events with nothing but an anonymous or device id",
    },
    threshold: null,
    least: 100,
    effect: 0.25,
    from: 10,
    portions: ratio(["anonymous"], ["named"]),
  }),
  "properties-empty": shareIndicator("properties-empty", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "事件没有任何属性", en: "Event without properties" },
    definition: { zh: "抽样中没有任何属性的事件占比", en: "Share of sampled events with no property at all" },
    threshold: null,
    least: 12,
    effect: 0.3,
    from: 10,
    portions: ratio(["empty"], ["sampled"]),
    shows: ({ properties }) => Object.keys(properties).length === 0,
  }),
  "order-id-missing": shareIndicator("order-id-missing", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "订单缺少订单号", en: "Order without its number" },
    definition: { zh: "没有订单号的订单占比", en: "Share of orders without an order id" },
    threshold: 0.1,
    least: 8,
    effect: 0.1,
    portions: ratio(["orders-without-id"], ["orders"]),
    shows: ({ properties }) => (properties["order_id"] ?? properties["orderId"] ?? "") === "",
  }),
  "amount-missing": shareIndicator("amount-missing", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "订单缺少金额", en: "Order without an amount" },
    definition: { zh: "金额为空或为零的订单占比", en: "Share of orders whose amount is missing or zero" },
    threshold: 0.1,
    least: 8,
    effect: 0.1,
    portions: ratio(["orders-without-amount"], ["orders"]),
    shows: ({ amountFen }) => amountFen === 0,
  }),
  "items-missing": shareIndicator("items-missing", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "订单缺少商品明细", en: "Order without items" },
    definition: { zh: "没有任何商品行的实时订单占比", en: "Share of live orders with no item" },
    threshold: 0.1,
    least: 8,
    effect: 0.1,
    portions: ratio(["orders-without-items"], ["orders"], ["orders-imported"]),
    shows: ({ items }) => items === 0,
  }),
  "category-missing": shareIndicator("category-missing", {
    dimension: "completeness",
    scope: "event",
    name: { zh: "商品缺少类目", en: "Item without a category" },
    definition: { zh: "订单商品中没有类目的占比", en: "Share of ordered items without a category" },
    threshold: 0.1,
    least: 12,
    effect: 0.1,
    portions: ratio(["items-without-category"], ["items"]),
  }),
  "marked-abnormal": shareIndicator("marked-abnormal", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "清洗判为异常", en: "Marked as abnormal" },
    definition: {
      zh: "被清洗规则标为异常、不计入合计的事件占比",
      en: "Share of events that cleaning marked as abnormal and left out of sums",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.04,
    portions: ratio(["excluded"], ["events"]),
    shows: ({ marks }) => marks.length > 0,
  }),
  "quantity-impossible": shareIndicator("quantity-impossible", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "数量超出界限", en: "Quantity out of bounds" },
    definition: {
      zh: "数量为零、为负或过大的事件占比",
      en: "Share of events whose quantity is zero, negative or far too high",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.04,
    portions: markRatio("quantity-negative", "quantity-high", "quantity-unusual"),
    shows: marked("quantity-negative", "quantity-high", "quantity-unusual"),
  }),
  "amount-impossible": shareIndicator("amount-impossible", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "金额超出界限", en: "Amount out of bounds" },
    definition: {
      zh: "金额为负、读不出或单价超出类目界限的事件占比",
      en: "Share of events whose amount is negative, unreadable or beyond its category's bounds",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.04,
    portions: markRatio("amount-negative", "amount-unreadable", "price-unusual"),
    shows: marked("amount-negative", "amount-unreadable", "price-unusual"),
  }),
  "time-impossible": shareIndicator("time-impossible", {
    dimension: "accuracy",
    scope: "source",
    name: { zh: "时间不可能", en: "Impossible time" },
    definition: {
      zh: "时间在 2000 年以前或将来的事件占比",
      en: "Share of events dated before 2000 or in the future",
    },
    threshold: 0.02,
    least: 20,
    effect: 0.02,
    portions: markRatio("time-impossible"),
    shows: marked("time-impossible"),
  }),
  "child-date-impossible": shareIndicator("child-date-impossible", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "宝宝日期不可能", en: "Impossible date of a child" },
    definition: {
      zh: "宝宝生日或预产期读不出、不可能的事件占比",
      en: "Share of events whose child's birthday or due date cannot be read or cannot be",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.04,
    portions: markRatio("child-date-unreadable", "date-impossible", "age-impossible"),
    shows: marked("child-date-unreadable", "date-impossible", "age-impossible"),
  }),
  "category-unknown": shareIndicator("category-unknown", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "未知类目", en: "Unknown category" },
    definition: {
      zh: "订单商品中类目不属于六大类的占比",
      en: "Share of ordered items whose category is none of the six",
    },
    threshold: null,
    least: 20,
    effect: 0.2,
    from: 10,
    portions: ratio(["items-of-unknown-category"], ["items"]),
  }),
  "phone-invalid": shareIndicator("phone-invalid", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "手机号无效", en: "Invalid phone number" },
    definition: {
      zh: "抽样中不像手机号的手机号占比",
      en: "Share of sampled phone numbers that cannot be one",
    },
    threshold: 0.05,
    least: 12,
    effect: 0.05,
    portions: ratio(["phones-odd"], ["phones"]),
  }),
  "test-orders": shareIndicator("test-orders", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "测试单与刷单", en: "Test and brush orders" },
    definition: {
      zh: "被识别为测试单或刷单的事件占比",
      en: "Share of events recognised as test or brush orders",
    },
    threshold: 0.1,
    least: 20,
    effect: 0.08,
    portions: markRatio("test-order", "brush-order", "brush-suspected", "penny-order"),
    shows: marked("test-order", "brush-order", "brush-suspected", "penny-order"),
  }),
  "currency-other": shareIndicator("currency-other", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "币种不是人民币", en: "Currency other than renminbi" },
    definition: { zh: "币种不是人民币的事件占比", en: "Share of events in another currency" },
    threshold: 0.05,
    least: 20,
    effect: 0.04,
    portions: markRatio("currency-other"),
    shows: marked("currency-other"),
  }),
  "personal-data": shareIndicator("personal-data", {
    dimension: "accuracy",
    scope: "event",
    name: { zh: "属性里夹带个人信息", en: "Personal data in properties" },
    definition: {
      zh: "属性中夹带手机号等个人信息（已遮盖）的事件占比",
      en: "Share of events with personal data among their properties (masked)",
    },
    threshold: 0.1,
    least: 20,
    effect: 0.1,
    portions: markRatio("personal-data-masked"),
    shows: marked("personal-data-masked"),
  }),
  "total-mismatch": shareIndicator("total-mismatch", {
    dimension: "consistency",
    scope: "event",
    name: { zh: "订单合计与明细不符", en: "Order total differs from its items" },
    definition: {
      zh: "抽样订单中，金额不等于商品合计（加运费、税，减优惠）的占比",
      en: "Share of sampled orders whose total is not the sum of items, shipping and tax, less reductions",
    },
    threshold: null,
    least: 8,
    effect: 0.25,
    portions: ratio(["sums-off"], ["sums"]),
  }),
  "late-share": shareIndicator("late-share", {
    dimension: "timeliness",
    scope: "event",
    name: { zh: "迟到超过 2 小时", en: "Late by over 2 hours" },
    definition: {
      zh: "收到时已发生 2 小时以上的实时事件占比",
      en: "Share of live events received over two hours after they happened",
    },
    threshold: 0.1,
    least: 20,
    effect: 0.1,
    portions: ratio(["late"], ["events"], ["imported"]),
    shows: ({ at, received }) => received - at > 7_200_000,
  }),
  "clock-skew": shareIndicator("clock-skew", {
    dimension: "timeliness",
    scope: "source",
    name: { zh: "来源时钟超前", en: "Sender's clock ahead" },
    definition: {
      zh: "发生时间比收到时间晚 5 分钟以上的事件占比",
      en: "Share of events dated more than five minutes after their receipt",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.05,
    portions: ratio(["ahead"], ["events"], ["imported"]),
    shows: ({ at, received }) => at - received > 300_000,
  }),
};
