import { hash } from "node:crypto";

// The same eight bytes as halves and as a whole: put together so, nothing is written as digits and read back.
const halves = new Uint32Array(2);
const whole = new BigUint64Array(halves.buffer);

/** 64 bits of a text, or of its bytes. */
export function bits64(text: string | Buffer): bigint {
  const digest = hash("md5", text, "binary");
  halves[1] = fourBytes(digest, 0);
  halves[0] = fourBytes(digest, 4);
  return whole[0] as bigint;
}

const fourBytes = (digest: string, at: number): number =>
  (digest.charCodeAt(at) << 24) |
  (digest.charCodeAt(at + 1) << 16) |
  (digest.charCodeAt(at + 2) << 8) |
  digest.charCodeAt(at + 3);

/** The same as decimal digits; enough to tell events of one node apart, small enough to be ClickHouse's key. */
export const hash64 = (text: string): string => bits64(text).toString();

/** A source's message ids are its own: two sources may both count from 1. */
export const messageHash = (source: number, messageId: string): string => hash64(`${source} ${messageId}`);
