import { readInstant } from "../cleaning/instants.ts";
import { isExcluded, type Mark } from "../cleaning/marks.ts";
import { isPossible } from "../cleaning/time-bounds.ts";
import type { Identifier } from "../people/identity.ts";
import type { Event, EventType, ProfileChange, Said } from "./event.ts";
import { eventName } from "./event-name.ts";
import { messageHash } from "./message-hash.ts";
import { readOrder } from "./order.ts";
import { ownValue } from "./own-value.ts";
import { stripPersonalData } from "./personal-data.ts";
import type { RefusedItem } from "./refused-items.ts";
import { type Fields, fields, identifiersIn, idText, saidBy } from "./segment-traits.ts";
import { identifiersOf } from "./sensors/identities.ts";
import { plainName, presetEvents, readProperties } from "./sensors/preset-names.ts";

/** What an item is read with. */
export interface SensorsReading {
  source: number;
  zone: string;
  received: number;
  freshId: () => string;
}

/** What was said of a thing (item_set, item_delete), not of somebody. */
export interface ThingChange {
  thing: { type: string; id: string };
  /** null: it was deleted. */
  properties: Fields | null;
  at: number;
}

const profileChanges: Readonly<Record<string, ProfileChange>> = {
  profile_set_once: "set-once",
  profile_increment: "increment",
  profile_append: "append",
  profile_unset: "unset",
  profile_delete: "delete",
};
const deeds = new Set(["track", "track_signup", "track_id_bind", "track_id_unbind"]);
const longestItem = 32 * 1024;
const smallestSkewMs = 5_000;

/** Reads one item of the Sensors Analytics protocol, or says why it is refused. docs/sensors.md has the tables. */
export function readSensorsItem(value: unknown, reading: SensorsReading): Event | ThingChange | RefusedItem {
  const item = fields(value);
  if (item === undefined) return "collect/not-an-object";
  const type = item["type"];
  if (typeof type !== "string") return "collect/unknown-type";
  const stated = item["properties"] ?? {};
  const properties = fields(stated);
  if (properties === undefined) return "collect/properties-not-an-object";
  const marks: Mark[] = [];
  const at = readTime(item, reading, marks);
  if (at === null) return "collect/bad-timestamp";
  if (type === "item_set" || type === "item_delete") return readThing(item, type, properties, at);
  if (type !== "profile_set" && ownValue(profileChanges, type) === undefined && !deeds.has(type))
    return "collect/unknown-type";
  const identifiers = type === "track_id_unbind" ? unbound(item) : identifiersOf(item);
  if (identifiers.length === 0) return "collect/no-identity";
  const message = messageOf(item, reading);
  const common = { message, at, marks };
  return deeds.has(type)
    ? readDeed(item, type, properties, identifiers, common)
    : readProfile(type, properties, identifiers, common, reading.zone);
}

interface Common {
  message: string;
  at: number;
  marks: Mark[];
}

function readDeed(
  item: Fields,
  type: string,
  properties: Fields,
  identifiers: Identifier[],
  common: Common,
): Event | RefusedItem {
  const written = item["event"] ?? (type === "track_signup" ? "$SignUp" : undefined);
  const plain = eventName(written);
  if (plain === null) return "collect/no-event-name";
  if (type === "track_signup") addPrevious(item, identifiers);
  const [name, kind] = ownValue(presetEvents, plain) ?? [plain, "track" as const];
  // A sign-in and a bind are decisions: they count even where the same two were left apart before.
  const rule = ruleOf(type);
  const read = readProperties(properties);
  return finish({ ...common, identifiers, rule, type: kind, name, properties: read, said: [] }, read);
}

/** What is unbound stands in the identities; who does it, beside them, keeps what is his. */
function unbound(item: Fields): Identifier[] {
  const named = identifiersOf({ identities: item["identities"] });
  return named.length > 0 ? named : identifiersOf(item);
}

const ruleOf = (type: string): Event["rule"] => {
  if (type === "track_id_unbind") return "unbind";
  return type === "track_signup" || type === "track_id_bind" ? "alias" : "same-message";
};

