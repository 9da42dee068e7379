import fc from "fast-check";
import { expect, test } from "vitest";
import { createDeviceReader } from "../device-message.ts";
import { settingProblems } from "../device-settings.ts";
import { readFrom } from "./from.ts";
import { readPayload } from "./payload.ts";
import { readPattern } from "./topic.ts";
import { measure } from "./units.ts";

test.each([
  ["devices/{device}/bottle/+", "devices/b1/bottle/left", { device: "b1" }],
  ["devices/{device}/bottle/+", "devices/b1/bottle", null],
  ["devices/{device}/bottle/+", "devices/b1/bottle/left/x", null],
  ["scales/#", "scales/a/b/c", {}],
  ["scales/#", "scales", {}],
  ["#", "$SYS/broker", null],
  ["{room}/{device}", "kitchen/s1", { room: "kitchen", device: "s1" }],
  ["a/b", "a/b", {}],
  ["a//b", "a//b", {}],
])("pattern %s, topic %s: %j", (pattern, topic, found) => {
  expect(readPattern(pattern)?.match(topic)).toEqual(found);
});

test.each(["", "a/#/b", "a+/b", "{a}/{a}", "x{a}", "{1}", "a\0b"])("%j is no pattern", (pattern) => {
  expect(readPattern(pattern)).toBeNull();
});

test.each([
  [120, "ml", undefined, 120],
  ["0.12 L", "ml", undefined, 120],
  ["120毫升", "ml", undefined, 120],
  ["98.6", "°C", "°F", 37],
  ["98.6 °F", "°C", undefined, 37],
  ["7斤", "kg", undefined, 3.5],
  [1.5, "min", "h", 90],
  ["4 oz", "ml", undefined, null],
  ["viel", "ml", undefined, null],
  [true, "ml", undefined, null],
  ["12 constructor", "ml", undefined, null],
  ["-3.5e1", undefined, undefined, -35],
  ["12 ml", undefined, undefined, null],
] as const)("%j as %s (sent in %s) is %j", (value, unit, sentIn, read) => {
  expect(measure(value, unit, sentIn)).toBe(read);
});

test("paths, parts of the topic, fields and fixed texts are found; the rest means nothing", () => {
  const parts = {
    topic: "a/b",
    levels: { device: "b" },
    payload: { 体重: { kg: [7, 8] } },
    fields: { ml: 3 },
  };
  const found = (text: string) => readFrom(text)?.(parts);
  expect([
    found("$['体重'].kg[1]"),
    found("$.体重.kg[0]"),
    found("topic.device"),
    found("field.ml"),
    found("= X"),
  ]).toEqual([8, 7, "b", 3, "X"]);
  expect([found("$.toString"), found("$.体重.kg.length"), found("topic.constructor")]).toEqual([
    undefined,
    2,
    undefined,
  ]);
  expect(["", "=", "$.a[", "$..a", "device", "topic."].map(readFrom)).toEqual(Array(6).fill(null));
});

test("bytes are read by their table, and never beyond their end", () => {
  const fields = [
    { name: "a", at: 0, type: "int16" as const, endian: "little" as const, scale: 0.1 },
    { name: "b", at: 2, type: "float32" as const, endian: "big" as const, scale: 1 },
  ];
  const bytes = Buffer.from([0xf6, 0xff, 0x3f, 0x80, 0, 0]);
  expect(readPayload({ format: "bytes", fields }, bytes)).toMatchObject({ fields: { a: -1, b: 1 } });
  expect(readPayload({ format: "bytes", fields }, bytes.subarray(0, 5))).toBe("device/too-short");
});

test("any bytes under any topic become an event or a reason", () => {
  const topics = (["json", "number", "text", "bytes"] as const).map((format) => ({
    ...{ pattern: `${format}/{device}`, format, event: "= E" },
    fields: [{ name: "f", at: 1, type: "uint16" as const, endian: "big" as const, scale: 1 }],
    identifiers: [{ namespace: "device", from: "topic.device" }],
    time: "$.at",
    properties: [
      {
        name: "p",
        from: format === "bytes" ? "field.f" : "payload",
        as: "number" as const,
        unit: "ml" as const,
        required: false,
      },
    ],
  }));
  expect(settingProblems({ topics })).toEqual([]);
  const reader = createDeviceReader(topics);
  const readings = { source: 1, zone: "UTC", received: 1_780_000_000_000, freshId: () => "x" };
  fc.assert(
    fc.property(
      fc.constantFrom("json", "number", "text", "bytes", "none"),
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.string(),
      (format, bytes, device) => {
        const read = reader.read(
          { topic: `${format}/${device}`, bytes: Buffer.from(bytes), packet: 1, retained: false },
          readings,
        );
        if (typeof read !== "string") JSON.parse(read.event.properties);
        else expect(read).toMatch(/^device\//);
      },
    ),
  );
});
