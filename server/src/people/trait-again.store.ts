import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { KeyedText } from "./keyed-text.ts";
import { type Key, Known } from "./known.ts";
import { packedBytes, packedIds, packedInts, packedTexts } from "./packed-array.ts";
import type { Vault } from "./vault.store.ts";

export interface SealedTrait {
  readonly node: number;
  readonly key: string;
  readonly import: number;
  readonly json: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Words of the buyers of a large shop, in 16 bytes for each place; twice as many at most. */
const mostRemembered = 500_000;
/** An import says a few traits; keys come from outside. */
const mostKinds = 1_000;
/** Of a sealed value bytes of its nonce: beyond what names the key's version, and few enough for a number. */
const markFrom = 4;
const markBytes = 5;

/**
 * Which sealed value holds what an import said of a node's trait. A buyer's every order says her name again: where the
 * value in the vault is still the very one, what was said is neither hashed nor sealed once more. Whether it still is,
 * the database says: so whatever others did meanwhile, nothing has to be forgotten here.
 */
class SaidTraits {
  readonly #marks = new Known(mostRemembered);
  readonly #secret = new KeyedText();
  readonly #kinds = new Map<number, Map<string, KeyedText>>();
  #kindsKept = 0;
  readonly #key = { first: 0, second: 0, third: 0 };

  /** The mark of the sealed value that holds this; undefined: not known here. */
  markOf(said: SealedTrait): number | undefined {
    return this.#marks.get(this.#keyOf(said));
  }

  add(said: SealedTrait, sealed: Buffer): void {
    this.#marks.set(this.#keyOf(said), sealed.readUIntBE(markFrom, markBytes));
  }

  #keyOf({ node, key, import: by, json }: SealedTrait): Key {
    const text = this.#kind(by, key).of(json);
    this.#key.first = (text.first ^ node) >>> 0;
    this.#key.second = (text.second ^ Math.floor(node / 2 ** 32)) >>> 0;
    this.#key.third = text.third;
    return this.#key;
  }

  #kind(by: number, key: string): KeyedText {
    let kinds = this.#kinds.get(by);
    let kind = kinds?.get(key);
    if (kind !== undefined) return kind;
    kind = this.#secret.ofKind(`${by}\n${key}`);
    if (this.#kindsKept >= mostKinds) {
      this.#kinds.clear();
      this.#kindsKept = 0;
      kinds = undefined;
    }
    if (kinds === undefined) {
      kinds = new Map();
      this.#kinds.set(by, kinds);
    }
    kinds.set(key, kind);
    this.#kindsKept += 1;
    return kind;
  }
}

const ofVaults = new WeakMap<Vault, SaidTraits>();

export function saidTraits(vault: Vault): SaidTraits {
  let said = ofVaults.get(vault);
  if (said === undefined) {
    said = new SaidTraits();
    ofVaults.set(vault, said);
  }
  return said;
}

/** Takes down when these were said again; answers those of which the vault holds something else, or nothing. */
export async function sayAgain(
  db: Db,
  again: readonly SealedTrait[],
  marks: readonly number[],
): Promise<SealedTrait[]> {
  if (again.length === 0) return [];
  const bytes = Buffer.alloc(markBytes * marks.length);
  const each = marks.map((mark, i) => {
    bytes.writeUIntBE(mark, markBytes * i, markBytes);
    return bytes.subarray(markBytes * i, markBytes * (i + 1));
  });
  const { rows } = await db.transaction().execute(async (tx) => {
    // Deleting nodes and this wait for each other as a whole, not row by row in a circle (0018_bulk.sql).
    await sql`select pg_advisory_xact_lock_shared(7190, 0), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(tx);
    return sql<{ places: Buffer | null }>`
      with touched as (
        update vault_trait as kept set at = greatest(kept.at, to_timestamp(said.ms / 1000.0))
        from unnest(
          ${packedIds(again.map(({ node }) => node))}::bigint[], ${packedTexts(again.map(({ key }) => key))}::text[],
          ${packedInts(again.map((one) => one.import))}::int[], ${packedBytes(each)}::bytea[],
          ${packedIds(again.map(({ at }) => at))}::bigint[]
        ) with ordinality as said (node, key, import, mark, ms, place)
        where kept.node = said.node and kept.key = said.key and kept.import = said.import
          and substr(kept.sealed_value, ${markFrom + 1}::int, ${markBytes}::int) = said.mark
        returning said.place)
      select string_agg(int4send((place - 1)::int), '') as places from touched`.execute(tx);
  });
  const places = rows[0]?.places ?? Buffer.alloc(0);
  if (places.length === 4 * again.length) return [];
  const isTouched = new Uint8Array(again.length);
  for (let at = 0; at < places.length; at += 4) isTouched[places.readInt32BE(at)] = 1;
  return again.filter((_, i) => isTouched[i] === 0);
}
