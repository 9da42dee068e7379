import { type FileHandle, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** A file that was not used for so long is emptied. */
const idleMs = 1_000;
const left = /^insert-\d+$/;

/**
 * Files through which large inserts reach the embedded engine. Bytes handed over in memory are copied and searched by
 * its binding first, at seven nanoseconds each: for rows of half a kilobyte more than reading, sorting and compressing
 * them together. While inserts follow each other each table has a file of its own, which is written over: its pages are
 * there already. Soon after the last it is emptied, before the system would write it to the disk.
 */
export class InsertFiles {
  readonly #folder: string;
  readonly #all: InsertFile[] = [];
  readonly #free = new Map<string, InsertFile[]>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Files that a killed process left are taken away: they hold facts, and nobody would look for those there. */
  static async in(folder: string): Promise<InsertFiles> {
    for (const name of await readdir(folder)) if (left.test(name)) await rm(join(folder, name));
    return new InsertFiles(folder);
  }

  /** Lets the engine read the pieces after each other, from a file of this path, for as long as `use` lasts. */
  async holding<Answer>(
    table: string,
    pieces: readonly Uint8Array[],
    use: (path: string) => Promise<Answer>,
  ): Promise<Answer> {
    const free = this.#free.get(table) ?? [];
    this.#free.set(table, free);
    const file = free.pop() ?? this.#another();
    try {
      await file.write(pieces);
      return await use(file.path);
    } finally {
      file.rest();
      free.push(file);
    }
  }

  async close(): Promise<void> {
    for (const file of this.#all) await file.close();
  }

  #another(): InsertFile {
    const file = new InsertFile(`${this.#folder}/insert-${this.#all.length}`);
    this.#all.push(file);
    return file;
  }
}

class InsertFile {
  readonly path: string;
  #file: FileHandle | null = null;
  #size = 0;
  #emptying: NodeJS.Timeout | undefined;
  #emptied: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** After this it holds these pieces and nothing else. */
  async write(pieces: readonly Uint8Array[]): Promise<void> {
    clearTimeout(this.#emptying);
    await this.#emptied;
    this.#file ??= await open(this.path, "w", 0o600);
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (size < this.#size) await this.#file.truncate(size);
    this.#size = size;
    await writeAll(this.#file, pieces);
  }

  rest(): void {
    this.#emptying = setTimeout(() => {
      this.#size = 0;
      // What cannot be emptied now is when it is closed.
      this.#emptied = this.#file?.truncate(0).catch(() => undefined) ?? Promise.resolve();
    }, idleMs).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#emptying);
    await this.#emptied;
    await this.#file?.close();
    this.#file = null;
    await rm(this.path, { force: true });
  }
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let at = 0;
  let rest = pieces;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
    // A system writes fewer where it has no more room at once; what is left follows.
    let done = 0;
    for (; done < rest.length && bytesWritten >= (rest[done] as Uint8Array).length; done += 1)
      bytesWritten -= (rest[done] as Uint8Array).length;
    rest = rest.slice(done);
    if (bytesWritten > 0) rest = [(rest[0] as Uint8Array).subarray(bytesWritten), ...rest.slice(1)];
  }
}

/** The engine takes some characters of a file's name for a pattern. */
export const canBeInsertedFrom = (path: string): boolean => !/[*?{}'\\]/.test(path);
