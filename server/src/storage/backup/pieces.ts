import { createHash, type Hash } from "node:crypto";
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";

const compress = promisify(zstdCompress);
export const unpack = promisify(zstdDecompress);

const pieceBytes = 4 * 1024 * 1024;
const newline = 10;

/** Counts and sums what passes, to be held against the manifest. */
export class Tally {
  rows = 0;
  readonly #hash: Hash = createHash("sha256");

  add(lines: Buffer): void {
    this.#hash.update(lines);
    for (let at = lines.indexOf(newline); at !== -1; at = lines.indexOf(newline, at + 1)) this.rows += 1;
  }
  sha256(): string {
    return this.#hash.copy().digest("hex");
  }
}

/** Puts chunks that end anywhere together into compressed pieces of whole lines. */
export async function* piecesOf(chunks: AsyncIterable<Buffer>, tally: Tally): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  const take = async (lines: Buffer): Promise<Buffer> => {
    tally.add(lines);
    return compress(lines);
  };
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < pieceBytes) continue;
    const all = Buffer.concat(held);
    const end = all.lastIndexOf(newline) + 1;
    held = end < all.length ? [all.subarray(end)] : [];
    bytes = all.length - end;
    if (end > 0) yield await take(all.subarray(0, end));
  }
  const rest = Buffer.concat(held);
  if (rest.length > 0)
    yield await take(rest.at(-1) === newline ? rest : Buffer.concat([rest, Buffer.from("\n")]));
}
