/** Numbers of many records after each other, in memory that the collector never looks at and that changes threads as it is. */
class Column<
  Numbers extends Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>,
> {
  #count = 0;
  #numbers: Numbers;
  readonly #made: (size: number) => Numbers;

  constructor(made: (size: number) => Numbers, size: number) {
    this.#made = made;
    this.#numbers = made(Math.max(least, size));
  }

  get count(): number {
    return this.#count;
  }

  push(number: Numbers[number]): void {
    if (this.#count === this.#numbers.length) this.#grow();
    this.#numbers[this.#count++] = number;
  }

  at(i: number): Numbers[number] {
    return this.#numbers[i] as Numbers[number];
  }

  set(i: number, number: Numbers[number]): void {
    this.#numbers[i] = number;
  }

  /** Takes new numbers from the start, in the same room. */
  clear(): void {
    this.#count = 0;
  }

  done(): Numbers {
    return this.#numbers.subarray(0, this.#count) as Numbers;
  }

  #grow(): void {
    const larger = this.#made(this.#numbers.length * 2);
    larger.set(this.#numbers as never);
    this.#numbers = larger;
  }
}

/** Room for so many from the start; whoever knows about how many there will be says so. */
const least = 1_024;

export type Wholes = Column<Uint32Array<ArrayBuffer>>;
export type Numbers = Column<Float64Array<ArrayBuffer>>;
export type Bits = Column<BigUint64Array<ArrayBuffer>>;

export const wholes = (size = least): Wholes => new Column((room) => new Uint32Array(room), size);
export const numbers = (size = least): Numbers => new Column((room) => new Float64Array(room), size);
export const bits = (size = least): Bits => new Column((room) => new BigUint64Array(room), size);
