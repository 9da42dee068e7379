import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open as openFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** Seals and opens bytes: the vault, for one workspace. */
export interface Seal {
  seal(bytes: Buffer): Buffer;
  open(sealed: Buffer): Buffer;
}

/** What is sealed at once: a file is read back without ever being whole in memory. */
const chunkBytes = 256 * 1024;
/** Before a chunk: its place, and whether it is the last, so that none can be left out or moved. */
const headBytes = 5;
/** Fast rather than small: a file of a gigabyte is done in seconds. */
const level = 3;

/**
 * Keeps a copy of a file: pressed, then sealed in chunks, each written after its length. Done again it replaces what was
 * there; a kill in between leaves nothing under the name. Answers the bytes on disk.
 */
export function keepRaw(
  dataDir: string,
  path: string,
  from: string,
  seal: Seal,
  signal?: AbortSignal,
): Promise<number> {
  return keepRawFrom(dataDir, path, createReadStream(from), seal, signal);
}

/** The same of bytes as they come; `path` itself may be what is read. */
export async function keepRawFrom(
  dataDir: string,
  path: string,
  from: Readable,
  { seal }: Seal,
  signal?: AbortSignal,
): Promise<number> {
  const to = join(dataDir, path);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const pressed = createGzip({ level });
  const source = from.on("error", (error) => pressed.destroy(error));
  await pipeline(
    source.pipe(pressed),
    (chunks: AsyncIterable<Buffer>) => sealed(chunks, seal),
    createWriteStream(`${to}.part`, { mode: 0o600 }),
    signal === undefined ? {} : { signal },
  );
  await rename(`${to}.part`, to);
  return (await stat(to)).size;
}

async function* sealed(chunks: AsyncIterable<Buffer>, seal: Seal["seal"]): AsyncGenerator<Buffer> {
  let number = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const next = (isLast: boolean): Buffer => {
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(number, 0);
    head.writeUInt8(isLast ? 1 : 0, 4);
    const text = seal(Buffer.concat([head, ...waiting]));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    number += 1;
    waiting = [];
    size = 0;
    return Buffer.concat([length, text]);
  };
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= chunkBytes) yield next(false);
  }
  yield next(true);
}

/** The file as it was sent; null when it is gone. What was changed on disk ends the stream with an error. */
export async function readRaw(dataDir: string, path: string, { open }: Seal): Promise<Readable | null> {
  const file = await openFile(join(dataDir, path), "r").catch(() => null);
  if (file === null) return null;
  const plain = Readable.from(opened(file.createReadStream(), open), { objectMode: false });
  const whole = createGunzip();
  // Whoever reads the answer sees the error too; one that comes after nobody listens any more must not end the process.
  whole.on("error", () => {});
  plain.on("error", (error) => whole.destroy(error));
  whole.on("close", () => plain.destroy());
  return plain.pipe(whole);
}

async function* opened(chunks: AsyncIterable<Buffer>, open: Seal["open"]): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let number = 0;
  let isLast = false;
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
      const end = 4 + held.readUInt32BE();
      const text = open(held.subarray(4, end));
      if (isLast || text.readUInt32BE() !== number) throw new Error("the kept file was changed");
      isLast = text.readUInt8(4) === 1;
      number += 1;
      held = held.subarray(end);
      yield text.subarray(headBytes);
    }
  }
  if (!isLast || held.length > 0) throw new Error("the kept file was cut short");
}

export async function removeRaw(dataDir: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(join(dataDir, path), { force: true });
}

/** Whether a kept file's first chunk is sealed as `isCurrent` asks; null when it is gone. */
export async function isSealedWith(
  dataDir: string,
  path: string,
  isCurrent: (sealed: Buffer) => boolean,
): Promise<boolean | null> {
  const file = await openFile(join(dataDir, path), "r").catch(() => null);
  if (file === null) return null;
  try {
    const start = Buffer.alloc(64);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    return isCurrent(start.subarray(4, bytesRead));
  } finally {
    await file.close();
  }
}

/** Seals a kept file's chunks again, a chunk in memory at a time; until it is whole the old one stays under the name. */
export async function resealRaw(dataDir: string, path: string, { seal, open }: Seal): Promise<number> {
  const from = join(dataDir, path);
  await pipeline(
    createReadStream(from),
    (chunks: AsyncIterable<Buffer>) => resealed(chunks, { seal, open }),
    createWriteStream(`${from}.part`, { mode: 0o600 }),
  );
  await rename(`${from}.part`, from);
  return (await stat(from)).size;
}

async function* resealed(chunks: AsyncIterable<Buffer>, { seal, open }: Seal): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
      const end = 4 + held.readUInt32BE();
      const text = seal(open(held.subarray(4, end)));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      held = held.subarray(end);
      yield Buffer.concat([length, text]);
    }
  }
  if (held.length > 0) throw new Error("the kept file was cut short");
}
