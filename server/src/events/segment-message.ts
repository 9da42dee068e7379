import { readInstant } from "../cleaning/instants.ts";
import { isExcluded, type Mark } from "../cleaning/marks.ts";
import { isPossible } from "../cleaning/time-bounds.ts";
import type { Identifier } from "../people/identity.ts";
import { type Event, eventTypes, type Said, type SegmentType } from "./event.ts";
import { eventName } from "./event-name.ts";
import { messageHash } from "./message-hash.ts";
import { readOrder } from "./order.ts";
import { stripPersonalData } from "./personal-data.ts";
import type { RefusedItem } from "./refused-items.ts";
import { consentIn, type Fields, fields, identifiersIn, idText, saidBy } from "./segment-traits.ts";

/** What an item is read with. */
export interface Reading {
  source: number;
  zone: string;
  received: number;
  /** The batch's sentAt, for items that have none. */
  sentAt: unknown;
  /** The endpoint's type; undefined in a batch, where each item says its own. */
  type: SegmentType | undefined;
  /** A text never given before, for an item that nothing else can tell from its like. */
  freshId: () => string;
}

const longestItem = 32 * 1024;
const known: ReadonlySet<unknown> = new Set(eventTypes);
/** A clock this far off is a wrong clock; below it is the way over the net. */
const smallestSkewMs = 5_000;
const emptyOrder = readOrder({});
const noMarks: readonly Mark[] = [];
const nothingSaid: readonly Said[] = [];
const fixedNames: Readonly<Record<string, string>> = {
  page: "Page Viewed",
  screen: "Screen Viewed",
  identify: "Identified",
  group: "Grouped",
  alias: "Aliased",
};

/**
 * Reads one item of the Segment protocol into an event, or says why it is refused. Written by hand since it is the
 * hottest code of the server; SegmentMessage in the contract says the same as a schema, and a test holds the two together.
 */
export function readSegmentMessage(value: unknown, reading: Reading): Event | RefusedItem {
  const item = fields(value);
  if (item === undefined) return "collect/not-an-object";
  const type = reading.type ?? item["type"];
  if (!known.has(type)) return "collect/unknown-type";
  const context = optional(item["context"]);
  const traits = optional(item["traits"]);
  const properties = optional(item["properties"]);
  if (context === null || traits === null || properties === null) return "collect/properties-not-an-object";
  const name = eventName(type === "track" ? item["event"] : fixedNames[type as string]);
  if (name === null) return "collect/no-event-name";
  const identifiers = identify(item, type as SegmentType, traits, context);
  if (typeof identifiers === "string") return identifiers;
  const marks: Mark[] = [];
  const at = readTime(item, reading, marks);
  if (at === null) return "collect/bad-timestamp";
  const message = readMessageId(item, reading);
  if (message === null) return "collect/bad-message-id";
  const said = readSaid(type as SegmentType, traits, context, reading.zone, marks);
  const order = properties === undefined || type !== "track" ? emptyOrder : readOrder(properties);
  const kept = stripPersonalData(readProperties(item, type as SegmentType, properties, traits, context));
  if (isLarge(kept.json) || (traits !== undefined && isLarge(JSON.stringify(traits))))
    return "collect/too-large";
  if (kept.found) marks.push("personal-data-masked");
  for (const mark of order.marks) marks.push(mark);
  return {
    identifiers,
    rule: type === "alias" ? "alias" : "same-message",
    message,
    at,
    type: type as SegmentType,
    name,
    orderId: order.orderId,
    amountFen: order.amountFen,
    quantity: order.quantity,
    items: order.items,
    // Nearly all have none: they share one list.
    marks: marks.length === 0 ? noMarks : marks,
    excluded: marks.length > 0 && isExcluded(marks),
    properties: kept.json,
    said,
  };
}

const isLarge = (json: string): boolean =>
  json.length > longestItem || (json.length > longestItem / 3 && Buffer.byteLength(json) > longestItem);

/** null and absent are the same to every SDK; null here says: there, but not an object. */
function optional(value: unknown): Fields | undefined | null {
  return value === undefined || value === null ? undefined : (fields(value) ?? null);
}

