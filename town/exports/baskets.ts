import { shopTimeOf } from "../calendar.ts";
import { type Chance, code, digits, whole } from "../chance.ts";
import type { Product } from "../product.ts";
import type { OrderItem, PlatformId } from "./shop-order.ts";

/** An article to be ordered: of one SKU each basket has one line. */
export type Article = { readonly product: Product; readonly quantity: number; readonly priceFen: number };

export const orderIds: Record<PlatformId, (chance: Chance, at: number) => string> = {
  tmall: (chance) => digits(chance, 19),
  jd: (chance) => digits(chance, 15),
  pinduoduo: (chance, at) => `${shopTimeOf(at).slice(2, 10).replaceAll("-", "")}-${digits(chance, 15)}`,
  douyin: (chance) => `69${digits(chance, 17)}`,
  youzan: (chance, at) => `E${shopTimeOf(at).replace(/\D/g, "")}${digits(chance, 9)}`,
  wechat: (chance) => `37${digits(chance, 17)}`,
  pos: (chance) => `S${code(chance, 12).toUpperCase()}`,
};

export function merged(articles: readonly Article[]): Article[] {
  const bySku = new Map<string, Article>();
  for (const article of articles) {
    const known = bySku.get(article.product.sku);
    bySku.set(
      article.product.sku,
      known ? { ...known, quantity: known.quantity + article.quantity } : article,
    );
  }
  return [...bySku.values()];
}

export const goodsFenOf = (articles: readonly Article[]): number =>
  articles.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0);

const variantOf = ({ size, stage, pack }: Product): string =>
  size !== undefined ? `规格:${size}` : stage !== undefined ? `规格:${stage}段${pack.count}g` : "规格:标准";

/** The lines of an order; the discount lies on them in proportion, what does not divide on the last. */
export function itemsOf(
  chance: Chance,
  id: string,
  articles: readonly Article[],
  discountFen: number,
): OrderItem[] {
  const goodsFen = goodsFenOf(articles);
  let left = goodsFen - discountFen;
  return articles.map(({ product, quantity, priceFen }, i) => {
    const share = Math.floor((priceFen * quantity * (goodsFen - discountFen)) / Math.max(1, goodsFen));
    const paidFen = i === articles.length - 1 ? left : share;
    left -= paidFen;
    return {
      line: i === 0 ? id : digits(chance, 19),
      sku: product.sku,
      productId: product.productId,
      title: product.name,
      variant: variantOf(product),
      category: product.category,
      ...{ quantity, priceFen, paidFen },
    };
  });
}

const hour = 3_600_000;

export type Steps = { readonly shippedAt: number; readonly completedAt: number };

export function stepsFrom(chance: Chance, paidAt: number, platform: PlatformId): Steps {
  if (platform === "pos") return { shippedAt: paidAt, completedAt: paidAt };
  const shippedAt = paidAt + whole(chance, 3 * hour, 48 * hour);
  return { shippedAt, completedAt: shippedAt + whole(chance, 4 * 24 * hour, 10 * 24 * hour) };
}
