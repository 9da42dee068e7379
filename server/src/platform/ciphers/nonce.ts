import { randomFillSync } from "node:crypto";

export const nonceBytes = 12;
export const tagBytes = 16;

/** Random bytes for many nonces at once: asking for each took a third of a seal's time. Every one is used once. */
const nonces = Buffer.alloc(nonceBytes * 1024);
let next = nonces.length;

/** 96 random bits, as NIST SP 800-38D §8.2.2 allows for up to 2³² values under one key. */
export function freshNonce(): Buffer {
  if (next === nonces.length) {
    randomFillSync(nonces);
    next = 0;
  }
  const nonce = Buffer.from(nonces.subarray(next, next + nonceBytes));
  next += nonceBytes;
  return nonce;
}
