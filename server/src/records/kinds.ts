import type { RecordInput, RecordKindId } from "@stork/contract/records.ts";
import type { Kind, RefusedRecord, StateContext } from "./kind.ts";
import { member } from "./kinds/member.ts";
import { order } from "./kinds/order.ts";
import { product } from "./kinds/product.ts";
import { purchaseOrder } from "./kinds/purchase-order.ts";
import { review } from "./kinds/review.ts";
import { spend } from "./kinds/spend.ts";
import { stock } from "./kinds/stock.ts";
import { survey } from "./kinds/survey.ts";
import { ticket } from "./kinds/ticket.ts";
import type { StatedRecord } from "./record.ts";

export const kinds = {
  order,
  product,
  stock,
  "purchase-order": purchaseOrder,
  spend,
  member,
  ticket,
  review,
  survey,
} as const satisfies { [Id in RecordKindId]: Kind<Id> };

/** Puts a record of any kind into its canonical form. The compiler ties the input to the kind where the kind is known. */
export const stateRecord = <Id extends RecordKindId>(
  kind: Id,
  input: RecordInput<Id>,
  context: StateContext,
): StatedRecord | RefusedRecord => (kinds[kind] as unknown as Kind<Id>).state(input, context);
