import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Cipher } from "./cipher.ts";
import { sealerOfMany } from "./gcm-many.ts";
import { freshNonce, nonceBytes, tagBytes } from "./nonce.ts";

/** AES-256-GCM, NIST SP 800-38D. */
export const aes256Gcm: Cipher = {
  keyBytes: 32,
  seal(key, plain, aad) {
    const nonce = freshNonce();
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    if (aad !== undefined) cipher.setAAD(aad);
    // A stream cipher: what is not out after update never comes, and final() only closes the tag.
    const text = typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
    cipher.final();
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  },
  sealMany: sealerOfMany("aes-256-ecb"),
  open(key, sealed, aad) {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), {
      // A tag cut short would be easier to guess; without this Node takes it.
      authTagLength: tagBytes,
    });
    if (aad !== undefined) decipher.setAAD(aad);
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  },
};
