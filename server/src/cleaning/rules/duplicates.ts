import { nearMs, type OrderSeen } from "../orders-seen.ts";
import type { Finding, RowsRule } from "../rule.ts";

const mostCompared = 8;

/** The first of equal rows stands; the later ones point at it. */
function find(orders: readonly OrderSeen[]): Finding[] {
  const found: Finding[] = [];
  const byKey = new Map<string, number[]>();
  const bySignature = new Map<string, number[]>();
  for (const [row, order] of orders.entries()) {
    const same = byKey.get(order.key);
    if (same !== undefined) {
      const exact = same.find((one) => orders[one]?.fingerprint === order.fingerprint);
      if (exact !== undefined) found.push({ row, note: "duplicate-exact", marks: [], of: exact });
      else {
        found.push({ row, note: "duplicate-resent", marks: [], of: same[0] as number });
        same.push(row);
      }
      continue;
    }
    byKey.set(order.key, [row]);
    if (order.buyer === "" || order.items === "") continue;
    const signature = `${order.buyer}\n${order.items}\n${order.amountFen}`;
    const alike = bySignature.get(signature) ?? [];
    const near = alike.findLast((one) => Math.abs((orders[one] as OrderSeen).at - order.at) <= nearMs);
    if (near !== undefined) found.push({ row, note: "duplicate-near", marks: ["duplicate-near"], of: near });
    // A window of thousands of equal orders would be compared each with each.
    bySignature.set(signature, [...alike.slice(1 - mostCompared), row]);
  }
  return found;
}

export const duplicates: RowsRule<"duplicates"> = {
  id: "duplicates",
  label: { zh: "重复", en: "Duplicates" },
  what: {
    zh: "同一订单逐字相同的合并，内容更新的作为新版本；同一买家十分钟内同样商品、同样金额的另一单只做标记。",
    en: "Word-for-word repeats of an order merge, a changed one becomes its new version; another order with the same buyer, goods and amount within ten minutes is marked.",
  },
  find,
};
