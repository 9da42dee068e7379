import { type FileHandle, open, rm } from "node:fs/promises";

/**
 * A file through which large inserts reach the embedded engine. Bytes handed over in memory are copied and searched by
 * its binding first, at seven nanoseconds each: for rows of half a kilobyte more than reading, sorting and compressing
 * them together. It is emptied after each use, before the system would write it to the disk.
 */
export class InsertFile {
  readonly path: string;
  #file: FileHandle | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Lets the engine read the pieces after each other for as long as `use` lasts. */
  async holding<Answer>(pieces: readonly Uint8Array[], use: () => Promise<Answer>): Promise<Answer> {
    this.#file ??= await open(this.path, "w", 0o600);
    try {
      await writeAll(this.#file, pieces);
      return await use();
    } finally {
      await this.#file.truncate(0);
    }
  }

  async close(): Promise<void> {
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
