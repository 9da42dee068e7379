import fc from "fast-check";
import { expect, test } from "vitest";
import { toFen } from "./money.ts";

test.each([
  [19.99, 1999],
  [0.1 + 0.2, 30],
  ["¥1,299.00", 129_900],
  ["258元", 25_800],
  [1.005, 101],
  [-3.5, -350],
  [0, 0],
  ["-0", 0],
  [1e-9, 0],
  [1e21, null],
  ["abc", null],
  ["", null],
  [null, null],
  [Number.NaN, null],
])("%s yuan is %s fen", (yuan, fen) => expect(toFen(yuan)).toBe(fen));

test("every amount of fen survives being written as yuan", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e11, max: 1e11 }), (fen) => {
      expect(toFen(fen / 100)).toBe(fen === 0 ? 0 : fen);
      expect(toFen((fen / 100).toFixed(2))).toBe(fen === 0 ? 0 : fen);
    }),
  );
});
