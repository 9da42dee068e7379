import type { RecordInput } from "@stork/contract/records.ts";
import { Canon, iso, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { StatedRecord } from "../record.ts";

function state(input: RecordInput<"purchase-order">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const orderedAt = canon.time(input.orderedAt, "orderedAt");
    if (input.quantity <= 0) canon.marks.add("quantity-negative");
    const received = input.received ?? 0;
    const whole = received >= input.quantity ? "received" : received > 0 ? "partly-received" : "open";
    return {
      kind: "purchase-order",
      key: `${input.number} ${input.line} ${input.sku}`.replace("  ", " "),
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: orderedAt ?? null,
      identifiers: [],
      otherwise: null,
      fields: JSON.stringify({
        number: input.number,
        line: some(input.line),
        supplier: some(input.supplier),
        sku: input.sku,
        quantity: input.quantity,
        received,
        priceFen: canon.money(input.price, "price"),
        orderedAt: iso(orderedAt),
        expectedAt: iso(canon.plannedTime(input.expectedAt, "expectedAt")),
        receivedAt: iso(canon.time(input.receivedAt, "receivedAt")),
        place: some(input.place),
        status: input.status ?? whole,
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

export const purchaseOrder: Kind<"purchase-order"> = {
  id: "purchase-order",
  label: { zh: "采购单", en: "Purchase orders" },
  keyed: { zh: "采购单号、行号和商家编码", en: "Purchase order's number, line and SKU" },
  events: [],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells: () => [],
};
