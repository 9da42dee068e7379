import type { DeviceProperty, DeviceTopic } from "@stork/contract/devices.ts";
import type { z } from "zod";
import { readInstant } from "../cleaning/instants.ts";
import { isExcluded, type Mark } from "../cleaning/marks.ts";
import { isPossible } from "../cleaning/time-bounds.ts";
import { type Finder, readFrom } from "./devices/from.ts";
import { type Parts, readPayload } from "./devices/payload.ts";
import { readPattern, type TopicPattern } from "./devices/topic.ts";
import { measure } from "./devices/units.ts";
import type { Event } from "./event.ts";
import { eventName } from "./event-name.ts";
import { messageHash } from "./message-hash.ts";
import { ownValue } from "./own-value.ts";
import { stripPersonalData } from "./personal-data.ts";
import type { RefusedDevice } from "./refused-devices.ts";
import { idText } from "./segment-traits.ts";

/** A message as the broker handed it over. */
export interface DeviceMessage {
  topic: string;
  bytes: Buffer;
  /** The broker's number of the message, which it keeps when it sends the message again; null: it has none. */
  packet: number | null;
  retained: boolean;
}

export interface DeviceReadings {
  source: number;
  zone: string;
  received: number;
  /** A text never given before. */
  freshId: () => string;
}

type Property = z.output<typeof DeviceProperty>;
type Topic = z.output<typeof DeviceTopic>;

interface Mapping {
  topic: Topic;
  pattern: TopicPattern;
  event: Finder;
  identifiers: { namespace: string; find: Finder }[];
  time: Finder | null;
  messageId: Finder | null;
  properties: { property: Property; find: Finder }[];
}

export interface ReadDevice {
  pattern: string;
  event: Event;
}

/** Turns messages into events by a source's topics; made once for a source. */
export interface DeviceReader {
  /** What to ask the broker for. */
  filters: readonly string[];
  read(message: DeviceMessage, readings: DeviceReadings): ReadDevice | RefusedDevice;
}

const hourMs = 3_600_000;

/** The settings are checked before; a part that means nothing finds nothing. */
export function createDeviceReader(topics: readonly Topic[]): DeviceReader {
  const mappings = topics.flatMap((topic) => mappingOf(topic));
  return {
    filters: [...new Set(mappings.map(({ pattern }) => pattern.filter))],
    read(message, readings) {
      for (const mapping of mappings) {
        const levels = mapping.pattern.match(message.topic);
        if (levels === null) continue;
        const payload = readPayload(mapping.topic, message.bytes);
        if (typeof payload === "string") return payload;
        const event = readEvent(mapping, { ...payload, topic: message.topic, levels }, message, readings);
        return typeof event === "string" ? event : { pattern: mapping.topic.pattern, event };
      }
      return "device/unknown-topic";
    },
  };
}

function mappingOf(topic: Topic): Mapping[] {
  const pattern = readPattern(topic.pattern);
  if (pattern === null) return [];
  const finder = (from: string): Finder => readFrom(from) ?? (() => undefined);
  return [
    {
      ...{ topic, pattern },
      event: finder(topic.event),
      identifiers: topic.identifiers.map(({ namespace, from }) => ({ namespace, find: finder(from) })),
      time: topic.time === undefined ? null : finder(topic.time),
      messageId: topic.messageId === undefined ? null : finder(topic.messageId),
      properties: topic.properties.map((property) => ({ property, find: finder(property.from) })),
    },
  ];
}

function readEvent(
  mapping: Mapping,
  parts: Parts,
  message: DeviceMessage,
  readings: DeviceReadings,
): Event | RefusedDevice {
  const name = eventName(mapping.event(parts));
  if (name === null) return "device/no-event-name";
  const identifiers = mapping.identifiers.flatMap(({ namespace, find }) => {
    const value = idText(find(parts));
    return value === undefined ? [] : [{ namespace, value }];
  });
  if (identifiers.length === 0) return "device/no-identifier";
  const marks: Mark[] = [];
  const at = readTime(mapping, parts, readings, marks);
  if (at === null) return "device/bad-time";
  const properties = readProperties(mapping, parts);
  if (typeof properties === "string") return properties;
  const kept = stripPersonalData(properties);
  if (kept.found) marks.push("personal-data-masked");
  return {
    ...{ identifiers, at, marks },
    rule: "same-message",
    message: messageHash(readings.source, keyOf(mapping, parts, message, readings)),
    type: "track",
    name,
    ...{ orderId: "", amountFen: 0, quantity: 0, items: [], said: [] },
    excluded: isExcluded(marks),
    properties: kept.json,
  };
}

function readTime(
  { time }: Mapping,
  parts: Parts,
  { zone, received }: DeviceReadings,
  marks: Mark[],
): number | null {
  const written = time?.(parts);
  if (written === undefined || written === null) return received;
  const at = readInstant(written, zone);
  if (at === null) return null;
  if (isPossible(at, received)) return at;
  marks.push("time-impossible");
  return received;
}

function readProperties({ properties }: Mapping, parts: Parts): Record<string, unknown> | RefusedDevice {
  const read: Record<string, unknown> = {};
  for (const { property, find } of properties) {
    const found = find(parts);
    if (found === undefined || found === null || found === "") {
      if (property.required) return "device/missing-property";
      continue;
    }
    const value = propertyValue(property, found);
    if (value === null) return "device/unreadable-property";
    read[property.name] = value;
  }
  return read;
}

const truths: Readonly<Record<string, boolean>> = {
  ...{ true: true, "1": true, on: true, yes: true, 是: true, 开: true },
  ...{ false: false, "0": false, off: false, no: false, 否: false, 关: false },
};

function propertyValue({ as, unit, sentIn }: Property, found: unknown): unknown {
  if (as === "boolean") return ownValue(truths, String(found).trim().toLowerCase()) ?? null;
  if (as === "text") return typeof found === "object" ? null : String(found).slice(0, 2_000).toWellFormed();
  return measure(found, unit, sentIn);
}

/**
 * What makes a message sent again the same one: its own id; else its content, which has its time in it; else its
 * number with the broker. Numbers come round again, so they count within an hour.
 */
function keyOf(mapping: Mapping, parts: Parts, message: DeviceMessage, readings: DeviceReadings): string {
  const id = idText(mapping.messageId?.(parts));
  if (id !== undefined) return `device ${parts.topic} ${id}`;
  const content = `device ${message.topic}\n${message.bytes.toString("base64")}`;
  if (message.retained || idText(mapping.time?.(parts)) !== undefined) return content;
  return `${content}\n${message.packet ?? readings.freshId()}\n${Math.floor(readings.received / hourMs)}`;
}
