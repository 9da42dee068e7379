import { z } from "zod";

/** What a company's systems hold. */
export const RecordKindId = z.enum([
  "order",
  "product",
  "stock",
  "purchase-order",
  "spend",
  "member",
  "ticket",
  "review",
  "survey",
]);
export type RecordKindId = z.infer<typeof RecordKindId>;
