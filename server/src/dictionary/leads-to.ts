import type { RecordKindId } from "@stork/contract/records.ts";
import { kinds } from "../records/kinds.ts";
import { knownFields } from "./known-fields.ts";
import { knownTags } from "./known-tags.ts";

/** What a field of a record is told as: properties of the events it tells, traits of its person. */
const told: Readonly<Record<RecordKindId, Readonly<Record<string, readonly string[]>>>> = {
  order: {
    ...ofEvent("Order Completed", {
      ...{ order: "order_id", shop: "shop", platform: "platform", currency: "currency", amountFen: "total" },
      ...{ freightFen: "shipping", discountFen: "discount", coupon: "coupon", items: "products" },
    }),
    refunds: ["event:Order Refunded", "property:Order Refunded/total"],
    cancelledAt: ["event:Order Cancelled"],
  },
  ticket: {
    ...ofEvent("Ticket Opened", {
      ...{ ticket: "ticket", order: "order_id", channel: "channel", topic: "topic", text: "text" },
    }),
    ...ofEvent("Ticket Closed", { closedAt: "hours", score: "score" }),
  },
  review: ofEvent("Product Reviewed", {
    ...{ review: "review_id", order: "order_id", sku: "product_id", rating: "rating", text: "review_body" },
  }),
  survey: ofEvent("Survey Answered", { survey: "survey", nps: "nps", answers: "answers" }),
  member: {
    ...ofEvent("Signed Up", { programme: "programme", joinedAt: "" }),
    ...{ tier: ["trait:tier"], points: ["trait:points"] },
  },
  ...{ product: {}, stock: {}, "purchase-order": {}, spend: {} },
};

/** An event's own name where a field says when it happened. */
function ofEvent(event: string, properties: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(properties).map(([field, property]) => [
      field,
      [property === "" ? `event:${event}` : `property:${event}/${property}`],
    ]),
  );
}

/** Columns whose field has another name, or that are said of the buyer; the others are named as their field is. */
const columns: Readonly<Partial<Record<RecordKindId, Readonly<Record<string, readonly string[]>>>>> = {
  order: {
    ...field("order", "items", [
      ...["line", "sku", "product", "variant", "title", "category", "quantity", "price", "linePaid"],
      ...["articleCode", "leaf", "root"],
    ]),
    ...field("order", "refunds", ["refund", "lineRefund", "refundStatus"]),
    ...field("order", "status", ["stages"]),
    ...field("order", "paidAt", ["day"]),
    ...field("order", "properties", ["property"]),
    ...field("order", "discountFen", ["platformDiscount"]),
    ...traits(["name", "province", "city", "district", "address"]),
  },
  member: {
    ...children("babyBirthday", ["bornOn", "bornOn2", "birthday"]),
    ...children("dueDate", ["dueOn", "dueOn2"]),
    ...children("babyGender", ["childGender", "childGender2"]),
    ...field("member", "consents", ["consent", "childConsent"]),
    ...traits(["name", "gender", "province", "city", "district", "address", "store", "channel"]),
    ...traits(["household", "idNumber"]),
  },
  survey: field("survey", "answers", ["reason"]),
};

function field(record: RecordKindId, name: string, targets: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(targets.map((target) => [target, [`record:${record}/${name}`]]));
}

function traits(targets: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(targets.map((target) => [target, [`trait:${target}`]]));
}

function children(trait: string, targets: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(targets.map((target) => [target, ["record:member/children", `trait:${trait}`]]));
}

/** The entries that a column becomes; none where it only says who somebody is, or only helps to read another. */
export function columnLeadsTo(record: RecordKindId, target: string): readonly string[] {
  const base = target.replace(/Fen$/, "");
  const own = columns[record];
  if (own !== undefined && Object.hasOwn(own, base)) return own[base] as readonly string[];
  const name = [`${base}Fen`, base].find((one) => Object.hasOwn(knownFields, one));
  return name === undefined ? [] : [`record:${record}/${name}`];
}

/** What an entry goes on as: a record as its events, a field as properties and traits, what a tag is worked out of as that tag. */
export function leadsTo(entry: string): readonly string[] {
  const [, record = "", name] = /^record:([a-z-]+)(?:\/(.+))?$/s.exec(entry) ?? [];
  const kind = Object.hasOwn(kinds, record) ? kinds[record as RecordKindId] : null;
  if (kind !== null && name === undefined) return kind.events.map((event) => `event:${event}`);
  const said = kind !== null && name !== undefined ? told[kind.id] : {};
  return [
    ...(name !== undefined && Object.hasOwn(said, name) ? (said[name] as readonly string[]) : []),
    ...Object.entries(knownTags).flatMap(([tag, { of }]) =>
      (of as readonly string[]).includes(entry) ? [`tag:${tag}`] : [],
    ),
  ];
}
