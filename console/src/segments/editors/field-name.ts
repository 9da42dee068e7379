import type { Say } from "../../i18n/i18n.ts";

const named = [
  "amount",
  "quantity",
  "category",
  "sku",
  "name",
  "brand",
  "price",
  "size",
  "stage",
  "city",
  "province",
  "district",
  "shop",
  "order_id",
  "revenue",
  "total",
  "rating",
  "query",
  "memberSince",
  "campaign",
  "channel",
] as const;

/** The usual properties and traits in words; any other by the name it came with. */
export function fieldName(name: string, say: Say): string {
  const known = named.find((one) => one === name);
  return known === undefined ? name : say(`segments.field.${known}`);
}
