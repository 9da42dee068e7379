import { createCipheriv, type KeyObject, timingSafeEqual } from "node:crypto";
import { ghash } from "@noble/ciphers/_polyval.js";
import type { Cipher } from "./cipher.ts";
import { sealerOfMany } from "./gcm-many.ts";
import { freshNonce, nonceBytes, tagBytes } from "./nonce.ts";

const blockBytes = 16;
const nothing = Buffer.alloc(0);

/**
 * SM4-GCM, RFC 8998: the block cipher of GB/T 32907-2016 in the mode of NIST SP 800-38D. OpenSSL as Node builds it has
 * SM4 in counter mode but not in GCM, so the mode is put together here from that and a library's GHASH.
 */
export const sm4Gcm: Cipher = {
  keyBytes: 16,
  seal(key, plain, aad = nothing) {
    const nonce = freshNonce();
    const { text, tag } = sealUnder(
      key,
      nonce,
      typeof plain === "string" ? Buffer.from(plain, "utf8") : plain,
      aad,
    );
    return Buffer.concat([nonce, tag, text]);
  },
  sealMany: sealerOfMany("sm4-ecb"),
  open(key, sealed, aad = nothing) {
    if (sealed.length < nonceBytes + tagBytes) throw new Error("shorter than a nonce and a tag");
    const nonce = sealed.subarray(0, nonceBytes);
    const text = sealed.subarray(nonceBytes + tagBytes);
    const { mask, crossed } = counterMode(key, nonce, text);
    const expected = tagOf(key, mask, text, aad);
    if (!timingSafeEqual(expected, sealed.subarray(nonceBytes, nonceBytes + tagBytes))) {
      throw new Error("the tag does not fit: another key, or changed bytes");
    }
    return crossed;
  },
};

/** Under a given nonce, for the standard's test vectors; whoever seals values takes a fresh one. */
export function sealUnder(key: KeyObject, nonce: Buffer, plain: Buffer, aad: Buffer) {
  const { mask, crossed: text } = counterMode(key, nonce, plain);
  return { text, tag: tagOf(key, mask, text, aad) };
}

/** The block of the first counter masks the tag; the text is crossed with those after it. */
function counterMode(key: KeyObject, nonce: Buffer, text: Buffer): { mask: Buffer; crossed: Buffer } {
  const first = Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])]);
  const stream = createCipheriv("sm4-ctr", key, first).update(
    Buffer.concat([Buffer.alloc(blockBytes), text]),
  );
  return { mask: stream.subarray(0, blockBytes), crossed: stream.subarray(blockBytes) };
}

function tagOf(key: KeyObject, mask: Buffer, text: Buffer, aad: Buffer): Buffer {
  const bits = Buffer.alloc(blockBytes);
  bits.writeBigUInt64BE(BigInt(aad.length) * 8n, 0);
  bits.writeBigUInt64BE(BigInt(text.length) * 8n, 8);
  // Each update is filled up with zeros to a whole block, as the mode asks.
  const sum = ghash.create(hashKeyOf(key), aad.length + text.length);
  const digest = sum.update(aad).update(text).update(bits).digest();
  for (let i = 0; i < blockBytes; i += 1) digest[i] = (digest[i] as number) ^ (mask[i] as number);
  return Buffer.from(digest);
}

const hashKeys = new WeakMap<KeyObject, Buffer>();

/** The key of GHASH: a block of zeros, encrypted. */
function hashKeyOf(key: KeyObject): Buffer {
  const known = hashKeys.get(key);
  if (known !== undefined) return known;
  const made = createCipheriv("sm4-ecb", key, null).setAutoPadding(false).update(Buffer.alloc(blockBytes));
  hashKeys.set(key, made);
  return made;
}
