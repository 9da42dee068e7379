/**
 * A set of messages, each the decimal text of 64 bits, in two typed arrays; with a number beside each when it is made so.
 * As texts in a map they are objects that the collector of garbage moves about, and the map is made anew as it fills.
 *
 * Twenty digits are two numbers: the last ten, and those before them. A BigUint64Array would make an object of every one
 * it reads.
 */
export class MessageTable {
  readonly #heads: Uint32Array;
  /** One more than the last ten digits: nought marks a free place. */
  readonly #tails: Float64Array;
  readonly #values: Uint32Array | null;
  readonly #mask: number;
  #size = 0;

  /** Room for `most` messages: of open addressing with linear probing, at most half full. */
  constructor(most: number, { withValues } = { withValues: false }) {
    const places = 2 ** Math.ceil(Math.log2(Math.max(2, most * 2)));
    this.#heads = new Uint32Array(places);
    this.#tails = new Float64Array(places);
    this.#values = withValues ? new Uint32Array(places) : null;
    this.#mask = places - 1;
  }

  get size(): number {
    return this.#size;
  }

  has(head: number, tail: number): boolean {
    return this.#tails[this.#find(head, tail)] !== 0;
  }

  /** The number beside a message; undefined: it is not here. */
  get(head: number, tail: number): number | undefined {
    const at = this.#find(head, tail);
    return this.#tails[at] === 0 ? undefined : this.#values?.[at];
  }

  add(head: number, tail: number, value = 0): void {
    const at = this.#find(head, tail);
    if (this.#tails[at] === 0) this.#size += 1;
    this.#put(at, head, tail, value);
  }

  delete(head: number, tail: number): void {
    const mask = this.#mask;
    let free = this.#find(head, tail);
    if (this.#tails[free] === 0) return;
    this.#size -= 1;
    // Those behind it that began no later than here move up: nothing may stand beyond a free place.
    for (let at = (free + 1) & mask; this.#tails[at] !== 0; at = (at + 1) & mask) {
      const its = this.#tails[at] as number;
      if (((at - (its & mask)) & mask) < ((at - free) & mask)) continue;
      this.#put(free, this.#heads[at] as number, its, this.#values?.[at] ?? 0);
      free = at;
    }
    this.#tails[free] = 0;
  }

  clear(): void {
    this.#tails.fill(0);
    this.#size = 0;
  }

  #put(at: number, head: number, tail: number, value: number): void {
    this.#heads[at] = head;
    this.#tails[at] = tail;
    if (this.#values !== null) this.#values[at] = value;
  }

  #find(head: number, tail: number): number {
    const mask = this.#mask;
    let at = tail & mask;
    while (this.#tails[at] !== 0 && (this.#tails[at] !== tail || this.#heads[at] !== head))
      at = (at + 1) & mask;
    return at;
  }
}

const tailDigits = 10;

/** What a message is found by: its digits before the last ten. */
export const headOf = (message: string): number => digitsIn(message, 0, message.length - tailDigits);

/** And one more than its last ten. */
export const tailOf = (message: string): number =>
  digitsIn(message, Math.max(0, message.length - tailDigits), message.length) + 1;

/** As Number reads them, without making a text of them first. */
function digitsIn(text: string, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum = sum * 10 + text.charCodeAt(i) - 48;
  return sum;
}
