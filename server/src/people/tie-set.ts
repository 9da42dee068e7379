import type { SightingRule } from "./identity.ts";
import { TwoGenerations } from "./two-generations.ts";

/** The lower 32 bits of both nodes; then the upper 15 of both, whether it is an alias, and a bit that is always set. */
const layout = { wide: 3, used: 2, keyOfThird: 0xffff_ffff };

/** Ties between nodes, numbers below 2^47: no two are ever taken for one. Bounded as Known is. */
export class TieSet {
  readonly #ties: TwoGenerations;

  constructor(size: number) {
    this.#ties = new TwoGenerations(size, layout);
  }

  has(a: number, b: number, rule: SightingRule): boolean {
    const { first, second, third } = tie.of(a, b, rule);
    return this.#ties.find(first, second, third);
  }

  /** Answers whether it was not there. */
  add(a: number, b: number, rule: SightingRule): boolean {
    const { first, second, third } = tie.of(a, b, rule);
    if (this.#ties.find(first, second, third)) return false;
    this.#ties.place(first, second, third);
    const { words, at } = this.#ties;
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = third;
    return true;
  }
}

interface Tie {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** One for all: a tie is looked for at every row. */
const tie = {
  first: 0,
  second: 0,
  third: 0,
  of(a: number, b: number, rule: SightingRule): Tie {
    const [less, more] = a < b ? [a, b] : [b, a];
    this.first = less >>> 0;
    this.second = more >>> 0;
    // An alias is a decision of its own, made even where the same two were left apart before.
    const isAlias = rule === "alias" ? 2 : 0;
    this.third = ((Math.floor(less / 2 ** 32) << 17) | (Math.floor(more / 2 ** 32) << 2) | isAlias | 1) >>> 0;
    return this;
  },
};
