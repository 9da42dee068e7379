import { SegmentMessage } from "@stork/contract/sources.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSegmentMessage } from "./segment-message.ts";

const reading = {
  source: 1,
  zone: "Asia/Shanghai",
  received: Date.parse("2026-06-01T04:00:00Z"),
  sentAt: undefined,
  type: undefined,
  freshId: () => "fresh",
};

const anything = fc.oneof(
  fc.anything(),
  fc.constantFrom(null, undefined, "", " ", 0, "x".repeat(501), "\0", "\ud800", [], {}),
);
const id = fc.oneof({ weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) }, anything);
const fields = fc.oneof({ weight: 3, arbitrary: fc.dictionary(fc.string(), fc.jsonValue()) }, anything);
const item = fc.record(
  {
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom("track", "page", "screen", "identify", "group", "alias") },
      anything,
    ),
    event: fc.oneof({ weight: 3, arbitrary: fc.string({ minLength: 1 }) }, anything, fc.constant(" \0")),
    userId: id,
    anonymousId: id,
    groupId: id,
    previousId: id,
    messageId: fc.oneof({ weight: 3, arbitrary: fc.string({ maxLength: 250 }) }, anything),
    timestamp: fc.option(fc.constantFrom("2026-05-01T00:00:00Z", 1_770_000_000, "2026/5/1 8:00"), {
      nil: undefined,
    }),
    context: fields,
    properties: fields,
    traits: fields,
  },
  { requiredKeys: ["type"] },
);
/** What only the reading by hand knows: sizes in bytes. */
const beyond = new Set<unknown>(["collect/too-large"]);

test("the contract takes what the collector takes, and nothing else", () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 20, arbitrary: item }, anything), (value) => {
      // As it arrives: through JSON.
      const text = JSON.stringify(value, (_key, inner: unknown) =>
        typeof inner === "bigint" ? String(inner) : inner,
      );
      const arrived: unknown = text === undefined ? undefined : JSON.parse(text);
      const read = readSegmentMessage(arrived, reading);
      if (beyond.has(read)) return;
      expect({ arrived, taken: SegmentMessage.safeParse(arrived).success }).toEqual({
        arrived,
        taken: typeof read !== "string",
      });
    }),
    { numRuns: 3000 },
  );
});
