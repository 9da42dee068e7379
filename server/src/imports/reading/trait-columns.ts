import type { SplitTraits } from "../../people/traits.ts";
import type { PackedTraits } from "../../records/packed-records.ts";
import type { PlainTraits } from "../plain-order.ts";
import type { Bytes } from "./bytes.ts";
import { type Wholes, wholes } from "./number-column.ts";
import { TextPacker } from "./text-column.ts";
import type { Words } from "./words.ts";

/** The traits that the records of the slice under way say. */
export class TraitColumns {
  readonly #words: Words;
  readonly #firstPlain: Wholes;
  readonly #plainKeys: Wholes;
  readonly #plainTexts: TextPacker;
  readonly #firstSealed: Wholes;
  readonly #sealedKeys: Wholes;
  readonly #sealedTexts: TextPacker;

  constructor(words: Words, sizes?: TraitColumns["sizes"]) {
    this.#words = words;
    this.#firstPlain = wholes(sizes?.count);
    this.#firstPlain.push(0);
    this.#firstSealed = wholes(sizes?.count);
    this.#firstSealed.push(0);
    this.#plainKeys = wholes(sizes?.plain.texts);
    this.#plainTexts = new TextPacker(sizes?.plain);
    this.#sealedKeys = wholes(sizes?.sealed.texts);
    this.#sealedTexts = new TextPacker(sizes?.sealed);
  }

  get sizes() {
    return {
      count: this.#firstPlain.count,
      ...{ plain: this.#plainTexts.sizes, sealed: this.#sealedTexts.sizes },
    };
  }

  /** More of what the record under way says. */
  add({ sealed, plain }: SplitTraits): void {
    for (const { key, json } of sealed) {
      this.#sealedKeys.push(this.#words.at(key));
      this.#sealedTexts.add(json);
    }
    for (const { key, text } of plain) {
      this.#plainKeys.push(this.#words.at(key));
      this.#plainTexts.add(text);
    }
  }

  /** The name of a plain order's buyer, as JSON. */
  addName(json: Bytes): void {
    this.#sealedKeys.push(this.#words.at("name"));
    this.#sealedTexts.piece(json);
    this.#sealedTexts.end();
  }

  addPlain({ sealed, plain }: PlainTraits): void {
    for (const { key, json } of sealed) {
      this.#sealedKeys.push(this.#words.at(key));
      this.#sealedTexts.bytes(json);
      this.#sealedTexts.end();
    }
    for (const { key, text } of plain) {
      this.#plainKeys.push(this.#words.at(key));
      this.#plainTexts.bytes(text);
      this.#plainTexts.end();
    }
  }

  /** Ends a record, whether it said anything or not. */
  end(): void {
    this.#firstPlain.push(this.#plainKeys.count);
    this.#firstSealed.push(this.#sealedKeys.count);
  }

  done(): PackedTraits {
    return {
      ...{ firstPlain: this.#firstPlain.done(), plainKeys: this.#plainKeys.done() },
      ...{ plainTexts: this.#plainTexts.done(), firstSealed: this.#firstSealed.done() },
      ...{ sealedKeys: this.#sealedKeys.done(), sealedTexts: this.#sealedTexts.done() },
    };
  }
}
