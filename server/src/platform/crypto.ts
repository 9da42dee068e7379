import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

export const newKey = (): Buffer => randomBytes(32);

/** A key in the form to use often: from the bytes each call takes five times as long. */
export type Key = Buffer | KeyObject;
export const preparedKey = (key: Buffer): KeyObject => createSecretKey(key);

/** AES-256-GCM under a fresh nonce: nonce | tag | ciphertext. */
export function seal(key: Key, plain: Buffer | string): Buffer {
  const nonce = freshNonce();
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  // A stream cipher: what is not out after update never comes, and final() only closes the tag.
  const text = typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Random bytes for many nonces at once: asking for each took a third of a seal's time. Every one is used once. */
const nonces = Buffer.alloc(nonceBytes * 1024);
let nextNonce = nonces.length;

function freshNonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  const nonce = Buffer.from(nonces.subarray(nextNonce, nextNonce + nonceBytes));
  nextNonce += nonceBytes;
  return nonce;
}

/** Throws when the key is another one or a byte was changed. */
export function open(key: Key, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), {
    // A tag cut short would be easier to guess; without this Node takes it.
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
}

/** HMAC-SHA-256: the look-up form of a value; the same value gives the same 32 bytes under the same key only. */
export const keyedHash = (key: Key, text: string): Buffer =>
  createHmac("sha256", key).update(text, "utf8").digest();

const blockBytes = 64;

/**
 * The same as keyedHash in hexadecimal, for many texts under one key: two one-shot hashes as RFC 2104 defines them take a
 * third of the time of an Hmac object each.
 */
export function keyedHasher(key: Buffer): (text: string) => string {
  const inner = Buffer.alloc(blockBytes + 1024);
  const outer = Buffer.alloc(blockBytes + 32);
  for (let i = 0; i < blockBytes; i += 1) {
    inner[i] = (key[i] ?? 0) ^ 0x36;
    outer[i] = (key[i] ?? 0) ^ 0x5c;
  }
  return (text) => {
    // A character of a string is at most three bytes.
    if (text.length * 3 > inner.length - blockBytes) return keyedHash(key, text).toString("hex");
    const length = inner.write(text, blockBytes);
    const digest = hash("sha256", inner.subarray(0, blockBytes + length), "binary");
    outer.write(digest, blockBytes, "latin1");
    return hash("sha256", outer, "hex");
  };
}

/** For secrets that are random themselves (API keys, links), where a plain hash is enough. */
export const plainHash = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** A secret for a person or a program to carry, in characters that survive a URL. */
export const newSecret = (prefix = ""): string => prefix + randomBytes(24).toString("base64url");
