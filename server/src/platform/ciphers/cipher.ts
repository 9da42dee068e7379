import type { KeyObject } from "node:crypto";

/** How values are sealed: encrypted under a fresh nonce, and bound to what is said beside them. */
export interface Cipher {
  readonly keyBytes: number;
  /** nonce | tag | ciphertext; `aad` is not in it and must be the same to open. */
  seal(key: KeyObject, plain: Buffer | string, aad?: Buffer): Buffer;
  /** The same of many texts, for a fraction of the price each. */
  sealMany(key: KeyObject, plains: readonly string[], aad?: Buffer): Buffer[];
  /** Throws when the key or `aad` is another one or a byte was changed. */
  open(key: KeyObject, sealed: Buffer, aad?: Buffer): Buffer;
}
