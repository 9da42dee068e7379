import type { Product } from "../product.ts";

/** Money leaves a shop as decimal yuan. */
export const yuan = (fen: number): number => fen / 100;

export type Goods = {
  readonly product_id: string;
  readonly sku: string;
  readonly category: string;
  readonly name: string;
  readonly brand: string;
  readonly price: number;
  readonly size?: string;
  readonly stage?: number;
};

export const goodsOf = (product: Product, priceFen: number): Goods => ({
  product_id: product.productId,
  sku: product.sku,
  category: product.category,
  name: product.name,
  brand: product.brand.zh,
  price: yuan(priceFen),
  ...(product.size === undefined ? {} : { size: product.size }),
  ...(product.stage === undefined ? {} : { stage: product.stage }),
});
