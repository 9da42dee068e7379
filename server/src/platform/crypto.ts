import { createHash, createHmac, createSecretKey, hash, type KeyObject, randomBytes } from "node:crypto";
import { aes256Gcm } from "./ciphers/aes-256-gcm.ts";

export const newKey = (): Buffer => randomBytes(32);

/** A key in the form to use often: from the bytes each call takes five times as long. */
export type Key = Buffer | KeyObject;
export const preparedKey = (key: Buffer): KeyObject => createSecretKey(key);

/** Seals with a key that has no versions: the master key, a backup's passphrase. AES-256-GCM. */
export const seal = (key: Buffer, plain: Buffer | string): Buffer =>
  aes256Gcm.seal(createSecretKey(key), plain);
/** Throws when the key is another one or a byte was changed. */
export const open = (key: Buffer, sealed: Buffer): Buffer => aes256Gcm.open(createSecretKey(key), sealed);

/** HMAC by SHA-256 or by SM3 (GB/T 32905-2016), both 32 bytes. */
export type Digest = "sha256" | "sm3";

/** HMAC: the look-up form of a value; the same value gives the same 32 bytes under the same key only. */
export const keyedHash = (key: Key, text: string, digest: Digest = "sha256"): Buffer =>
  createHmac(digest, key).update(text, "utf8").digest();

const blockBytes = 64;
const mostBytes = 1_024;

/**
 * The same as keyedHash in hexadecimal, for many texts with one beginning under one key: two one-shot hashes as RFC 2104
 * defines them take a third of the time of an Hmac object each.
 */
export function keyedHasher(
  key: Buffer,
  digest: Digest = "sha256",
  beginning = "",
): (text: string) => string {
  const inner = Buffer.alloc(blockBytes + 3 * beginning.length + mostBytes);
  const outer = Buffer.alloc(blockBytes + 32);
  for (let i = 0; i < blockBytes; i += 1) {
    inner[i] = (key[i] ?? 0) ^ 0x36;
    outer[i] = (key[i] ?? 0) ^ 0x5c;
  }
  const from = blockBytes + inner.write(beginning, blockBytes);
  // One for each length: to make one for each text takes as long as to write it.
  const upTo: Buffer[] = [];
  return (text) => {
    // A character of a string is at most three bytes.
    if (text.length * 3 > inner.length - from)
      return keyedHash(key, `${beginning}${text}`, digest).toString("hex");
    const end = from + inner.write(text, from);
    upTo[end] ??= inner.subarray(0, end);
    const within = hash(digest, upTo[end], "binary");
    outer.write(within, blockBytes, "latin1");
    return hash(digest, outer, "hex");
  };
}

/** For secrets that are random themselves (API keys, links), where a plain hash is enough. */
export const plainHash = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** A secret for a person or a program to carry, in characters that survive a URL. */
export const newSecret = (prefix = ""): string => prefix + randomBytes(24).toString("base64url");
