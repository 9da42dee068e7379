import { gzipSync } from "node:zlib";
import fc from "fast-check";

/** One request, however wrong. */
export interface Shot {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const awkward = fc.constantFrom<unknown>(
  ...[
    null,
    "",
    " ",
    0,
    -1,
    1e308,
    -0,
    "\0",
    "\ud800",
    "null",
    "__proto__",
    "constructor",
    "\u202e",
    "字".repeat(9_000),
  ],
  ...[
    [],
    {},
    [[[]]],
    { $ne: 1 },
    "1' or 1=1 --",
    "{p0:UInt32}",
    "13800000000",
    "2026-02-30",
    "9".repeat(400),
    true,
  ],
);
const value = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: awkward },
  fc.string(),
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom("sku", "price", "products", "revenue", "phone", "$name", "children", "\0", "\ud800"),
);
const fields = fc.oneof({ weight: 12, arbitrary: fc.dictionary(key, value, { maxKeys: 6 }) }, value);
/** Mostly of the right shape, so that most of them come further than the first check. */
const of = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 14, arbitrary: usual }, value);
const text = of(fc.constantFrom("u1", "u2", "a1", "妈妈"));
const time = of(fc.constantFrom("2026-05-01T00:00:00Z", "2026/5/1 8:00", 1_770_000_000, 1_770_000_000_000));

const segmentItem = fc.record(
  {
    type: of(fc.constantFrom("track", "page", "screen", "identify", "group", "alias")),
    event: of(fc.constantFrom("Order Completed", "Product Viewed")),
    ...{ userId: text, anonymousId: text, groupId: text, previousId: text, messageId: of(fc.uuid()) },
    ...{
      timestamp: time,
      sentAt: time,
      context: fields,
      properties: fields,
      traits: fields,
      integrations: value,
    },
  },
  { requiredKeys: ["type"] },
);
const sensorsItem = fc.record(
  {
    type: of(
      fc.constantFrom(
        ...["track", "track_signup", "track_id_bind", "track_id_unbind", "profile_set", "profile_set_once"],
        ...[
          "profile_increment",
          "profile_append",
          "profile_unset",
          "profile_delete",
          "item_set",
          "item_delete",
        ],
      ),
    ),
    event: of(fc.constantFrom("$pageview", "$SignUp", "ViewProduct")),
    ...{ distinct_id: text, login_id: text, anonymous_id: text, original_id: text, identities: fields },
    ...{
      time,
      _flush_time: time,
      _track_id: value,
      properties: fields,
      lib: fields,
      item_type: text,
      item_id: text,
    },
  },
  { requiredKeys: ["type"] },
);
const record = fc.record(
  {
    order_id: of(fc.uuid()),
    sku: text,
    at: time,
    amount: value,
    status: value,
    phone: value,
    products: value,
    changed_at: time,
  },
  { requiredKeys: [] },
);
const kinds = [
  "order",
  "product",
  "stock",
  "purchase-order",
  "spend",
  "member",
  "ticket",
  "review",
  "survey",
];
/** A byte changed, cut out or cut off: what a bad line does. */
const damage = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("change", "cut", "drop")),
);

function damaged(bytes: Buffer, how: [number, number, string] | null): Buffer {
  if (how === null || bytes.length === 0) return bytes;
  const [place, byte, what] = how;
  const at = place % bytes.length;
  if (what === "cut") return bytes.subarray(0, at);
  if (what === "drop") return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  const copy = Buffer.from(bytes);
  copy[at] = byte;
  return copy;
}

/** Requests to every way in, mostly of the right shape, so that most of them come further than the first check. */
export function shots(key: string, apiPaths: readonly string[], apiKey: string): fc.Arbitrary<Shot> {
  const json = (what: unknown) => Buffer.from(JSON.stringify(what) ?? "");
  const segment = fc
    .tuple(
      fc.constantFrom("batch", "import", "track", "identify", "page", "group", "alias", "t", "b"),
      fc.array(of(segmentItem), { maxLength: 5 }),
      time,
      damage,
      fc.nat(5),
    )
    .map(([path, items, sentAt, how, packed]): Shot => {
      const isBatch = /^b|import/.test(path);
      const body = damaged(json(isBatch ? { batch: items, sentAt } : (items[0] ?? {})), how);
      const zipped = packed === 0;
      return {
        ...{ method: "POST", path: `/v1/${path}`, body: zipped ? gzipSync(body) : body },
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
          "content-type": packed === 1 ? "text/plain" : "application/json",
          ...(zipped || packed === 2 ? { "content-encoding": packed === 2 ? "deflate" : "gzip" } : {}),
        },
      };
    });
  const sensors = fc
    .tuple(
      fc.constantFrom("/sa", "/sa.gif", "/debug"),
      fc.array(of(sensorsItem), { maxLength: 4 }),
      damage,
      fc.nat(6),
    )
    .map(([path, items, how, way]): Shot => {
      const packed = way === 0 ? gzipSync(json(items)) : json(items);
      const data = damaged(Buffer.from(packed.toString("base64")), how).toString("latin1");
      const form = new URLSearchParams({
        data_list: data,
        gzip: way === 0 ? "1" : way === 1 ? "9" : "0",
        ...(way === 2 ? { crc: "7" } : {}),
      }).toString();
      const isGet = way === 3 && path !== "/debug" && form.length < 8_000;
      return {
        ...{ method: isGet ? "GET" : "POST", path: `${path}?token=${key}${isGet ? `&${form}` : ""}` },
        headers: isGet ? {} : { "content-type": "application/x-www-form-urlencoded" },
        body: Buffer.from(isGet ? "" : form),
      };
    });
  // A workspace's records are written one batch after another: sent to several, they wait less for each other.
  const records = fc
    .tuple(
      fc.constantFrom(...apiPaths),
      fc.constantFrom(...kinds),
      fc.array(of(record), { maxLength: 4 }),
      damage,
    )
    .map(
      ([path, kind, items, how]): Shot => ({
        ...{ method: "POST", path: `${path}/records/${kind}:batch` },
        body: damaged(json({ records: items }), how),
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      }),
    );
  const noise = fc
    .tuple(
      fc.constantFrom("/v1/batch", "/v1/track", "/sa", "/sa.gif", "/debug"),
      fc.uint8Array({ maxLength: 300 }),
    )
    .map(
      ([path, bytes]): Shot => ({
        method: "POST",
        path: `${path}?token=${key}`,
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
        body: Buffer.from(bytes),
      }),
    );
  return fc.oneof(
    { weight: 5, arbitrary: segment },
    { weight: 5, arbitrary: sensors },
    { weight: 1, arbitrary: records },
    { weight: 1, arbitrary: noise },
  );
}
