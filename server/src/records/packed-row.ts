import type { Mark } from "../cleaning/marks.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import type { Event, Outline } from "../events/event.ts";
import type { Origin } from "../events/event-row.ts";
import { textOf, type Utf8 } from "../events/utf8.ts";
import type { Identifier } from "../people/identity.ts";
import type { OpenedRecords } from "./packed-record.ts";

const nothing: readonly never[] = [];

/** What the rows of a slice have in common. */
export interface RowsOf {
  readonly opened: OpenedRecords;
  readonly nodes: Float64Array;
  /** When each event happened. */
  readonly at: Float64Array;
  readonly origin: Origin;
}

/** An event of a packed record, of which everything is read from its columns by whoever asks. */
export class PackedRow implements CommittedRow, Event {
  readonly #of: RowsOf;
  readonly #record: number;
  readonly #i: number;

  constructor(of: RowsOf, record: number, event: number) {
    this.#of = of;
    this.#record = record;
    this.#i = event;
  }

  get event(): Event {
    return this;
  }
  get node(): number {
    return this.#of.nodes[this.#record] as number;
  }
  get origin(): Origin {
    return this.#of.origin;
  }
  get name(): string {
    return this.#of.opened.word(this.#events.names[this.#i]);
  }
  get at(): number {
    return this.#of.at[this.#i] as number;
  }
  get orderId(): string {
    return this.#of.opened.orderIds.text(this.#i);
  }
  get amountFen(): number {
    return this.#events.amountFen[this.#i] as number;
  }
  get quantity(): number {
    return this.#events.quantity[this.#i] as number;
  }
  get items(): Event["items"] {
    return this.#of.opened.itemsOf(this.#i);
  }
  get rule(): Event["rule"] {
    return "same-row";
  }
  get message(): string {
    return String(this.#events.messages[this.#i]);
  }
  get type(): Event["type"] {
    return "track";
  }
  get marks(): readonly Mark[] {
    return this.#of.opened.marksOf(this.#record);
  }
  get excluded(): boolean {
    return this.#of.opened.isExcluded(this.#record);
  }
  get said(): Event["said"] {
    return nothing;
  }
  get identifiers(): readonly Identifier[] {
    return this.#of.opened.identifiersOf(this.#record);
  }
  get properties(): string {
    return textOf(this.propertiesUtf8);
  }
  get propertiesUtf8(): Utf8 {
    return this.#of.opened.properties.utf8(this.#i);
  }
  get outline(): Outline {
    return this.#of.opened.outlineOf(this.#record, this.#i);
  }

  get #events() {
    return this.#of.opened.packed.events;
  }
}