/** The visitor who signed in: what was done under the old id was done by the same person. */
function addPrevious(item: Fields, identifiers: Identifier[]): void {
  const previous = idText(item["original_id"]);
  const login = idText(item["distinct_id"]);
  // A server's SDK does not say later whether a distinct id is a login; under both it leads to the same person.
  for (const value of [previous, login])
    if (
      value !== undefined &&
      !identifiers.some((one) => one.namespace === "anonymous" && one.value === value)
    )
      identifiers.push({ namespace: "anonymous", value });
}

function readProfile(
  type: string,
  properties: Fields,
  identifiers: Identifier[],
  common: Common,
  zone: string,
): Event | RefusedItem {
  const change = ownValue(profileChanges, type);
  if (change === "increment" && !Object.values(properties).every((one) => Number.isFinite(one)))
    return "collect/not-a-number";
  const traits = Object.fromEntries(Object.entries(properties).map(([key, one]) => [plainName(key), one]));
  if (Buffer.byteLength(JSON.stringify(traits)) > longestItem) return "collect/too-large";
  const states = change === undefined || change === "set-once";
  const more = states ? identifiersIn(traits, undefined) : [];
  const said: Said[] =
    change === undefined
      ? saidBy(traits, zone, common.marks)
      : [{ kind: "profile", change, values: withoutIdentifiers(traits, states) }];
  return finish(
    {
      ...common,
      identifiers: [...identifiers, ...more],
      rule: "same-message",
      type: "identify",
      name: "Identified",
      properties: {},
      said,
    },
    {},
  );
}

/** They are identifiers, and not said twice. */
function withoutIdentifiers(traits: Fields, states: boolean): Fields {
  if (!states) return traits;
  const { phone: _phone, mobile: _mobile, email: _email, ...rest } = traits;
  return rest;
}

interface Unfinished extends Common {
  identifiers: Identifier[];
  rule: Event["rule"];
  type: EventType;
  name: string;
  properties: Fields;
  said: readonly Said[];
}

function finish(unfinished: Unfinished, properties: Fields): Event | RefusedItem {
  const order = readOrder(properties);
  const kept = stripPersonalData(unfinished.properties);
  if (Buffer.byteLength(kept.json) > longestItem) return "collect/too-large";
  const marks = [...unfinished.marks, ...order.marks];
  if (kept.found) marks.push("personal-data-masked");
  const { orderId, amountFen, quantity, items } = order;
  return {
    ...unfinished,
    ...{ orderId, amountFen, quantity, items, marks },
    excluded: isExcluded(marks),
    properties: kept.json,
  };
}

function readThing(item: Fields, type: string, properties: Fields, at: number): ThingChange | RefusedItem {
  const kind = idText(item["item_type"]);
  const id = idText(item["item_id"]);
  if (kind === undefined || id === undefined) return "collect/no-item";
  const plain = Object.fromEntries(Object.entries(properties).map(([key, one]) => [plainName(key), one]));
  return { thing: { type: kind, id }, properties: type === "item_set" ? plain : null, at };
}

/** When it happened by our clock: `_flush_time`, the sender's clock on sending, shows how far that clock is off. */
function readTime(item: Fields, { zone, received }: SensorsReading, marks: Mark[]): number | null {
  const written = item["time"];
  if (written === undefined || written === null) return received;
  const stated = readInstant(written, zone);
  if (stated === null) return null;
  const flushed = item["_flush_time"];
  const sent = flushed === undefined || flushed === null ? null : readInstant(flushed, zone);
  const isOff = sent !== null && Math.abs(received - sent) > smallestSkewMs;
  const at = isOff ? stated + (received - sent) : stated;
  if (isPossible(at, received)) return at;
  marks.push("time-impossible");
  return received;
}

/** An item sent again differs in the time of sending only. */
function messageOf(item: Fields, { source, freshId }: SensorsReading): string {
  const { _flush_time: _sent, ...content } = item;
  if (item["_track_id"] === undefined && item["time"] === undefined) return messageHash(source, freshId());
  return messageHash(source, `sensors ${JSON.stringify(content)}`);
}
