import { open } from "node:fs/promises";
import { type Encoding, peek, Utf8Check } from "./encoding.ts";
import { UnreadableFile } from "./format.ts";

const headBytes = 256 * 1024;
/** Small enough for what was made of one to be gone when the young generation is collected. */
const chunkBytes = 256 * 1024;
/** Without the end of a line within so many bytes it is decoded wherever it breaks off. */
const longestLine = 64 * 1024 * 1024;

/** The first bytes of a file. */
export async function firstBytes(path: string, most = headBytes): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(most);
    const { bytesRead } = await file.read(head, 0, most, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Reads all of the file once where its first bytes do not say: 1 GB takes a second. */
export async function encodingOf(path: string): Promise<Encoding> {
  const found = peek(await firstBytes(path));
  if (found === "empty" || found === "not-text") throw new UnreadableFile(found);
  if (found !== undefined) return found;
  const check = new Utf8Check();
  for await (const chunk of chunksOf(path, () => undefined)) check.add(chunk);
  return check.encoding;
}

export async function headOf(path: string, encoding: Encoding): Promise<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: false });
  return decoder.decode(await firstBytes(path), { stream: true });
}

/** The text of a file, chunk by chunk, without a mark at its beginning. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes: (read: number) => void,
): AsyncGenerator<string> {
  const decode = encoding === "utf-8" ? utf8Decoder() : otherDecoder(encoding);
  for await (const chunk of chunksOf(path, onBytes)) yield decode(chunk, false);
  yield decode(Buffer.alloc(0), true);
}

/** A buffer is used again for the next chunk but one: what was read is decoded before more is asked for. */
async function* chunksOf(path: string, onBytes: (read: number) => void): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    let read = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, read);
      if (bytesRead === 0) return;
      read += bytesRead;
      onBytes(read);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The engine's decoder of whole buffers is several times as fast as the one that keeps what a chunk cuts off; so chunks
 * are cut at line ends, which are no part of any other character.
 */
function utf8Decoder(): (chunk: Buffer, last: boolean) => string {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  return (chunk, last) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (first && bytes.length >= 3) {
      first = false;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    const end = last ? bytes.length : bytes.lastIndexOf(10) + 1;
    rest = Buffer.from(bytes.subarray(end));
    if (rest.length > longestLine) {
      const all = rest.toString("utf8");
      rest = Buffer.alloc(0);
      return bytes.toString("utf8", 0, end) + all;
    }
    return bytes.toString("utf8", 0, end);
  };
}

function otherDecoder(encoding: Encoding): (chunk: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding);
  return (chunk, last) => decoder.decode(chunk, { stream: !last });
}
