import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import { hash64 } from "../events/message-hash.ts";
import { textOf } from "../events/utf8.ts";
import type { Vault } from "../people/vault.store.ts";
import type { StatedRecord } from "./record.ts";

/** Said by what stood beside it in a file, not by the record: another file may have other neighbours. */
const amongOthers: Mark = "duplicate-near";

/** What makes a workspace's hashes its own; readers in other threads are handed it. */
export const recordSalt = (vault: Pick<Vault, "hash">, workspace: number): string =>
  vault.hash(workspace, "record", "").toString("base64");

/**
 * The hashes a workspace's records are known by. They are keyed, since what is hashed may identify (a member number, an
 * address) and the facts' engine must not be able to guess it.
 */
export class RecordHash {
  readonly #salt: string;

  constructor(salt: string) {
    this.#salt = salt;
  }

  /** Which record it is. */
  id(kind: RecordKindId, key: string): string {
    return hash64(`${this.#salt}${kind}\n${key}`);
  }

  /** Everything that is stated. */
  content(record: StatedRecord): string {
    const { fields, identifiers, marks } = record;
    let text = `${this.#salt}${textOf(fields)}`;
    for (const { namespace, value } of identifiers) text += `\n${namespace}:${value}`;
    text += record.saidText ?? (record.said.length > 0 ? JSON.stringify(record.said) : "");
    const own = marks.filter((mark) => mark !== amongOthers);
    if (own.length > 0) text += own.join();
    return hash64(text);
  }

  /** An event of a record: the same whatever the record says of it. */
  message(id: string, name: string, which: string): string {
    return hash64(`${this.#salt}${id} ${name}\n${which}`);
  }
}
