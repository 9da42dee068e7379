import { z } from "zod";
import { Instant, Words } from "./common.ts";

/**
 * Where a value of an event is taken from: a part of the topic that the pattern names (`topic.device`), a path into a
 * JSON payload (`$.weight`, `$.readings[0].ml`, `$['体重']`), the whole payload (`payload`), a field of a binary one
 * (`field.ml`), or a fixed text (`= baby scale`).
 */
export const DeviceFrom = z.string().trim().min(1).max(200);

/** How a payload is read: JSON; one number, alone or with its unit ("120 ml"); text; bytes by the table `fields`. */
export const PayloadFormat = z.enum(["json", "number", "text", "bytes"]);

export const ByteField = z.object({
  name: z.string().regex(/^[A-Za-z_][\w-]{0,39}$/),
  at: z.number().int().min(0).max(65_535),
  type: z.enum(["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]),
  endian: z.enum(["big", "little"]).default("big"),
  /** The value is the number times this, e.g. 0.1. */
  scale: z.number().default(1),
});

/** Units that become one another: millilitres, grams, degrees Celsius, centimetres, percent, seconds. */
export const DeviceUnit = z.enum(["ml", "g", "kg", "°C", "cm", "%", "s", "min"]);
export type DeviceUnit = z.infer<typeof DeviceUnit>;

export const DeviceProperty = z.object({
  name: z.string().trim().min(1).max(80),
  from: DeviceFrom,
  as: z.enum(["number", "text", "boolean"]).default("number"),
  /** The unit the property is kept in; a value sent with another unit of the same quantity is converted. */
  unit: DeviceUnit.optional(),
  /** Unit of values sent without one, when it is not `unit`. */
  sentIn: z.string().max(10).optional(),
  required: z.boolean().default(false),
});

/** What messages of one shape become. */
export const DeviceTopic = z.object({
  /** Levels as in MQTT: `devices/{device}/bottle/+`, `scales/#`; `{name}` is one level, named for use in the mapping. */
  pattern: z.string().trim().min(1).max(300),
  format: PayloadFormat.default("json"),
  fields: z.array(ByteField).max(50).default([]),
  /** The event's name: fixed (`= Bottle Fed`), or taken from the message. */
  event: DeviceFrom,
  /** Whom it is about; at least one must be found in each message. */
  identifiers: z
    .array(z.object({ namespace: z.string().min(1).max(100), from: DeviceFrom }))
    .min(1)
    .max(5),
  /** When it happened; the time of receipt where it is not given. */
  time: DeviceFrom.optional(),
  /** Tells a message from its like: with it a repeated message counts once even when it is repeated hours later. */
  messageId: DeviceFrom.optional(),
  properties: z.array(DeviceProperty).max(50).default([]),
});
export type DeviceTopic = z.infer<typeof DeviceTopic>;

const settings = {
  /** mqtt://, mqtts://, ws:// or wss://, without user name and password. */
  url: z.string().max(300),
  username: z.string().max(200).optional(),
  protocol: z.enum(["3.1.1", "5"]).default("5"),
  /** The authority that signed the broker's certificate, in PEM, where it is not a public one. */
  ca: z.string().max(20_000).optional(),
  qos: z.literal([0, 1]).default(1),
  topics: z.array(DeviceTopic).min(1).max(20),
};

/** A source of devices as it is written. `password` left out keeps the one that is stored. */
export const DeviceSettings = z.object({ ...settings, password: z.string().max(500).optional() });
export type DeviceSettings = z.infer<typeof DeviceSettings>;

/** As it is shown: the password is never given back. */
export const ShownDeviceSettings = z.object({ ...settings, hasPassword: z.boolean() });
export type ShownDeviceSettings = z.infer<typeof ShownDeviceSettings>;

/** How the connection to the broker is. */
export const DeviceConnection = z.object({
  state: z.enum(["connecting", "connected", "waiting", "refused"]),
  since: Instant.nullable(),
  /** Why it is not connected, in words that say what to do. */
  trouble: Words.nullable(),
});
export type DeviceConnection = z.infer<typeof DeviceConnection>;

/** What one message would become. */
export const DeviceReading = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("event"),
    pattern: z.string(),
    name: z.string(),
    at: Instant,
    identifiers: z.array(z.object({ namespace: z.string(), value: z.string() })),
    properties: z.record(z.string(), z.unknown()),
    marks: z.array(z.string()),
  }),
  z.object({ outcome: z.literal("refused"), code: z.string(), reason: Words }),
]);
export type DeviceReading = z.infer<typeof DeviceReading>;

/** POST …/sources/devices/test-connection: connects as the source would, listens for a moment, and says what it saw. */
export const ConnectionTest = z.object({
  device: DeviceSettings,
  /** The source whose stored password is meant when `device` has none. */
  source: z.string().optional(),
});
export const ConnectionReport = z.object({
  connected: z.boolean(),
  trouble: Words.nullable(),
  /** Patterns the broker did not let us subscribe to. */
  refusedPatterns: z.array(z.string()),
  /** Messages seen while listening (retained ones arrive at once), each as it would be read. */
  samples: z.array(z.object({ topic: z.string(), payload: z.string(), reading: DeviceReading })),
});
export type ConnectionReport = z.infer<typeof ConnectionReport>;

/** POST …/sources/devices/test-mapping: reads one message as the source would; answers a DeviceReading. */
export const MappingTest = z.object({
  topics: z.array(DeviceTopic).min(1).max(20),
  topic: z.string().min(1).max(1000),
  /** Text, or the bytes in base64. */
  payload: z.string().max(100_000),
  encoding: z.enum(["text", "base64"]).default("text"),
});
