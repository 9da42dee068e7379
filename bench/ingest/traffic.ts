/** What a shop's pages and servers send: views, carts, orders of people who come again. The same numbers in each run. */
export interface Traffic {
  /** The body of one request of `size` events. */
  batch(size: number): string;
  /** The body of a single track call. */
  single(): string;
}

const categories = ["formula", "diapers", "clothing", "toys", "maternity", "food"];
const pages = ["首页", "奶粉专区", "纸尿裤专区", "婴儿辅食", "会员中心"];

export function createTraffic(seed: number, users: number): Traffic {
  let state = seed;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  let made = 0;
  const product = (quantity: number) => {
    const id = below(600);
    return {
      product_id: `P${100_000 + id}`,
      sku: `SKU-${id}`,
      category: categories[id % 6],
      name: `婴幼儿用品 ${id} 号 2 段 800g`,
      brand: `品牌${id % 40}`,
      price: ((id * 37) % 50_000) / 100 + 9.9,
      quantity,
    };
  };
  const event = (): object => {
    const user = below(users);
    const who = {
      messageId: `node-next-${seed}-${made++}-7f3a91c2-55aa-4b1d`,
      userId: `member-${user}`,
      anonymousId: `browser-${user}-5d41402abc4b`,
      timestamp: new Date().toISOString(),
      context: {
        library: { name: "@segment/analytics-node", version: "3.1.0" },
        page: { path: "/product", referrer: "https://shop.example.cn/" },
      },
    };
    const kind = below(100);
    if (kind < 15)
      return { ...who, type: "page", name: pages[below(5)], properties: { path: "/", title: "母婴商城" } };
    if (kind < 80)
      return {
        ...who,
        type: "track",
        event: "Product Viewed",
        properties: { ...product(1), currency: "CNY", position: below(20) },
      };
    if (kind < 94)
      return {
        ...who,
        type: "track",
        event: "Product Added",
        properties: { ...product(1 + below(3)), currency: "CNY", cart_id: `C${user}` },
      };
    return {
      ...who,
      type: "track",
      event: "Order Completed",
      properties: {
        order_id: `T${seed}-${made}`,
        currency: "CNY",
        total: 128.5 + below(40_000) / 100,
        products: [product(1), product(2)],
      },
    };
  };
  return {
    batch: (size) =>
      JSON.stringify({ batch: Array.from({ length: size }, event), sentAt: new Date().toISOString() }),
    single: () => {
      const { type: _, ...body } = { type: "", event: "Product Viewed", ...event() };
      return JSON.stringify(body);
    },
  };
}