function identify(
  item: Fields,
  type: SegmentType,
  traits: Fields | undefined,
  context: Fields | undefined,
): readonly Identifier[] | RefusedItem {
  const user = idText(item["userId"]);
  const anonymous = idText(item["anonymousId"]);
  if (user === undefined && anonymous === undefined) return "collect/no-identity";
  if (type === "track" || type === "page" || type === "screen") {
    const more = identifiersIn(traits, context);
    if (more.length === 0) return ownIds(user, anonymous);
  }
  const found: Identifier[] = [];
  if (user !== undefined) found.push({ namespace: "user", value: user });
  if (type === "alias") {
    const previous = idText(item["previousId"]);
    if (previous === undefined) return "collect/no-previous-id";
    // The protocol does not say whether the previous id was a user's or an anonymous one.
    found.push({ namespace: "anonymous", value: previous }, { namespace: "user", value: previous });
    if (user === undefined && anonymous !== undefined)
      found.push({ namespace: "anonymous", value: anonymous });
    // It says of these ids that they are one, and that stands above rules: the device it came from may be a family's.
    return found;
  }
  if (type === "group" && idText(item["groupId"]) === undefined) return "collect/no-group";
  if (anonymous !== undefined) found.push({ namespace: "anonymous", value: anonymous });
  if (traits !== undefined || context !== undefined)
    found.push(...identifiersIn(type === "group" ? undefined : traits, context));
  return found;
}

/** What nearly every event comes with. Written as lists of their size: one that grows is made for seventeen. */
function ownIds(user: string | undefined, anonymous: string | undefined): readonly Identifier[] {
  if (user === undefined) return [{ namespace: "anonymous", value: anonymous as string }];
  const first = { namespace: "user", value: user };
  return anonymous === undefined ? [first] : [first, { namespace: "anonymous", value: anonymous }];
}

/**
 * When it happened by our clock. The sender's clock may be wrong: sentAt, read on arrival, shows by how much. A time
 * before 2000 or in the future cannot be; the event is kept at the time of receipt, marked.
 */
function readTime(
  item: Fields,
  { zone, received, sentAt: batchSentAt }: Reading,
  marks: Mark[],
): number | null {
  const written = item["timestamp"] ?? item["originalTimestamp"];
  if (written === undefined || written === null) return received;
  const stated = readInstant(written, zone);
  if (stated === null) return null;
  let at = stated;
  const sentAt = item["sentAt"] ?? batchSentAt;
  // An item with receivedAt went through a collector before, which has corrected its time already.
  if (sentAt !== undefined && sentAt !== null && item["receivedAt"] === undefined) {
    const sent = readInstant(sentAt, zone);
    if (sent !== null && Math.abs(received - sent) > smallestSkewMs) at = stated + (received - sent);
  }
  if (isPossible(at, received)) return at;
  marks.push("time-impossible");
  return received;
}

/** Without a messageId an item that has its own time is recognised by its content; one that has neither cannot be. */
function readMessageId(item: Fields, reading: Reading): string | null {
  const id = item["messageId"];
  if (typeof id === "string" && id !== "") return id.length > 200 ? null : messageHash(reading.source, id);
  if (id !== undefined && id !== null && id !== "") return null;
  if (item["timestamp"] === undefined && item["originalTimestamp"] === undefined)
    return messageHash(reading.source, reading.freshId());
  const { sentAt: _sentAt, ...content } = item;
  return messageHash(reading.source, JSON.stringify([reading.type, content]));
}

function readSaid(
  type: SegmentType,
  traits: Fields | undefined,
  context: Fields | undefined,
  zone: string,
  marks: Mark[],
): readonly Said[] {
  const more = context === undefined ? undefined : fields(context["traits"]);
  if (traits === undefined && more === undefined && context?.["consent"] === undefined) return nothingSaid;
  const said: Said[] = [];
  // A group's traits are the group's, not the person's.
  if (traits !== undefined && type !== "group") said.push(...saidBy(traits, zone, marks));
  if (more !== undefined) said.push(...saidBy(more, zone, marks));
  said.push(...consentIn(context));
  return said;
}

/** The properties as they came, with the page's or group's own fields and the campaign that brought the visitor. */
function readProperties(
  item: Fields,
  type: SegmentType,
  properties: Fields | undefined,
  traits: Fields | undefined,
  context: Fields | undefined,
): Fields {
  const campaign = fields(context?.["campaign"]);
  if (type === "track" && campaign === undefined) return properties ?? {};
  const own: Record<string, unknown> = {};
  if (type === "page" || type === "screen") {
    if (typeof item["name"] === "string") own["name"] = item["name"];
    if (typeof item["category"] === "string") own["category"] = item["category"];
  }
  if (type === "group") {
    own["groupId"] = item["groupId"];
    if (traits !== undefined) own["traits"] = traits;
  }
  if (campaign !== undefined) own["campaign"] = campaign;
  return Object.keys(own).length === 0 ? (properties ?? {}) : { ...own, ...properties };
}
