import { crc32, createDeflateRaw } from "node:zlib";

/** A file to be written into an archive, its bytes as they come. */
export interface ZipEntry {
  readonly name: string;
  readonly content: AsyncIterable<string>;
}

/** Sizes are known only after the content, so they follow it (bit 3); names are UTF-8 (bit 11). */
const flags = 0x0808;
const deflated = 8;
const version = 20;

/** A ZIP archive (PKWARE APPNOTE 6.3) as a stream; never more than a chunk in memory. Entries below 4 GB. */
export async function* zipOf(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const written = { crc: 0, plain: 0, packed: 0 };
    const title = Buffer.from(name);
    const start = offset;
    const head = Buffer.concat([localHead(title), title]);
    yield head;
    for await (const chunk of packed(content, written)) yield chunk;
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x08074b50, 0);
    writeSizes(sizes, 4, written);
    yield sizes;
    offset += head.length + written.packed + sizes.length;
    directory.push(Buffer.concat([centralHead(title, written, start), title]));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([central, end]);
}

interface Written {
  crc: number;
  plain: number;
  packed: number;
}

async function* packed(content: AsyncIterable<string>, written: Written): AsyncGenerator<Buffer> {
  const press = createDeflateRaw();
  const feeding = (async () => {
    for await (const text of content) {
      const bytes = Buffer.from(text);
      written.crc = crc32(bytes, written.crc);
      written.plain += bytes.length;
      if (!press.write(bytes)) await new Promise((resolve) => press.once("drain", resolve));
    }
    press.end();
  })();
  feeding.catch((error: Error) => press.destroy(error));
  for await (const chunk of press) {
    written.packed += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  await feeding;
}

function localHead(title: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt16LE(0x21, 12); // 1980-01-01: the copy says in itself when it was made
  head.writeUInt16LE(title.length, 26);
  return head;
}

function centralHead(title: Buffer, written: Written, start: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(deflated, 10);
  head.writeUInt16LE(0x21, 14);
  writeSizes(head, 16, written);
  head.writeUInt16LE(title.length, 28);
  head.writeUInt32LE(start, 42);
  return head;
}

function writeSizes(into: Buffer, at: number, { crc, plain, packed: size }: Written): void {
  into.writeUInt32LE(crc, at);
  into.writeUInt32LE(size, at + 4);
  into.writeUInt32LE(plain, at + 8);
}
