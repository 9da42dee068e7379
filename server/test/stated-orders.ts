import { isRefusedRecord } from "../src/records/kind.ts";
import { type OrderInput, order as orderKind } from "../src/records/kinds/order.ts";
import type { StatedRecord } from "../src/records/record.ts";

/** When, and in which zone, orders are said. */
export const now = Date.parse("2026-06-01T04:00:00Z");
export const context = { zone: "Asia/Shanghai", now };
export const buyer = (name: string) => [{ namespace: "member:tmall", value: name }];

/** An order as a shop says it, with something said otherwise. */
export function order(more: Partial<OrderInput> = {}, part = ""): StatedRecord {
  const stated = orderKind.state(
    {
      ...{ order: "A1", shop: "旗舰店", platform: "tmall", status: "paid", paidAt: "2026-03-31 20:00:00" },
      ...{ amount: 268, identifiers: buyer("妈妈一"), items: [{ sku: "S1", quantity: 2, price: 134 }] },
      ...more,
    },
    { ...context, part },
  );
  if (isRefusedRecord(stated)) throw new Error(stated.refused);
  return stated;
}
