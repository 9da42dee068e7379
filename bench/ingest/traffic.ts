/** What a shop's pages and servers send: views, carts, orders of people who come again. The same numbers in each run. */
export interface Traffic {
  /** The body of one request of `size` events. */
  batch(size: number): string;
  /** The body of a single track call. */
  single(): string;
}

const categories = ["formula", "diapers", "clothing", "toys", "maternity", "food"];
const pages = ["首页", "奶粉专区", "纸尿裤专区", "婴儿辅食", "会员中心"];
/** Events written out beforehand: the load generator shares its cores with the server and must cost little. */
const prepared = 5_000;

export function createTraffic(seed: number, users: number, strangers = false): Traffic {
  const below = chance(seed);
  // Each is cut where its message id goes in; a text given before is a message of its own by another id.
  const events = Array.from({ length: prepared }, () => cut(eventOf(below, users)));
  const singles = Array.from({ length: prepared }, () => cut(trackOf(below, users, 0)));
  let made = 0;
  const next = (from: readonly (readonly [string, string])[], at: string): string => {
    const [before, after] = from[below(prepared)] as [string, string];
    if (strangers) return strangerOf(before, after, `${seed}-${made++}`, at);
    return `${before}node-next-${seed}-${made++}-7f3a91c2-55aa-4b1d","timestamp":"${at}"${after}`;
  };
  return {
    batch(size) {
      const at = new Date().toISOString();
      let text = "";
      for (let i = 0; i < size; i += 1) text += `${i === 0 ? "" : ","}${next(events, at)}`;
      return `{"batch":[${text}],"sentAt":"${at}"}`;
    },
    single: () => next(singles, new Date().toISOString()),
  };
}

/** The same event by somebody new: no user, and a browser of its own. */
function strangerOf(before: string, after: string, id: string, at: string): string {
  const anonymous = before
    .replace(/"userId":"[^"]*",/, "")
    .replace(/"anonymousId":"[^"]*"/, `"anonymousId":"visitor-${id}"`);
  return `${anonymous}node-next-${id}-7f3a91c2-55aa-4b1d","timestamp":"${at}"${after}`;
}

function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function cut(event: object): [string, string] {
  const [before = "", after = ""] = JSON.stringify({ ...event, messageId: "" }).split('"messageId":"');
  return [`${before}"messageId":"`, after.slice(1)];
}

function eventOf(below: (n: number) => number, users: number): object {
  const kind = below(100);
  if (kind >= 15) return { type: "track", ...trackOf(below, users, kind) };
  return {
    ...who(below(users)),
    type: "page",
    name: pages[below(5)],
    properties: { path: "/", title: "母婴商城" },
  };
}

const who = (user: number) => ({
  userId: `member-${user}`,
  anonymousId: `browser-${user}-5d41402abc4b`,
  context: {
    library: { name: "@segment/analytics-node", version: "3.1.0" },
    page: { path: "/product", referrer: "https://shop.example.cn/" },
  },
});

function trackOf(below: (n: number) => number, users: number, kind: number): object {
  const user = below(users);
  const order = { order_id: `T${below(1e9)}`, currency: "CNY", total: 128.5 + below(40_000) / 100 };
  if (kind < 80) {
    const properties = { ...product(below, 1), currency: "CNY", position: below(20) };
    return { ...who(user), event: "Product Viewed", properties };
  }
  if (kind < 94) {
    const properties = { ...product(below, 1 + below(3)), currency: "CNY", cart_id: `C${user}` };
    return { ...who(user), event: "Product Added", properties };
  }
  const products = [product(below, 1), product(below, 2)];
  return { ...who(user), event: "Order Completed", properties: { ...order, products } };
}

function product(below: (n: number) => number, quantity: number) {
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
}
