import { Texts } from "../events/text-column.ts";
import type { SealedTrait } from "../people/sealed-trait.store.ts";
import type { SplitRows } from "../people/trait.store.ts";
import { differentKeys, NativeBlock } from "../platform/native-block.ts";
import { Chosen } from "./chosen.ts";
import { type PackedSlice, ways } from "./packed-slice.ts";
import type { RecordOrigin } from "./record.ts";

/**
 * The traits that the plain records of a slice say, as they are stored: of several words of a person's node on one trait
 * the newest, of equally new ones the last. Answers also of which records that is all that they say.
 */
export function traitsOfSlice(
  slice: PackedSlice,
  { workspace, import: importId, received }: RecordOrigin,
): { rows: SplitRows; taken: Uint8Array } {
  const { traits, words } = slice.packed;
  const taken = takenOf(slice);
  const at = (place: number): number =>
    slice.kind === "order" ? (slice.atOf(place) ?? received) : (changedOf(slice, place) ?? received);
  const plain = new Rows(traits.firstPlain, traits.plainKeys);
  const sealed = new Rows(traits.firstSealed, traits.sealedKeys);
  for (const places of repeatedOf(slice, taken)) {
    plain.keepNewest(places, at);
    sealed.keepNewest(places, at);
  }
  const ofPlain = plain.chosen(taken);
  // A record says each key once (splitTraits), and of a person's records one word on a trait is left.
  const block = new NativeBlock(ofPlain.count, differentKeys);
  block.uint32("workspace", workspace);
  block.uint64("node", ofPlain.take(plain.each((place) => slice.nodes[place] as number)));
  block.words("key", { words, places: ofPlain.take(traits.plainKeys) });
  block.texts("value", ofPlain.texts(traits.plainTexts));
  block.instant("at", ofPlain.take(plain.each(at)));
  block.uint32("import", importId);
  const texts = new Texts(traits.sealedTexts);
  const all: SealedTrait[] = [];
  for (let place = 0; place < slice.count; place += 1) {
    if (taken[place] === 0) continue;
    const end = traits.firstSealed[place + 1] as number;
    for (let row = traits.firstSealed[place] as number; row < end; row += 1) {
      if (sealed.isDropped(row)) continue;
      const key = words[traits.sealedKeys[row] as number] as string;
      const node = slice.nodes[place] as number;
      all.push({ node, key, import: importId, json: texts.text(row), at: at(place) });
    }
  }
  return { rows: { plain: block, sealed: all }, taken };
}

/** Those of plain records whose persons no odd one speaks of: of both together the newest word would have to be found. */
function takenOf(slice: PackedSlice): Uint8Array {
  const { firstPlain, firstSealed } = slice.packed.traits;
  const ofOdd = new Set<number>();
  for (const place of slice.odd.keys()) ofOdd.add(slice.nodes[place] as number);
  const taken = new Uint8Array(slice.count);
  for (let place = 0; place < slice.count; place += 1) {
    const node = slice.nodes[place] as number;
    if (slice.way[place] !== ways.plain || node === 0 || ofOdd.has(node)) continue;
    if (firstPlain[place] !== firstPlain[place + 1] || firstSealed[place] !== firstSealed[place + 1])
      taken[place] = 1;
  }
  return taken;
}

function changedOf({ packed }: PackedSlice, place: number): number | null {
  const at = packed.changedAt[place] as number;
  return Number.isNaN(at) ? null : at;
}

/** The places of those of whose nodes there are several, by node. */
function repeatedOf({ nodes, count }: PackedSlice, taken: Uint8Array): Iterable<readonly number[]> {
  const first = new Map<number, number>();
  const repeated = new Map<number, number[]>();
  for (let place = 0; place < count; place += 1) {
    if (taken[place] === 0) continue;
    const node = nodes[place] as number;
    const before = first.get(node);
    if (before === undefined) first.set(node, place);
    else {
      const places = repeated.get(node);
      if (places === undefined) repeated.set(node, [before, place]);
      else places.push(place);
    }
  }
  return repeated.values();
}

/** Rows of several records: those of record i from `first[i]` on. */
class Rows {
  readonly #first: Uint32Array;
  readonly #keys: Uint32Array;
  readonly #dropped: Uint8Array;

  constructor(first: Uint32Array, keys: Uint32Array) {
    this.#first = first;
    this.#keys = keys;
    this.#dropped = new Uint8Array(keys.length);
  }

  isDropped(row: number): boolean {
    return this.#dropped[row] === 1;
  }

  /** Of the rows of these records, which are one person's, each key's newest stays. */
  keepNewest(places: readonly number[], at: (place: number) => number): void {
    const newest = new Map<number, { row: number; at: number }>();
    for (const place of places) {
      const end = this.#first[place + 1] as number;
      for (let row = this.#first[place] as number; row < end; row += 1) {
        const key = this.#keys[row] as number;
        const before = newest.get(key);
        const one = { row, at: at(place) };
        if (before !== undefined && before.at > one.at) this.#dropped[row] = 1;
        else {
          if (before !== undefined) this.#dropped[before.row] = 1;
          newest.set(key, one);
        }
      }
    }
  }

  /** The rows that stay of the records taken. */
  chosen(taken: Uint8Array): Chosen {
    const stays = new Uint8Array(this.#keys.length);
    for (let place = 0; place < taken.length; place += 1)
      if (taken[place] === 1) stays.fill(1, this.#first[place], this.#first[place + 1]);
    return Chosen.of(stays.length, (row) => stays[row] === 1 && this.#dropped[row] === 0);
  }

  /** A number of its record for each row. */
  each(of: (place: number) => number): Float64Array {
    const numbers = new Float64Array(this.#keys.length);
    for (let place = 0; place + 1 < this.#first.length; place += 1) {
      const [from, to] = [this.#first[place] as number, this.#first[place + 1] as number];
      if (from < to) numbers.fill(of(place), from, to);
    }
    return numbers;
  }
}
