import fc from "fast-check";
import { expect, test } from "vitest";
import { claimOf, isGenuine, writeToken } from "./token.ts";

const key = Buffer.alloc(32, 7);
const anyToken = fc.record({
  kind: fc.constantFrom("click" as const, "unsubscribe" as const),
  message: fc.integer({ min: 1, max: 2 ** 47 }),
  link: fc.integer({ min: 0, max: 254 }),
});

test("a token says what was written into it, and only our key proves it", () => {
  fc.assert(
    fc.property(anyToken, (token) => {
      const text = writeToken(key, token);
      expect(text).toMatch(/^[\w-]{23}$/);
      expect(claimOf(token.kind, text)).toEqual(token);
      expect(isGenuine(key, token.kind, text)).toBe(true);
      expect(isGenuine(Buffer.alloc(32, 8), token.kind, text)).toBe(false);
    }),
  );
});

test("no change of a token is believed, nor its use for something else", () => {
  const text = writeToken(key, { kind: "click", message: 5, link: 1 });
  expect(isGenuine(key, "unsubscribe", text)).toBe(false);
  for (let i = 0; i < text.length; i += 1) {
    const other = text[i] === "A" ? "B" : "A";
    const changed = text.slice(0, i) + other + text.slice(i + 1);
    // The last character carries two idle bits: another writing of the same bytes is no token at all.
    expect(claimOf("click", changed) !== null && isGenuine(key, "click", changed)).toBe(false);
  }
});

test.each(["", "preview", "../../etc/passwd", "A".repeat(22), "A".repeat(24), "中文".repeat(10)])(
  "%s is no token",
  (text) => {
    expect(claimOf("click", text)).toBeNull();
  },
);
