import { nearMs, type OrderSeen } from "../orders-seen.ts";
import type { Finding, RowsRule } from "../rule.ts";

const mostCompared = 8;

/** The first of equal rows stands; the later ones point at it. */
function find(orders: readonly OrderSeen[]): Finding[] {
  const found: Finding[] = [];
  const firsts = new Map<string, number>();
  const resent = new Map<string, number[]>();
  const alike = new Map<string, number[]>();
  for (const [row, order] of orders.entries()) {
    const first = firsts.get(order.key);
    if (first !== undefined) {
      const same = resent.get(order.key) ?? [first];
      const exact = same.find((one) => orders[one]?.fingerprint === order.fingerprint);
      if (exact !== undefined) found.push({ row, note: "duplicate-exact", marks: [], of: exact });
      else {
        found.push({ row, note: "duplicate-resent", marks: [], of: first });
        resent.set(order.key, [...same, row]);
      }
      continue;
    }
    firsts.set(order.key, row);
    if (order.buyer === "" || order.items === "") continue;
    // Without the goods, which are long: nearly every buyer has one order here. With the amount, since a till's customers
    // may all be one buyer.
    const signature = `${order.buyer}\n${order.amountFen}`;
    const theirs = alike.get(signature);
    if (theirs === undefined) {
      alike.set(signature, [row]);
      continue;
    }
    const near = nearOne(orders, theirs, order);
    if (near !== undefined) found.push({ row, note: "duplicate-near", marks: ["duplicate-near"], of: near });
    theirs.push(row);
  }
  return found;
}

/** The last of a buyer's orders of one amount that is the same within minutes; of many alike the last few are compared. */
function nearOne(
  orders: readonly OrderSeen[],
  theirs: readonly number[],
  { items, at }: OrderSeen,
): number | undefined {
  let compared = 0;
  for (let i = theirs.length - 1; i >= 0 && compared < mostCompared; i -= 1) {
    const one = theirs[i] as number;
    const other = orders[one] as OrderSeen;
    if (other.items !== items) continue;
    compared += 1;
    if (Math.abs(other.at - at) <= nearMs) return one;
  }
  return undefined;
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
