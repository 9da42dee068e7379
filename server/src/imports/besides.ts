import type { OrderBeside } from "../cleaning/orders-seen.ts";
import { numbers, wholes } from "./reading/number-column.ts";

/** The records of a slice that are held against each other, in the order in which they were read. */
export class Besides {
  readonly #places = wholes();
  readonly #buyers = numbers();
  readonly #items = numbers();
  readonly #amounts = numbers();
  readonly #at = numbers();
  /** The key of the record at a place of the slice. */
  readonly #keyOf: (place: number) => string;

  constructor(keyOf: (place: number) => string) {
    this.#keyOf = keyOf;
  }

  get count(): number {
    return this.#places.count;
  }

  add(place: number, { buyer, items, amountFen, at }: Omit<OrderBeside, "key">): void {
    this.#places.push(place);
    this.#buyers.push(buyer);
    this.#items.push(items);
    this.#amounts.push(amountFen);
    this.#at.push(at);
  }

  at(i: number): number {
    return this.#at.at(i);
  }

  buyer(i: number): number {
    return this.#buyers.at(i);
  }

  /** All buyers, in no order of anybody's. */
  sortedBuyers(): Float64Array {
    return this.#buyers.done().slice().sort();
  }

  place(i: number): number {
    return this.#places.at(i);
  }

  what(i: number): OrderBeside {
    const [buyer, items] = [this.#buyers.at(i), this.#items.at(i)];
    const [amountFen, at] = [this.#amounts.at(i), this.#at.at(i)];
    return { key: this.#keyOf(this.#places.at(i)), buyer, items, amountFen, at };
  }

  clear(): void {
    for (const column of [this.#buyers, this.#items, this.#amounts, this.#at]) column.clear();
    this.#places.clear();
  }
}
