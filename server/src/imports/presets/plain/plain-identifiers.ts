import type { PlainIdentifier, PlainOrder } from "../../plain-order.ts";
import { Bytes } from "../../reading/bytes.ts";
import type { CutRow } from "../../reading/cut-row.ts";
import { numberOfBuyer } from "../order-oddities.ts";
import type { Column, PlainCells } from "./plain-cells.ts";
import { isPlainText, Span } from "./quick-cells.ts";
import type { Said } from "./said.ts";

/** What a shop calls its members: "" where nothing is an account's name; and how that is hashed. */
interface Members {
  readonly members: string;
  readonly beforeMember: Uint8Array;
}

const [asterisk, lost] = [42, 0xfffd];

/** Reads who bought, in room that is used again for every order. */
export class PlainIdentifiers {
  readonly #memberAt: number | undefined;
  readonly #cells: PlainCells;
  readonly #span = new Span();
  readonly #found: PlainIdentifier[] = [];
  readonly #member = identifier("");
  readonly #phones: readonly { column: Column; one: PlainIdentifier }[];

  constructor(said: Said, cells: PlainCells) {
    this.#memberAt = said.place("member");
    this.#cells = cells;
    this.#phones = ["phone", "buyerPhone"].map((target) => ({
      column: cells.column(target),
      one: identifier("phone"),
    }));
  }

  /** null: something stands out in them. */
  read(row: CutRow, { members, beforeMember }: Members): readonly PlainIdentifier[] | null {
    const found = this.#found;
    found.length = 0;
    if (members !== "" && !this.#readMember(row)) return null;
    if (members !== "" && this.#member.value.size > 0) {
      this.#member.namespace = members;
      this.#member.before = beforeMember;
      found.push(this.#member);
    }
    for (const { column, one } of this.#phones) {
      this.#cells.phone(row, column, one.value);
      if (one.value.size > 0 && !found.some(({ value }) => value.isEqual(one.value))) found.push(one);
    }
    return found;
  }

  /** A name that was masked or lost on the way is none. */
  #readMember(row: CutRow): boolean {
    const to = this.#member.value;
    to.clear();
    const at = this.#memberAt;
    if (at === undefined) return true;
    const span = this.#span;
    if (!span.of(row, at) || !isPlainText(row.text, span.from, span.to)) return false;
    for (let i = span.from; i < span.to; i += 1) {
      const code = row.text.charCodeAt(i);
      if (code === asterisk || code === lost) return true;
    }
    to.chars(row.text, span.from, span.to);
    return true;
  }
}

const identifier = (namespace: string): PlainIdentifier => ({
  namespace,
  before: Buffer.from(`\n${namespace}:`),
  value: new Bytes(),
});

/** What an order is held against others by; null: nobody is said to have bought it. */
export function besideOf(
  [whose]: readonly PlainIdentifier[],
  at: number,
  items: number,
  amountFen: number,
): PlainOrder["beside"] {
  if (whose === undefined) return null;
  return { at, items, amountFen, buyer: numberOfBuyer(whose.namespace, whose.value.utf8) };
}
