import { describe, expect, test } from "vitest";
import { type ConsentWord, consentsOf } from "./legal.ts";

let minute = 0;
const word = (node: number, state: ConsentWord["state"], from: number | null = null): ConsentWord => {
  minute += 1;
  return {
    ...{ node, state, from, purpose: "marketing", by: "link", at: new Date(60_000 * minute) },
    ...{ channel: null, child: null },
  };
};
const stateOf = (...words: ConsentWord[]) => consentsOf(words)[0]?.state;

describe("where a person stands", () => {
  test("the newest word at a node counts, and of two persons who became one the stricter", () => {
    expect(stateOf(word(1, "withdrawn"), word(1, "granted"))).toBe("granted");
    expect(stateOf(word(1, "withdrawn"), word(2, "granted"))).toBe("withdrawn");
    expect(stateOf(word(1, "granted"), word(1, "withdrawn"), word(2, "granted"))).toBe("withdrawn");
  });

  test("a yes said at one of her identifiers is said at all", () => {
    const [no, yes] = [word(2, "withdrawn"), word(1, "granted")];
    expect(stateOf(yes, no, { ...yes, node: 2, from: 1 })).toBe("granted");
  });

  test("a yes of somebody who has parted since was not hers", () => {
    expect(stateOf(word(2, "withdrawn"), word(2, "granted", 1))).toBe("withdrawn");
    expect(consentsOf([word(2, "granted", 1)])).toEqual([]);
  });

  test("a no stays with both, unless it was taken back; her own later word stands above it", () => {
    expect(stateOf(word(2, "granted"), word(2, "withdrawn", 1))).toBe("withdrawn");
    expect(stateOf(word(2, "granted"), word(2, "withdrawn", 1), word(2, "granted", 1))).toBe("granted");
    expect(stateOf(word(2, "granted"), word(2, "withdrawn", 1), word(2, "granted"))).toBe("granted");
  });
});
