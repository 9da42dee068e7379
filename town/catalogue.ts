import { type Category, categories } from "@stork/contract/catalog.ts";
import { clothing } from "./catalogue/clothing.ts";
import { diapers } from "./catalogue/diapers.ts";
import { food } from "./catalogue/food.ts";
import { formula } from "./catalogue/formula.ts";
import { maternity } from "./catalogue/maternity.ts";
import { toys } from "./catalogue/toys.ts";
import type { Brand, Product } from "./product.ts";

const makers = { formula, diapers, clothing, toys, maternity, food } satisfies Record<
  Category,
  () => Product[]
>;

/** The 600 SKUs that the town's shops sell. */
export const catalogue: readonly Product[] = categories.flatMap((category) => makers[category]());

export const brandsOf: Record<Category, readonly Brand[]> = Object.fromEntries(
  categories.map((category) => [
    category,
    [
      ...new Set(
        catalogue.filter((product) => product.category === category).map((product) => product.brand),
      ),
    ],
  ]),
) as Record<Category, Brand[]>;

const shelves = new Map<string, Product[]>();
for (const product of catalogue) {
  for (const key of [
    `${product.category}/${product.variant}`,
    `${product.category}/${product.variant}/${product.brand.code}`,
  ]) {
    const shelf = shelves.get(key);
    if (shelf) shelf.push(product);
    else shelves.set(key, [product]);
  }
}

/** The SKUs of one size, stage, age band or time; of one brand when it has any there. */
export function shelfOf(category: Category, variant: string, brand?: Brand): readonly Product[] {
  return (
    (brand && shelves.get(`${category}/${variant}/${brand.code}`)) ??
    shelves.get(`${category}/${variant}`) ??
    []
  );
}
