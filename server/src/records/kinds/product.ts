import type { RecordInput } from "@stork/contract/records.ts";
import { categoryOfName } from "../../catalog/category-of-name.ts";
import { valueRules } from "../../cleaning/rules.ts";
import { Canon, iso, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { StatedRecord } from "../record.ts";

/** What a product is made for and how much is in it, read from its pack and name. */
function madeOf({ pack = "", name }: RecordInput<"product">, context: StateContext) {
  for (const text of [pack, name]) {
    if (text === "") continue;
    const read = valueRules.pack.clean(text, { zone: context.zone, now: context.now });
    if ("value" in read) return read.value;
  }
  return undefined;
}

function state(input: RecordInput<"product">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const made = madeOf(input, context);
    const changedAt = canon.time(input.changedAt, "changedAt") ?? null;
    return {
      kind: "product",
      key: input.sku,
      part: context.part ?? "",
      changedAt,
      at: changedAt,
      identifiers: [],
      otherwise: null,
      fields: JSON.stringify({
        sku: input.sku,
        product: some(input.product),
        name: some(input.name),
        brand: some(input.brand),
        category: some(input.category) ?? categoryOfName(input.name),
        pack: some(input.pack),
        ...made,
        barcode: some(input.barcode),
        priceFen: canon.money(input.price, "price"),
        costFen: canon.money(input.cost, "cost"),
        status: input.status,
        changedAt: iso(changedAt ?? undefined),
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

export const product: Kind<"product"> = {
  id: "product",
  label: { zh: "商品", en: "Products" },
  keyed: { zh: "商家编码（SKU）", en: "SKU" },
  events: [],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells: () => [],
};
