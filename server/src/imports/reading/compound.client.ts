import { type FileHandle, open } from "node:fs/promises";

/** How a compound file begins: a workbook before 2007, and any document of Office under a password. */
export const isCompound = (head: Buffer): boolean =>
  head.subarray(0, 8).toString("hex") === "d0cf11e0a1b11ae1";

const entryBytes = 128;
const smallBytes = 64;
const perHead = 109;
/** Sectors of the list of contents that are followed: a workbook has one or two. */
const mostListed = 256;
const lastSector = 0xfffffffa;
const runBytes = 1024 * 1024;
/** What short streams may come to together. */
const mostSmall = 16 * 1024 * 1024;

interface Listed {
  name: string;
  at: number;
  bytes: number;
}

/** The names in the list of contents of a compound file; none where the file is cut off or its chains lead nowhere. */
export async function compoundNames(path: string): Promise<string[]> {
  const file = await openCompound(path);
  if (file === null) return [];
  await file.close();
  return file.names;
}

/** null for a file that is none, or is cut off within its head. */
export async function openCompound(path: string): Promise<CompoundFile | null> {
  const file = await open(path, "r");
  const found = await CompoundFile.of(file).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  if (found === null) await file.close();
  return found;
}

/** A file of files (MS-CFB 2.2–2.6): streams of sectors, each chained to the next by a table. */
export class CompoundFile {
  readonly #file: FileHandle;
  readonly #head: Buffer;
  readonly #size: number;
  #fileBytes = 0;
  #tablesAt: number[] = [];
  #listed: Listed[] = [];
  /** The piece of the table that was looked into last. */
  #table: { at: number; sector: Buffer } | undefined;

  private constructor(file: FileHandle, head: Buffer) {
    this.#file = file;
    this.#head = head;
    this.#size = 1 << head.readUInt16LE(30);
  }

  static async of(file: FileHandle): Promise<CompoundFile | null> {
    const head = await bytesAt(file, 0, 512);
    if (head === null || !isCompound(head)) return null;
    const found = new CompoundFile(file, head);
    if (found.#size !== 512 && found.#size !== 4096) return null;
    found.#fileBytes = (await file.stat()).size;
    await found.#findTables();
    await found.#list();
    return found;
  }

  get names(): string[] {
    return this.#listed.map(({ name }) => name).filter((name) => name !== "");
  }

  bytesOf(name: string): number | null {
    return this.#listed.find((one) => one.name === name)?.bytes ?? null;
  }

  /** What a stream holds, in pieces of up to a megabyte; it ends early where its chain does. */
  async *chunks(name: string): AsyncGenerator<Buffer> {
    const found = this.#listed.find((one) => one.name === name);
    // A chain may lead round in a circle.
    if (found === undefined || found.bytes > this.#fileBytes) return;
    if (found.bytes < this.#head.readUInt32LE(56)) yield* this.#small(found);
    else yield* this.#run(found.at, found.bytes);
  }

  /** A short stream as a whole; null where it is missing, longer than `most`, or cut off. */
  async read(name: string, most: number): Promise<Buffer | null> {
    const bytes = this.bytesOf(name);
    if (bytes === null || bytes > most) return null;
    const all = await joined(this.chunks(name));
    return all.length === bytes ? all : null;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Neighbouring sectors are read at once. */
  async *#run(begin: number, bytes: number): AsyncGenerator<Buffer> {
    let at = begin;
    for (let left = bytes; left > 0 && at < lastSector; ) {
      const first = at;
      let length = 0;
      do {
        length += this.#size;
        at = await this.#next(at);
      } while (at === first + length / this.#size && length < Math.min(left, runBytes));
      const wanted = Math.min(left, length);
      const chunk = await bytesAt(this.#file, (first + 1) * this.#size, wanted);
      if (chunk === null) return;
      yield chunk;
      left -= wanted;
    }
  }

  /** Short streams stand side by side in the root's own, with a table of their own. */
  async *#small({ at: begin, bytes }: Listed): AsyncGenerator<Buffer> {
    const root = this.#listed[0];
    if (root === undefined) return;
    const all = (at: number, length: number) => joined(this.#run(at, Math.min(mostSmall, length)));
    const table = await all(this.#head.readUInt32LE(60), this.#head.readUInt32LE(64) * this.#size);
    const streams = await all(root.at, root.bytes);
    let at = begin;
    for (let left = bytes; left > 0 && (at + 1) * 4 <= table.length; left -= smallBytes) {
      const chunk = streams.subarray(at * smallBytes, at * smallBytes + Math.min(left, smallBytes));
      if (chunk.length === 0) return;
      yield chunk;
      at = table.readUInt32LE(at * 4);
    }
  }

  async #list(): Promise<void> {
    let at = this.#head.readUInt32LE(48);
    for (let sectors = 0; at < lastSector && sectors < mostListed; sectors += 1) {
      const list = await this.#sector(at);
      if (list === null) return;
      for (let from = 0; from < this.#size; from += entryBytes)
        this.#listed.push(listed(list.subarray(from, from + entryBytes), this.#size));
      at = await this.#next(at);
    }
  }

  /** Where the pieces of the table stand: the head says so of the first 109, sectors of their own of the others. */
  async #findTables(): Promise<void> {
    const count = this.#head.readUInt32LE(44);
    if (count > this.#fileBytes / this.#size) return;
    for (let i = 0; i < Math.min(count, perHead); i += 1)
      this.#tablesAt.push(this.#head.readUInt32LE(76 + i * 4));
    let more = this.#head.readUInt32LE(68);
    while (this.#tablesAt.length < count && more < lastSector) {
      const places = await this.#sector(more);
      if (places === null) return;
      // The last number is where it goes on.
      for (let from = 0; from < this.#size - 4; from += 4) this.#tablesAt.push(places.readUInt32LE(from));
      more = places.readUInt32LE(this.#size - 4);
    }
  }

  /** The sector after this one. */
  async #next(at: number): Promise<number> {
    const perTable = this.#size / 4;
    const tableAt = this.#tablesAt[Math.floor(at / perTable)] ?? lastSector;
    if (tableAt >= lastSector) return lastSector;
    if (this.#table?.at !== tableAt) {
      const sector = await this.#sector(tableAt);
      if (sector === null) return lastSector;
      this.#table = { at: tableAt, sector };
    }
    return this.#table.sector.readUInt32LE((at % perTable) * 4);
  }

  #sector(at: number): Promise<Buffer | null> {
    return bytesAt(this.#file, (at + 1) * this.#size, this.#size);
  }
}

function listed(entry: Buffer, sectorBytes: number): Listed {
  const named = entry.readUInt16LE(64);
  return {
    name: named < 2 || named > 64 ? "" : entry.toString("utf16le", 0, named - 2),
    at: entry.readUInt32LE(116),
    // Of small sectors the upper half may hold anything.
    bytes: sectorBytes === 512 ? entry.readUInt32LE(120) : Number(entry.readBigUInt64LE(120)),
  };
}

async function joined(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** null where the file ends before. */
async function bytesAt(file: FileHandle, from: number, size: number): Promise<Buffer | null> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, from);
  return bytesRead < size ? null : bytes;
}
