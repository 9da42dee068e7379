import { shareIndicator } from "../share-indicator.ts";
import { countOf } from "../tally.ts";

const ratio =
  (bad: string, of: readonly string[]) =>
  (counts: ReadonlyMap<string, number>): Map<string, { bad: number; of: number }> => {
    const all = of.reduce((sum, key) => sum + countOf(counts, key), 0);
    return all <= 0 ? new Map() : new Map([["", { bad: Math.min(all, countOf(counts, bad)), of: all }]]);
  };

/** Shares of what a source sends as a whole; the audited ones are counted once a minute (audit.store.ts). */
export const sourceIndicators = {
  "refused-share": shareIndicator("refused-share", {
    dimension: "accuracy",
    scope: "source",
    name: { zh: "被拒收", en: "Refused" },
    definition: {
      zh: "不符合格式而被拒收的条目占比",
      en: "Share of items refused because they cannot be read",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.05,
    portions: ratio("refused", ["refused", "events"]),
  }),
  unattributed: shareIndicator("unattributed", {
    dimension: "completeness",
    scope: "source",
    name: { zh: "找不到是谁", en: "Nobody can be found in it" },
    definition: {
      zh: "没有可用标识、无法归到任何人的条目占比",
      en: "Share of items without any usable identifier",
    },
    threshold: 0.05,
    least: 20,
    effect: 0.05,
    portions: ratio("refused-nobody", ["refused", "events"]),
  }),
  "events-repeated": shareIndicator("events-repeated", {
    dimension: "consistency",
    scope: "source",
    name: { zh: "重复发送", en: "Sent again" },
    definition: {
      zh: "已经收到过、又发来一次的事件占比（只计一次）",
      en: "Share of events that had been received before (counted once)",
    },
    threshold: 0.3,
    least: 50,
    effect: 0.25,
    portions: ratio("repeated", ["repeated", "events"]),
  }),
  "order-repeated": shareIndicator("order-repeated", {
    dimension: "consistency",
    scope: "source",
    name: { zh: "同一订单多次出现", en: "One order several times" },
    definition: {
      zh: "同一来源中订单号以不同消息出现过的新订单占比",
      en: "Share of new orders whose number the same source had sent in another message",
    },
    threshold: 0.05,
    least: 8,
    effect: 0.1,
    portions: ratio("audit-repeated-orders", ["audit-orders"]),
  }),
  "order-in-two-shops": shareIndicator("order-in-two-shops", {
    dimension: "consistency",
    scope: "source",
    name: { zh: "订单出现在两个店铺", en: "Order in two shops" },
    definition: {
      zh: "订单号也由另一来源报告的新订单占比",
      en: "Share of new orders that another source reports too",
    },
    threshold: 0.05,
    least: 8,
    effect: 0.1,
    portions: ratio("audit-shared-orders", ["audit-orders"]),
  }),
  "refund-without-order": shareIndicator("refund-without-order", {
    dimension: "consistency",
    scope: "source",
    name: { zh: "退款找不到订单", en: "Refund without its order" },
    definition: { zh: "找不到对应订单的退款占比", en: "Share of refunds whose order is not known" },
    threshold: 0.2,
    least: 8,
    effect: 0.2,
    portions: ratio("audit-orphan-refunds", ["audit-refunds"]),
  }),
  "stock-negative": shareIndicator("stock-negative", {
    dimension: "consistency",
    scope: "source",
    name: { zh: "库存为负", en: "Negative stock" },
    definition: {
      zh: "在库数量为负的库存记录占比",
      en: "Share of stock records with fewer than none on hand",
    },
    threshold: 0.02,
    least: 8,
    effect: 0.05,
    portions: ratio("audit-negative-stock", ["audit-stock"]),
  }),
};
