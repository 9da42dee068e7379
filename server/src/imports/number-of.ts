/**
 * 53 bits of a text, and of what goes before it: enough to look things up by. It is no secret and no proof: whoever finds
 * something by it compares, or lives with a mistake in 10¹⁵.
 */
export function numberOf(text: string, first = 0, second = 0): number {
  let high = 0x811c9dc5 ^ first;
  let low = 0x9e3779b1 ^ second;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return (high >>> 0) * 2 ** 21 + ((low >>> 0) & (2 ** 21 - 1));
}

/** The same of a text in UTF-8. */
export function numberOfBytes(bytes: Uint8Array, to: number, first = 0, second = 0): number {
  let high = 0x811c9dc5 ^ first;
  let low = 0x9e3779b1 ^ second;
  for (let i = 0; i < to; i += 1) {
    const code = bytes[i] as number;
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return (high >>> 0) * 2 ** 21 + ((low >>> 0) & (2 ** 21 - 1));
}
