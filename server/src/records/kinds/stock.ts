import type { RecordInput } from "@stork/contract/records.ts";
import { Canon, iso, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { StatedRecord } from "../record.ts";

function state(input: RecordInput<"stock">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const at = canon.time(input.at, "at");
    const marks = canon.marks;
    if (input.onHand < 0) marks.add("quantity-negative");
    return {
      kind: "stock",
      key: `${input.place} ${input.sku} ${input.batch ?? ""} ${iso(at ?? context.now)}`.trim(),
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: at ?? null,
      identifiers: [],
      otherwise: null,
      fields: JSON.stringify({
        sku: input.sku,
        place: input.place,
        at: iso(at),
        onHand: input.onHand,
        reserved: input.reserved,
        inTransit: input.inTransit,
        batch: some(input.batch),
        expiresOn: iso(canon.plannedTime(input.expiresOn, "expiresOn")),
      }),
      said: [],
      marks: [...marks],
    };
  });
}

export const stock: Kind<"stock"> = {
  id: "stock",
  label: { zh: "库存", en: "Stock" },
  keyed: { zh: "仓库、商家编码、批次和盘点时间", en: "Place, SKU, batch and time of the count" },
  events: [],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells: () => [],
};
