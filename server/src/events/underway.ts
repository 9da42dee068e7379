import { MessageTable } from "./message-table.ts";

/** Which delivery carries each message that is on its way. */
export class Underway<Carrier> {
  readonly #tickets: MessageTable;
  readonly #carriers = new Map<number, Carrier>();
  #last = 0;

  /** `most`: messages on their way at once. */
  constructor(most: number) {
    this.#tickets = new MessageTable(most, { withValues: true });
  }

  /** A number for a delivery, until it is given back with `arrived`. */
  ticket(carrier: Carrier): number {
    do this.#last = (this.#last + 1) >>> 0;
    while (this.#carriers.has(this.#last));
    this.#carriers.set(this.#last, carrier);
    return this.#last;
  }

  arrived(ticket: number): void {
    this.#carriers.delete(ticket);
  }

  /** By a message's two numbers (message-table.ts); undefined: it is not on its way. */
  carrierOf(head: number, tail: number): Carrier | undefined {
    const ticket = this.#tickets.get(head, tail);
    return ticket === undefined ? undefined : this.#carriers.get(ticket);
  }

  add(head: number, tail: number, ticket: number): void {
    this.#tickets.add(head, tail, ticket);
  }

  delete(head: number, tail: number): void {
    this.#tickets.delete(head, tail);
  }
}
