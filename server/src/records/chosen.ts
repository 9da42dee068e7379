import type { TextColumn } from "../events/text-column.ts";

type Column = Uint8Array | Uint32Array | Float64Array | BigUint64Array;

/** Some of many rows, as ranges: nearly always they are all, and then nothing is copied. */
export class Chosen {
  /** Where each range begins and ends, after each other. */
  readonly #ranges: readonly number[];
  readonly count: number;

  private constructor(ranges: readonly number[]) {
    this.#ranges = ranges;
    let count = 0;
    for (let i = 0; i < ranges.length; i += 2) count += (ranges[i + 1] as number) - (ranges[i] as number);
    this.count = count;
  }

  /** The rows of which this is so. */
  static of(count: number, isOne: (row: number) => boolean): Chosen {
    const ranges: number[] = [];
    for (let row = 0; row < count; row += 1) {
      if (!isOne(row)) continue;
      const from = row;
      while (row < count && isOne(row)) row += 1;
      ranges.push(from, row);
    }
    return new Chosen(ranges);
  }

  /** What belongs to the rows: of row i from `first[i]` to `first[i + 1]`. */
  inner(first: Uint32Array): Chosen {
    return new Chosen(this.#ranges.map((row) => first[row] as number));
  }

  forEach(use: (row: number, i: number) => void): void {
    const ranges = this.#ranges;
    let count = 0;
    for (let i = 0; i < ranges.length; i += 2)
      for (let row = ranges[i] as number; row < (ranges[i + 1] as number); row += 1) use(row, count++);
  }

  /** Their values. */
  take<Some extends Column>(values: Some): Some {
    const pieces = this.#pieces(values, (row) => row);
    const [only] = pieces;
    if (only !== undefined && pieces.length === 1) return only;
    const all = new (values.constructor as new (length: number) => Some)(this.count);
    let from = 0;
    for (const piece of pieces) {
      all.set(piece as never, from);
      from += piece.length;
    }
    return all;
  }

  /** Their texts, each behind its length, in pieces that follow each other. */
  texts({ bytes, ends }: TextColumn): Uint8Array[] {
    return this.#pieces(bytes, (row) => (row === 0 ? 0 : (ends[row - 1] as number)));
  }

  /** Where the lists of the rows end, in what `inner` takes of their members. */
  ends(first: Uint32Array): Uint32Array {
    const ends = new Uint32Array(this.count);
    let end = 0;
    this.forEach((row, i) => {
      end += (first[row + 1] as number) - (first[row] as number);
      ends[i] = end;
    });
    return ends;
  }

  #pieces<Some extends Column>(values: Some, at: (row: number) => number): Some[] {
    const pieces: Some[] = [];
    for (let i = 0; i < this.#ranges.length; i += 2) {
      const from = at(this.#ranges[i] as number);
      pieces.push(values.subarray(from, at(this.#ranges[i + 1] as number)) as Some);
    }
    return pieces;
  }
}
