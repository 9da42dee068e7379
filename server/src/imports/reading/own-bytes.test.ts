import { expect, test } from "vitest";
import { ownBytes } from "./own-bytes.ts";

test("writes texts down beside each other, whole, whatever their length", () => {
  const texts = Array.from({ length: 3_000 }, (_, i) => "妈妈".repeat(i % 40) + i);
  texts.push("", "长".repeat(5_000), "a".repeat(32 * 1024), "末");
  const kept = texts.map(ownBytes);
  expect(kept.map((bytes) => bytes.toString())).toEqual(texts);
  const rooms = new Set(kept.map(({ buffer }) => buffer));
  const bytes = kept.reduce((sum, { length }) => sum + length, 0);
  expect([...rooms].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(bytes + 64 * 1024);
});
