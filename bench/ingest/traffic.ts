/** What a shop's pages and servers send: views, carts, orders of people who come again. The same numbers in each run. */
export interface Traffic {
  /** Writes the body of one request of `size` events. */
  batch(into: Buffer, size: number): Buffer;
  /** Writes the body of a single track call. */
  single(into: Buffer): Buffer;
}

/** Room that a request of so many events never fills. */
export const roomFor = (size: number): number => (size + 1) * 2_048;

/** An event as bytes, cut where its message id goes in. */
type Cut = readonly [Buffer, Buffer];

const categories = ["formula", "diapers", "clothing", "toys", "maternity", "food"];
const pages = ["首页", "奶粉专区", "纸尿裤专区", "婴儿辅食", "会员中心"];
/** Events written out beforehand: the load generator shares its cores with the server and must cost little. */
const prepared = 5_000;

export function createTraffic(seed: number, users: number, strangers = false): Traffic {
  const below = chance(seed);
  // A text given before is a message of its own by another id.
  const events = Array.from({ length: prepared }, () => cut(eventOf(below, users)));
  const singles = Array.from({ length: prepared }, () => cut(trackOf(below, users, 0)));
  let made = 0;
  const next = (into: Buffer, from: number, among: readonly Cut[], at: string): number => {
    const [before, after] = among[below(prepared)] as Cut;
    const id = `${seed}-${made++}`;
    let end = put(into, from, strangers ? strangerOf(before, id) : before);
    end = ascii(into, end, `node-next-${id}-7f3a91c2-55aa-4b1d","timestamp":"${at}"`);
    return put(into, end, after);
  };
  return {
    batch(into, size) {
      const at = new Date().toISOString();
      let end = ascii(into, 0, '{"batch":[');
      for (let i = 0; i < size; i += 1) end = next(into, i === 0 ? end : ascii(into, end, ","), events, at);
      return into.subarray(0, ascii(into, end, `],"sentAt":"${at}"}`));
    },
    single: (into) => into.subarray(0, next(into, 0, singles, new Date().toISOString())),
  };
}

function put(into: Buffer, from: number, bytes: Buffer): number {
  into.set(bytes, from);
  return from + bytes.length;
}

const ascii = (into: Buffer, from: number, text: string): number => from + into.write(text, from, "latin1");

/** The same event by somebody new: no user, and a browser of its own. */
const strangerOf = (before: Buffer, id: string): Buffer =>
  Buffer.from(
    before
      .toString()
      .replace(/"userId":"[^"]*",/, "")
      .replace(/"anonymousId":"[^"]*"/, `"anonymousId":"visitor-${id}"`),
  );

function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function cut(event: object): Cut {
  const [before = "", after = ""] = JSON.stringify({ ...event, messageId: "" }).split('"messageId":"');
  return [Buffer.from(`${before}"messageId":"`), Buffer.from(after.slice(1))];
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
