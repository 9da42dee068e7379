import type { Item } from "../../events/event.ts";
import { type Text, textOf } from "../../events/utf8.ts";
import type { PackedEvents } from "../../records/packed-records.ts";
import type { RecordEvent } from "../../records/record.ts";
import type { RecordHash } from "../../records/record-hash.ts";
import type { PlainLine, PlainOrder } from "../plain-order.ts";
import { type Bits, bits, type Numbers, numbers, type Wholes, wholes } from "./number-column.ts";
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
  readonly #names: Wholes;
  readonly #which: Wholes;
  readonly #messages: Bits;
  readonly #at: Numbers;
  readonly #amountFen: Numbers;
  readonly #quantity: Numbers;
  readonly #firstItem: Wholes;
  readonly #categories: Wholes;
  readonly #quantities: Numbers;
  readonly #amounts: Numbers;

  constructor(hash: RecordHash | null, words: Words, sizes?: EventColumns["sizes"]) {
    const [events, items] = [sizes?.orderIds.texts, sizes?.skus.texts];
    this.#hash = hash;
    this.#names = wholes(events);
    this.#which = wholes(events);
    this.#messages = bits(events);
    this.#at = numbers(events);
    this.#amountFen = numbers(events);
    this.#quantity = numbers(events);
    this.#firstItem = wholes(events);
    this.#firstItem.push(0);
    this.#categories = wholes(items);
    this.#quantities = numbers(items);
    this.#amounts = numbers(items);
    this.#words = words;
    this.#orderIds = new TextPacker(sizes?.orderIds);
    this.properties = new TextPacker(sizes?.properties);
    this.#skus = new TextPacker(sizes?.skus);
  }

  get sizes() {
    return { orderIds: this.#orderIds.sizes, properties: this.properties.sizes, skus: this.#skus.sizes };
  }

  get count(): number {
    return this.#names.count;
  }

  /** An event of the record of this id. */
  add(id: bigint, event: Omit<RecordEvent, "properties">, properties: Text): void {
    this.properties.add(textOf(properties));
    this.#addRest(id, event);
  }

  /** One of a plain order, whose properties were put in already. */
  addPlain(id: bigint, name: string, { at, amountFen, quantity, order, lines }: PlainOrder): void {
    this.#names.push(this.#words.at(name));
    this.#which.push(this.#words.at(""));
    if (this.#hash !== null) this.#messages.push(this.#hash.messageBits(id, name, ""));
    this.#at.push(at);
    this.#amountFen.push(amountFen);
    this.#quantity.push(quantity);
    this.#orderIds.piece(order);
    this.#orderIds.end();
    for (let i = 0; i < lines.length; i += 1) {
      const { sku, item } = lines[i] as PlainLine;
      this.#skus.bytes(sku);
      this.#skus.end();
      this.#categories.push(this.#words.at(item.category));
      this.#quantities.push(item.quantity);
      this.#amounts.push(item.amountFen);
    }
    this.#firstItem.push(this.#categories.count);
  }

  #addRest(id: bigint, event: Omit<RecordEvent, "properties">): void {
    const { name, which, items } = event;
    this.#names.push(this.#words.at(name));
    this.#which.push(this.#words.at(which));
    if (this.#hash !== null) this.#messages.push(this.#hash.messageBits(id, name, which));
    this.#at.push(event.at);
    this.#amountFen.push(event.amountFen);
    this.#quantity.push(event.quantity);
    this.#orderIds.add(event.orderId);
    for (let i = 0; i < items.length; i += 1) this.#addItem(items[i] as Item);
    this.#firstItem.push(this.#categories.count);
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
      ...{ names: this.#names.done(), which: this.#which.done() },
      messages: this.#messages.done(),
      ...{ at: this.#at.done(), amountFen: this.#amountFen.done() },
      quantity: this.#quantity.done(),
      ...{ orderIds: this.#orderIds.done(), properties: this.properties.done() },
      ...{ firstItem: this.#firstItem.done(), skus: this.#skus.done() },
      categories: this.#categories.done(),
      ...{ quantities: this.#quantities.done(), amounts: this.#amounts.done() },
    };
  }
}
