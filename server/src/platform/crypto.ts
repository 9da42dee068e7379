import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

export const newKey = (): Buffer => randomBytes(32);

/** A key in the form to use often: from the bytes each call takes five times as long. */
export type Key = Buffer | KeyObject;
export const preparedKey = (key: Buffer): KeyObject => createSecretKey(key);

/** AES-256-GCM under a fresh nonce: nonce | tag | ciphertext. */
export function seal(key: Key, plain: Buffer | string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const text = Buffer.concat([
    typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain),
    cipher.final(),
  ]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
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

/** For secrets that are random themselves (API keys, links), where a plain hash is enough. */
export const plainHash = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** A secret for a person or a program to carry, in characters that survive a URL. */
export const newSecret = (prefix = ""): string => prefix + randomBytes(24).toString("base64url");
