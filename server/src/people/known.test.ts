import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyedText } from "./keyed-text.ts";
import { Known } from "./known.ts";
import { Memory } from "./memory.ts";
import { TieSet } from "./tie-set.ts";

const text = new KeyedText([17, 4]);

describe("a memory of what was looked up", () => {
  test("answers what it was told last, and nothing for what it never heard of", () => {
    const known = new Known(10_000);
    const large = 2 ** 47 - 1;
    for (let i = 0; i < 5_000; i += 1) known.set(text.of(`妈妈${i}`), i);
    for (let i = 0; i < 5_000; i += 2) known.set(text.of(`妈妈${i}`), large - i);
    for (let i = 0; i < 5_000; i += 1)
      expect(known.get(text.of(`妈妈${i}`))).toBe(i % 2 === 0 ? large - i : i);
    for (const other of ["", "妈妈", "妈妈5000", "妈妈1\0", "\0"])
      expect(known.get(text.of(other))).toBeUndefined();
    known.set(text.of(""), 7);
    expect(known.get(text.of(""))).toBe(7);
  });

  test("forgets what is not asked for, and keeps what is", () => {
    const known = new Known(10_000);
    known.set(text.of("kept"), 1);
    for (let i = 0; i < 100_000; i += 1) {
      known.set(text.of(`other ${i}`), i);
      if (i % 500 === 0) expect(known.get(text.of("kept"))).toBe(1);
    }
    expect(known.get(text.of("other 0"))).toBeUndefined();
    expect(known.get(text.of("other 99999"))).toBe(99_999);
  });

  test("keeps one value of two workspaces, and of two kinds, apart", () => {
    const memory = new Memory(100);
    memory.setNode(1, { namespace: "phone", value: "13812345678" }, 5);
    memory.setNode(1, { namespace: "member:tmall", value: "13812345678" }, 6);
    expect(memory.node(1, { namespace: "phone", value: "13812345678" })).toBe(5);
    expect(memory.node(1, { namespace: "member:tmall", value: "13812345678" })).toBe(6);
    expect(memory.node(2, { namespace: "phone", value: "13812345678" })).toBeUndefined();
  });

  test("tells as a map does what was set last, through growing and through the turns of the generations", () => {
    // Numbers in order, and some that differ in their upper halves only.
    const key = fc.record({
      first: fc.constantFrom(0, 1, 2, 2 ** 31, 2 ** 32 - 1),
      second: fc.nat({ max: 60 }),
      third: fc.constantFrom(0, 1, 0xffff),
    });
    const set = fc.tuple(key, fc.integer({ min: 0, max: 2 ** 47 - 1 }));
    fc.assert(
      fc.property(fc.array(set, { maxLength: 600 }), (all) => {
        const [known, few] = [new Known(4_096), new Known(40)];
        const told = new Map<string, number>();
        for (const [key, value] of all) {
          for (const each of [known, few]) each.set(key, value);
          told.set(JSON.stringify(key), value);
          expect(few.get(key)).toBe(value);
        }
        for (const [key] of all) {
          const right = told.get(JSON.stringify(key));
          expect(known.get(key)).toBe(right);
          expect([right, undefined]).toContain(few.get(key));
        }
        expect(known.get({ first: 3, second: 0, third: 0 })).toBeUndefined();
      }),
    );
  });

  test("knows a tie whichever end comes first, and takes no other for it, however large the numbers", () => {
    const ties = new TieSet(100);
    const far = 3 * 2 ** 32;
    expect(ties.add(7, far + 9, "same-row")).toBe(true);
    expect(ties.add(far + 9, 7, "same-message")).toBe(false);
    expect(ties.has(7, far + 9, "alias")).toBe(false);
    expect(ties.has(7, 9, "same-row")).toBe(false);
    expect(ties.has(far + 7, far + 9, "same-row")).toBe(false);
    expect(ties.has(far + 7, 9, "same-row")).toBe(false);
  });
});
