import { TwoGenerations } from "./two-generations.ts";

/** What an entry is found by: two words and 16 bits of a third. */
export interface Key {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** The key, 16 bits of it above the value's upper 16, and 31 more of the value above a bit that is always set. */
const layout = { wide: 4, used: 3, keyOfThird: 0xffff_0000 };

/** A bounded memory of numbers below 2^47 by keys of 80 bits. */
export class Known {
  readonly #entries: TwoGenerations;

  /** Twice `size` at most. */
  constructor(size: number) {
    this.#entries = new TwoGenerations(size, layout);
  }

  get({ first, second, third }: Key): number | undefined {
    const entries = this.#entries;
    if (!entries.find(first, second, third << 16)) return undefined;
    const { words, at } = entries;
    return ((words[at + 2] as number) & 0xffff) * 2 ** 31 + ((words[at + 3] as number) >>> 1);
  }

  set({ first, second, third }: Key, value: number): void {
    this.#entries.place(first, second, third << 16);
    const { words, at } = this.#entries;
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = (third << 16) | Math.floor(value / 2 ** 31);
    words[at + 3] = ((value % 2 ** 31) << 1) | 1;
  }
}
