import { ownText } from "../../events/own-text.ts";
import type { CutRow } from "./cut-row.ts";

/** So many stand in one of the memory's places; the one after takes the first one's. */
const inOnePlace = 4;
/** A longer cell is not remembered. */
const longest = 2_000;

interface Remembered<Value> {
  /** As many characters as there are cells, each the length of one; then the cells. */
  readonly key: string;
  readonly value: Value;
}

/**
 * What cells came to that say the very same, found without making a text of them. Takes a fixed room: what is new takes
 * the place of something older, so that a column in which each value is another costs little, and nothing is ever thrown
 * away as a whole.
 */
export class CellMemory<Value> {
  readonly #columns: readonly number[];
  readonly #places: (Remembered<Value> | undefined)[];
  /** Of each place, beside each other: whoever is looked for is hardly ever looked at in vain. */
  readonly #hashes: Int32Array;
  readonly #mask: number;
  #seen = 0;
  #hash = 0;
  #next = 0;

  /** `columns`: whose cells are looked at together. `size`: a power of two. */
  constructor(columns: readonly number[], size: number) {
    this.#columns = columns;
    this.#places = new Array(size).fill(undefined);
    this.#hashes = new Int32Array(size);
    this.#mask = size / inOnePlace - 1;
  }

  /** What the cells of this row came to; where that is not known, `keep` remembers it. */
  find(row: CutRow): Value | undefined {
    const { text, from, to } = row;
    let hash = 0;
    for (const column of this.#columns) {
      const end = to[column] as number;
      for (let at = from[column] as number; at < end; at += 1)
        hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
      hash = (Math.imul(hash, 31) + 1) | 0;
    }
    this.#hash = hash;
    this.#seen = ((Math.imul(hash, 0x9e3779b1) >>> 7) & this.#mask) * inOnePlace;
    for (let i = this.#seen; i < this.#seen + inOnePlace; i += 1) {
      if (this.#hashes[i] !== hash) continue;
      const one = this.#places[i];
      if (one !== undefined && this.#says(row, one.key)) return one.value;
    }
    return undefined;
  }

  /** Remembers what the cells that were looked for last came to. */
  keep(row: CutRow, value: Value): Value {
    let lengths = "";
    let cells = "";
    for (const column of this.#columns) {
      const cell = row.cell(column);
      if (cell.length > longest) return value;
      lengths += String.fromCharCode(cell.length);
      cells += cell;
    }
    this.#next = (this.#next + 1) % inOnePlace;
    let place = this.#seen + this.#next;
    for (let i = 0; i < inOnePlace; i += 1)
      if (this.#places[this.#seen + i] === undefined) place = this.#seen + i;
    this.#hashes[place] = this.#hash;
    this.#places[place] = { key: ownText(lengths + cells), value };
    return value;
  }

  #says({ text, from, to }: CutRow, key: string): boolean {
    const columns = this.#columns;
    let said = columns.length;
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as number;
      const begin = from[column] as number;
      const length = (to[column] as number) - begin;
      if (key.charCodeAt(i) !== length) return false;
      // From the end: articles of a family begin alike.
      for (let k = length - 1; k >= 0; k -= 1)
        if (key.charCodeAt(said + k) !== text.charCodeAt(begin + k)) return false;
      said += length;
    }
    return true;
  }
}
