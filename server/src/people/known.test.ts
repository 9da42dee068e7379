import { describe, expect, test } from "vitest";
import { Known } from "./known.ts";

describe("a memory of what was looked up", () => {
  test("answers what it was told last, and nothing for what it never heard of", () => {
    const known = new Known(10_000);
    for (let i = 0; i < 5_000; i += 1) known.set(`妈妈${i}`, i);
    for (let i = 0; i < 5_000; i += 2) known.set(`妈妈${i}`, -i);
    for (let i = 0; i < 5_000; i += 1) expect(known.get(`妈妈${i}`)).toBe(i % 2 === 0 ? -i : i);
    for (const text of ["", "妈妈", "妈妈5000", "妈妈1\0", "\0"]) expect(known.get(text)).toBeUndefined();
    known.set("", 7);
    expect(known.get("")).toBe(7);
  });

  test("forgets what is not asked for, and keeps what is", () => {
    const known = new Known(1_000);
    known.set("kept", 1);
    for (let i = 0; i < 10_000; i += 1) {
      known.set(`other ${i}`, i);
      if (i % 500 === 0) expect(known.get("kept")).toBe(1);
    }
    expect(known.get("other 0")).toBeUndefined();
    expect(known.get("other 9999")).toBe(9_999);
  });
});
