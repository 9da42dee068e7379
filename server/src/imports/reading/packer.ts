import type { Mark } from "../../cleaning/marks.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { RecordHash } from "../../records/record-hash.ts";
import type { PlainOrder } from "../plain-order.ts";
import { isRefused, type Keeper, type ReadRecord } from "./gather.ts";
import type { Packed } from "./packed.ts";
import { RecordColumns } from "./record-columns.ts";

/** How rows that say the very same are told apart: a number each; 0 where there is no other. */
type NumberOf = (read: StatedRecord) => number;

/**
 * Packs records as they are read. None is kept as an object: those of a whole slice would outlive the young generation,
 * and moving and collecting them took more time than reading.
 */
export class Packer implements Keeper<Packed> {
  readonly #hash: RecordHash | null;
  readonly #numberOf: NumberOf;
  #columns: RecordColumns;

  constructor(hash: RecordHash | null, numberOf: NumberOf = () => 0) {
    this.#hash = hash;
    this.#numberOf = numberOf;
    this.#columns = new RecordColumns(hash);
  }

  add({ count, read }: ReadRecord): void {
    if (isRefused(read)) this.#columns.refuse(read.refused, count);
    else this.#columns.add(read, count, this.#numberOf(read));
  }

  addPlain(order: PlainOrder, rows: number): void {
    this.#columns.addPlain(order, rows);
  }

  key(place: number): string {
    return this.#columns.key(place);
  }

  take(more: ReadonlyMap<number, readonly Mark[]>): Packed {
    const columns = this.#columns;
    this.#columns = new RecordColumns(this.#hash, columns);
    return columns.done(more);
  }
}
