import type { RecordInput } from "@stork/contract/records.ts";
import { categoryOfName } from "../../catalog/category-of-name.ts";
import { Canon, freeText, instantOf, iso, numberOf, some, stating, textOf } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { Fields, RecordEvent, StatedRecord } from "../record.ts";

function state(input: RecordInput<"review">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const at = canon.time(input.at, "at");
    return {
      kind: "review",
      key: input.review,
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: at ?? null,
      identifiers: input.identifiers,
      otherwise: null,
      fields: JSON.stringify({
        review: input.review,
        at: iso(at),
        order: some(input.order),
        sku: some(input.sku),
        product: freeText(input.product),
        category: categoryOfName(input.product ?? ""),
        rating: input.rating,
        text: freeText(input.text),
        reply: freeText(input.reply),
        photos: input.photos,
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

function tells(fields: Fields): RecordEvent[] {
  const sku = textOf(fields, "sku");
  const category = textOf(fields, "category");
  return [
    {
      name: "Product Reviewed",
      which: "",
      at: instantOf(fields, "at") ?? Number.NaN,
      orderId: "",
      amountFen: 0,
      quantity: 0,
      items: sku === "" ? [] : [{ sku, category, quantity: 1, amountFen: 0 }],
      properties: JSON.stringify({
        review_id: textOf(fields, "review"),
        order_id: some(textOf(fields, "order")),
        product_id: some(sku),
        rating: numberOf(fields, "rating"),
        review_body: some(textOf(fields, "text")),
      }),
    },
  ];
}

export const review: Kind<"review"> = {
  id: "review",
  label: { zh: "评价", en: "Reviews" },
  keyed: { zh: "评价编号", en: "Review number" },
  events: ["Product Reviewed"],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells,
};
