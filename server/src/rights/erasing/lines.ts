/** A row of a file goes on over line breaks inside quotes; beyond so many lines the quote was none. */
const mostLines = 500;
const newline = 10;
const quote = 34;

/**
 * A file's rows as they stand, their line ends with them, whatever the encoding that keeps ASCII as it is (UTF-8, GB18030).
 * Never more than a row and a chunk in memory.
 */
export async function* rowsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let from = 0;
    for (let end = endOfRow(held, from); end !== -1; end = endOfRow(held, from)) {
      yield held.subarray(from, end);
      from = end;
    }
    held = held.subarray(from);
  }
  if (held.length > 0) yield held;
}

/** Where the row that begins at `from` ends, its line end included; -1 when it is not all there. */
function endOfRow(bytes: Buffer, from: number): number {
  let quotes = 0;
  let firstEnd = -1;
  let lines = 0;
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === quote) quotes += 1;
    if (bytes[at] !== newline) continue;
    lines += 1;
    if (firstEnd === -1) firstEnd = at + 1;
    if (quotes % 2 === 0) return at + 1;
    if (lines === mostLines) return firstEnd;
  }
  return -1;
}

/** What stands in a row's place: as many line ends as before, so that lines keep their numbers. */
export function emptied(row: Buffer): Buffer {
  let lines = 0;
  for (const byte of row) if (byte === newline) lines += 1;
  return Buffer.from(`[erased]${"\n".repeat(lines)}`);
}
