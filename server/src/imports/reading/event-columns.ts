import type { Item } from "../../events/event.ts";
import { type Text, textOf } from "../../events/utf8.ts";
import type { PackedEvents } from "../../records/packed-records.ts";
import type { RecordEvent } from "../../records/record.ts";
import type { RecordHash } from "../../records/record-hash.ts";
import { TextPacker } from "./text-column.ts";
import type { Words } from "./words.ts";

/** The events of the slice under way. */
export class EventColumns {
  /** Those of the event to be added next, for whoever puts them together from pieces. */
  readonly properties: TextPacker;
  readonly #hash: RecordHash | null;
  readonly #words: Words;
  readonly #orderIds: TextPacker;
  readonly #skus: TextPacker;
  readonly #names: number[] = [];
  readonly #which: number[] = [];
  readonly #messages: bigint[] = [];
  readonly #at: number[] = [];
  readonly #amountFen: number[] = [];
  readonly #quantity: number[] = [];
  readonly #firstItem: number[] = [0];
  readonly #categories: number[] = [];
  readonly #quantities: number[] = [];
  readonly #amounts: number[] = [];

  constructor(hash: RecordHash | null, words: Words, sizes?: EventColumns["sizes"]) {
    this.#hash = hash;
    this.#words = words;
    this.#orderIds = new TextPacker(sizes?.orderIds);
    this.properties = new TextPacker(sizes?.properties);
    this.#skus = new TextPacker(sizes?.skus);
  }

  get sizes() {
    return { orderIds: this.#orderIds.size, properties: this.properties.size, skus: this.#skus.size };
  }

  get count(): number {
    return this.#names.length;
  }

  /** An event of the record of this id. */
  add(id: bigint, event: Omit<RecordEvent, "properties">, properties: Text): void {
    this.properties.add(textOf(properties));
    this.addRest(id, event);
  }

  /** One whose properties were put in already. */
  addRest(id: bigint, event: Omit<RecordEvent, "properties">): void {
    const { name, which, items } = event;
    this.#names.push(this.#words.at(name));
    this.#which.push(this.#words.at(which));
    if (this.#hash !== null) this.#messages.push(this.#hash.messageBits(id, name, which));
    this.#at.push(event.at);
    this.#amountFen.push(event.amountFen);
    this.#quantity.push(event.quantity);
    this.#orderIds.add(event.orderId);
    for (let i = 0; i < items.length; i += 1) this.#addItem(items[i] as Item);
    this.#firstItem.push(this.#categories.length);
  }

  #addItem({ sku, category, quantity, amountFen }: Item): void {
    this.#skus.add(sku);
    this.#categories.push(this.#words.at(category));
    this.#quantities.push(quantity);
    this.#amounts.push(amountFen);
  }

  done(are: boolean): PackedEvents {
    return {
      are,
      ...{ names: new Uint32Array(this.#names), which: new Uint32Array(this.#which) },
      messages: new BigUint64Array(this.#messages),
      ...{ at: new Float64Array(this.#at), amountFen: new Float64Array(this.#amountFen) },
      quantity: new Float64Array(this.#quantity),
      ...{ orderIds: this.#orderIds.done(), properties: this.properties.done() },
      ...{ firstItem: new Uint32Array(this.#firstItem), skus: this.#skus.done() },
      categories: new Uint32Array(this.#categories),
      ...{ quantities: new Float64Array(this.#quantities), amounts: new Float64Array(this.#amounts) },
    };
  }
}
