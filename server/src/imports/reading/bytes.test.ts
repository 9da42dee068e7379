import fc from "fast-check";
import { expect, test } from "vitest";
import { iso } from "../../records/canonical.ts";
import { Bytes } from "./bytes.ts";

/** What is written, after something that was there before. */
function written(write: (to: Bytes) => void): string {
  const to = new Bytes(1);
  to.text("…");
  write(to);
  return String(to).slice(1);
}

const wholes = fc.oneof(fc.integer({ min: -5, max: 20_000 }), fc.integer(), fc.maxSafeInteger());

test("numbers, amounts and instants are written as the engine writes them", () => {
  fc.assert(
    fc.property(wholes, (number) => {
      expect(written((to) => to.number(number))).toBe(String(number));
      expect(written((to) => to.yuan(number))).toBe(String(number / 100));
    }),
    { numRuns: 1_000 },
  );
  for (const number of [0, -0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 0.5, 1e21])
    expect(written((to) => to.number(number))).toBe(String(number));
  const instants = fc.integer({ min: Date.UTC(1969, 0), max: Date.UTC(2201, 0) });
  fc.assert(
    fc.property(instants, (at) => {
      expect(written((to) => to.instant(at))).toBe(iso(at));
    }),
    { numRuns: 1_000 },
  );
});

test("characters are copied as the engine encodes them, from anywhere in a text", () => {
  const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(texts, fc.nat(5), (text, from) => {
      const part = text.slice(from);
      const expected = Buffer.from(part).toString();
      expect(written((to) => to.chars(text, Math.min(from, text.length), text.length))).toBe(expected);
      expect(written((to) => to.text(part))).toBe(expected);
      const piece = new Bytes();
      piece.text(part);
      expect(written((to) => to.piece(piece))).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});
