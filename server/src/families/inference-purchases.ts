import type { AgePurchase } from "@stork/models/ages/purchase.ts";
import { statedOf } from "@stork/models/ages/stated.ts";
import { categoryOfName } from "../catalog/category-of-name.ts";

/** An order as the facts hold it. */
export interface BoughtRow {
  readonly node: number;
  /** Days since 1970 in the workspace's time zone. */
  readonly day: number;
  readonly skus: readonly string[];
  readonly categories: readonly string[];
  readonly quantities: readonly number[];
  /** JSON of the products as told, with names, sizes and stages; '' without. */
  readonly products: string;
  /** A leaf category of the source's own, where it says one. */
  readonly leaf: string;
  readonly gift: number;
}

/** What the company's records say of an article; what the order itself says of it comes first. */
export type Articles = ReadonlyMap<string, { name: string; category: string; stage: string }>;

interface Product {
  name?: unknown;
  size?: unknown;
  stage?: unknown;
  product_id?: unknown;
}

/** The lines of an order as the model of ages sees them. */
export function purchasesOf(row: BoughtRow, articles: Articles): AgePurchase[] {
  const told = productsOf(row.products);
  return row.skus.map((sku, i): AgePurchase => {
    const product = told[i] ?? {};
    const record = articles.get(sku);
    const name = text(product.name) || (record?.name ?? "");
    const said = row.categories[i] || record?.category || "";
    const category = said || (categoryOfName(name) ?? "");
    const size = text(product.size);
    const stage = text(product.stage) || (record?.stage ?? "");
    const stated = statedOf({
      category,
      name,
      ...(size === "" ? {} : { size }),
      ...(stage === "" ? {} : { stage }),
    });
    const leaf = row.leaf !== "" ? row.leaf : `${category}/${stated?.label ?? ""}`;
    const article = text(product.product_id) || sku;
    return {
      day: row.day,
      // An article whose leaf is the source's own says nothing beyond it: such shops have millions. Else one article
      // comes in all sizes: what was counted of one must not speak for the others.
      path: row.leaf !== "" ? [category, leaf] : [category, leaf, `${leaf} ${article}`],
      item: sku,
      quantity: Math.max(1, row.quantities[i] ?? 1),
      stated: stated?.ages ?? null,
      ...(row.gift === 1 ? { gift: true } : {}),
    };
  });
}

function productsOf(json: string): Product[] {
  if (json === "") return [];
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? (value as Product[]) : [];
  } catch {
    return [];
  }
}

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
