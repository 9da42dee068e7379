import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import { bits64, hash64 } from "../events/message-hash.ts";
import { textOf, type Utf8 } from "../events/utf8.ts";
import type { Vault } from "../people/vault.store.ts";
import type { StatedRecord } from "./record.ts";

/** Said by what stood beside it in a file, not by the record: another file may have other neighbours. */
const amongOthers: Mark = "duplicate-near";

/** What makes a workspace's hashes its own; readers in other threads are handed it. */
export const recordSalt = (vault: Pick<Vault, "hash">, workspace: number): string =>
  vault.hash(workspace, "record", "").toString("base64");

/** What a record states besides its fields, as it is hashed. `said` is what it says of its person, as JSON. */
export function saidBeside(
  { identifiers, marks }: Pick<StatedRecord, "identifiers" | "marks">,
  said: string,
): string {
  let text = "";
  for (const { namespace, value } of identifiers) text += `\n${namespace}:${value}`;
  text += said;
  if (marks.length === 0) return text;
  return text + marks.filter((mark) => mark !== amongOthers).join();
}

/**
 * The hashes a workspace's records are known by. They are keyed, since what is hashed may identify (a member number, an
 * address) and the facts' engine must not be able to guess it.
 */
export class RecordHash {
  readonly #salt: string;
  /** The salt, and after it whatever is being hashed. */
  #bytes: Buffer;
  readonly #saltBytes: number;
  /** What stands before a key, by its kind. */
  readonly #kinds = new Map<RecordKindId, Utf8>();

  constructor(salt: string) {
    this.#salt = salt;
    this.#bytes = Buffer.from(salt);
    this.#saltBytes = this.#bytes.length;
  }

  /** Which record it is. */
  id(kind: RecordKindId, key: string): string {
    return this.idBits(kind, key).toString();
  }

  idBits(kind: RecordKindId, key: string): bigint {
    return this.#bits(`${kind}\n${key}`);
  }

  /** The same of a key that is bytes already. */
  idBitsOf(kind: RecordKindId, key: Utf8): bigint {
    let before = this.#kinds.get(kind);
    if (before === undefined) {
      const bytes = Buffer.from(`${kind}\n`);
      before = { bytes, from: 0, to: bytes.length };
      this.#kinds.set(kind, before);
    }
    return this.#bitsOf(before, key);
  }

  /** Everything that is stated. */
  content(record: StatedRecord): string {
    const said = record.saidText ?? (record.said.length > 0 ? JSON.stringify(record.said) : "");
    return hash64(`${this.#salt}${textOf(record.fields)}${saidBeside(record, said)}`);
  }

  /** The same as a number, of fields that are bytes already. */
  contentBits({ bytes, from, to }: Utf8, beside: string): bigint {
    const most = this.#saltBytes + to - from + beside.length * 3;
    if (most > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], most * 2);
    const at = this.#saltBytes + bytes.copy(this.#bytes, this.#saltBytes, from, to);
    const end = at + this.#bytes.write(beside, at);
    return bits64(this.#bytes.subarray(0, end));
  }

  contentBitsOf(fields: Utf8, beside: Utf8): bigint {
    return this.#bitsOf(fields, beside);
  }

  /** An event of a record: the same whatever the record says of it. */
  message(id: string, name: string, which: string): string {
    return hash64(`${this.#salt}${id} ${name}\n${which}`);
  }

  messageBits(id: bigint, name: string, which: string): bigint {
    return this.#bits(`${id} ${name}\n${which}`);
  }

  /** Of the salt and two texts. */
  #bitsOf(first: Utf8, second: Utf8): bigint {
    const most = this.#saltBytes + first.to - first.from + second.to - second.from;
    if (most > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], most * 2);
    const at = this.#saltBytes + first.bytes.copy(this.#bytes, this.#saltBytes, first.from, first.to);
    const end = at + second.bytes.copy(this.#bytes, at, second.from, second.to);
    return bits64(this.#bytes.subarray(0, end));
  }

  /** Of the salt and a text. Bytes at hand are hashed in half the time that a text takes. */
  #bits(text: string): bigint {
    const from = this.#saltBytes;
    if (from + text.length * 3 > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], from + text.length * 6);
    const bytes = this.#bytes;
    let end = from;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= 128) {
        end = from + bytes.write(text, from);
        break;
      }
      bytes[end++] = code;
    }
    return bits64(bytes.subarray(0, end));
  }
}
