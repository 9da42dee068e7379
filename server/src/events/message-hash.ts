import { hash } from "node:crypto";

/** 64 bits of a text, or of its bytes. */
export const bits64 = (text: string | Buffer): bigint => BigInt(`0x${hash("md5", text).slice(0, 16)}`);

/** The same as decimal digits; enough to tell events of one node apart, small enough to be ClickHouse's key. */
export const hash64 = (text: string): string => bits64(text).toString();

/** A source's message ids are its own: two sources may both count from 1. */
export const messageHash = (source: number, messageId: string): string => hash64(`${source} ${messageId}`);
