/**
 * The length that stands before a text in ClickHouse's own binary form: seven bits a byte, the lowest first, a set top
 * bit saying that more follow. Always in four bytes, so that a text can be written before its length is known.
 */
export const prefixBytes = 4;

/** The longest text that such a length can say. */
const longestPrefixed = 2 ** 28 - 1;

export function writePrefix(bytes: Uint8Array, at: number, length: number): void {
  if (length > longestPrefixed) throw new RangeError("a text too long for its length");
  bytes[at] = (length & 127) | 128;
  bytes[at + 1] = ((length >> 7) & 127) | 128;
  bytes[at + 2] = ((length >> 14) & 127) | 128;
  bytes[at + 3] = length >> 21;
}
