import { z } from "zod";
import { ConsentState, Purpose } from "./privacy.ts";

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

const text = (most = 200) => z.string().trim().max(most);
/** A name or number that makes the record the same one elsewhere. */
const Key = z.union([z.string().trim().min(1).max(200), z.number().int().transform(String)]);
/** A decimal amount of yuan: 268, "268.00", "¥1,268". */
const Money = z.union([z.number(), text(40)]);
/** ISO 8601 with or without zone, "2026-06-01 12:00:00", or epoch seconds or milliseconds. */
const When = z.union([text(40).min(1), z.number()]);
const Quantity = z.number().min(-2e9).max(2e9);
const Share = z.number().min(0);

/** Whom a record is about: [{"namespace": "phone", "value": "13812345678"}, {"namespace": "member:tmall", …}]. */
const Identifiers = z
  .array(
    z.object({ namespace: text(100).min(1), value: z.union([text(1000), z.number().transform(String)]) }),
  )
  .max(20);
const Traits = z.record(z.string().max(100), z.unknown());

const about = {
  /** When your system last changed the record; the newest wins. Without it: when it arrives. */
  changedAt: When.optional(),
};

export const OrderStatus = z.enum([
  "placed",
  "deposit-paid",
  "paid",
  "shipped",
  "completed",
  "cancelled",
  "refunded",
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const OrderItem = z.object({
  /** The order line's own number, where the platform gives one. */
  line: text().optional(),
  sku: text().default(""),
  product: text().optional(),
  name: text(500).optional(),
  variant: text(500).optional(),
  category: text().optional(),
  quantity: Quantity.default(1),
  price: Money.optional(),
  /** What was paid for the whole line; without it price × quantity. */
  amount: Money.optional(),
  isGift: z.boolean().optional(),
});

export const OrderRefund = z.object({
  id: text().optional(),
  at: When.optional(),
  amount: Money,
  reason: text(500).optional(),
});

export const OrderRecord = z.object({
  ...about,
  order: Key,
  /** Orders of two shops may have one number. */
  shop: text().default(""),
  platform: text(40).optional(),
  status: OrderStatus.default("paid"),
  placedAt: When.optional(),
  paidAt: When.optional(),
  shippedAt: When.optional(),
  completedAt: When.optional(),
  cancelledAt: When.optional(),
  /** What the buyer paid for the whole order, freight included. Without it the items' sum. */
  amount: Money.optional(),
  freight: Money.optional(),
  discount: Money.optional(),
  deposit: Money.optional(),
  currency: text(10).optional(),
  coupon: text().optional(),
  identifiers: Identifiers.default([]),
  /** Of the buyer: name, province, city, district, address … */
  buyer: Traits.optional(),
  items: z.array(OrderItem).max(500).optional(),
  refunds: z.array(OrderRefund).max(50).optional(),
  /** Test and brush orders are kept and stay out of sums. */
  isTest: z.boolean().optional(),
});

export const ProductRecord = z.object({
  ...about,
  sku: Key,
  product: text().optional(),
  name: text(500).default(""),
  brand: text().optional(),
  category: text().optional(),
  /** As the maker writes it: 900g×6, NB84片, 2段. Read from the name when it is missing. */
  pack: text().optional(),
  barcode: text().optional(),
  price: Money.optional(),
  cost: Money.optional(),
  status: z.enum(["on-sale", "off-sale"]).optional(),
});

export const StockRecord = z.object({
  ...about,
  sku: Key,
  place: text().default(""),
  /** The day or moment the count was taken. */
  at: When,
  onHand: Quantity,
  reserved: Quantity.optional(),
  inTransit: Quantity.optional(),
  batch: text().optional(),
  expiresOn: text(40).optional(),
});

export const PurchaseOrderRecord = z.object({
  ...about,
  number: Key,
  line: text().default(""),
  supplier: text().optional(),
  sku: Key,
  quantity: Quantity,
  received: Quantity.optional(),
  price: Money.optional(),
  orderedAt: When,
  expectedAt: When.optional(),
  receivedAt: When.optional(),
  place: text().optional(),
  status: z.enum(["open", "partly-received", "received", "cancelled"]).optional(),
});

export const SpendRecord = z.object({
  ...about,
  platform: text(40).min(1),
  account: text().default(""),
  campaign: text(300).default(""),
  unit: text(300).default(""),
  creative: text(300).default(""),
  /** The day the money was spent, by the platform's calendar. */
  day: When,
  spend: Money,
  impressions: Share.optional(),
  clicks: Share.optional(),
  conversions: Share.optional(),
  orders: Share.optional(),
  revenue: Money.optional(),
});

export const MemberChild = z.object({
  key: text().optional(),
  bornOn: text(40).optional(),
  dueOn: text(40).optional(),
  gender: text(20).optional(),
  name: text().optional(),
});

export const MemberRecord = z.object({
  ...about,
  /** The member number within its programme. */
  member: Key,
  programme: text().default(""),
  identifiers: Identifiers.default([]),
  joinedAt: When.optional(),
  tier: text().optional(),
  points: z.number().optional(),
  traits: Traits.optional(),
  children: z.array(MemberChild).max(20).optional(),
  consents: z
    .array(z.object({ purpose: Purpose.exclude(["service", "orders"]), state: ConsentState }))
    .max(20)
    .optional(),
});

export const TicketRecord = z.object({
  ...about,
  ticket: Key,
  identifiers: Identifiers.default([]),
  order: text().optional(),
  sku: text().optional(),
  channel: text().optional(),
  topic: text().optional(),
  text: text(5000).optional(),
  status: z.enum(["open", "closed"]).default("open"),
  openedAt: When,
  closedAt: When.optional(),
  agent: text().optional(),
  score: z.number().optional(),
});

export const ReviewRecord = z.object({
  ...about,
  review: Key,
  identifiers: Identifiers.default([]),
  order: text().optional(),
  sku: text().default(""),
  product: text().optional(),
  rating: z.number().min(0).max(100).optional(),
  text: text(5000).default(""),
  at: When,
  reply: text(5000).optional(),
  photos: z.number().int().min(0).optional(),
});

export const SurveyRecord = z.object({
  ...about,
  response: Key,
  survey: text(300).default(""),
  identifiers: Identifiers.default([]),
  at: When,
  /** 0 to 10, "how likely would you recommend us". */
  nps: z.number().min(0).max(10).optional(),
  answers: z.record(z.string().max(300), z.union([z.string().max(5000), z.number(), z.boolean()])).optional(),
});

/** What an item of POST …/records/{kind}:batch holds. */
export const recordSchemas = {
  order: OrderRecord,
  product: ProductRecord,
  stock: StockRecord,
  "purchase-order": PurchaseOrderRecord,
  spend: SpendRecord,
  member: MemberRecord,
  ticket: TicketRecord,
  review: ReviewRecord,
  survey: SurveyRecord,
} as const satisfies Record<RecordKindId, z.ZodType>;
export type RecordInput<Kind extends RecordKindId> = z.output<(typeof recordSchemas)[Kind]>;

export const mostRecords = 5000;

/** Items are checked one by one: a bad one is answered by its index, the others are kept. */
export const RecordBatch = z.object({
  records: z.array(z.record(z.string(), z.unknown())).min(1),
});
export const RefusedRecord = z.object({
  index: z.number(),
  code: z.string(),
  /** Where in the item, e.g. items[0].quantity. */
  path: z.string().optional(),
  message: z.string(),
});
export const RecordBatchAnswer = z.object({
  accepted: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  /** Older than what is known: kept as history. */
  older: z.number(),
  rejected: z.array(RefusedRecord),
});
export type RecordBatchAnswer = z.infer<typeof RecordBatchAnswer>;
