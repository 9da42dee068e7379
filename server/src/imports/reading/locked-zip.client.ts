import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import iconv from "iconv-lite";
import { UnreadableFile, WrongPassword } from "./format.ts";

/** The entries of an archive that ask for a password; yauzl reads all others. */
export interface LockedZip {
  /** What an entry holds, by where it begins in the file. The stream fails with WrongPassword or UnreadableFile. */
  stream(offset: number, password: Uint8Array): Readable;
  close(): Promise<void>;
}

/**
 * A password as the bytes it may have been: the standard says UTF-8, programs on Chinese Windows take GBK.
 */
export const passwordBytes = (password: string): Uint8Array[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the letters that are the same in both
  /^[\x00-\x7f]*$/.test(password)
    ? [Buffer.from(password)]
    : [Buffer.from(password), iconv.encode(password, "gb18030")];

export async function openLockedZip(path: string): Promise<LockedZip> {
  const file = await open(path, "r");
  try {
    const zip = new ZipReader(new FileReader(file, (await file.stat()).size), { useWebWorkers: false });
    const entries = new Map<number, FileEntry>();
    for await (const entry of zip.getEntriesGenerator())
      if (!entry.directory) entries.set(entry.offset, entry);
    return {
      stream: (offset, password) => streamOf(entries.get(offset), password),
      close: async () => {
        await zip.close();
        await file.close();
      },
    };
  } catch {
    await file.close();
    throw new UnreadableFile("damaged");
  }
}

function streamOf(entry: FileEntry | undefined, rawPassword: Uint8Array): Readable {
  if (entry === undefined) throw new UnreadableFile("damaged");
  return Readable.from(contentOf(entry, rawPassword));
}

async function* contentOf(entry: FileEntry, rawPassword: Uint8Array): AsyncGenerator<Uint8Array> {
  let fail = (_: unknown): void => undefined;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => {
      fail = (error) => controller.error(error);
    },
  });
  entry.getData(writable, { rawPassword, checkSignature: true, useWebWorkers: false }).catch(fail);
  try {
    yield* readable;
  } catch (error) {
    throw whatFailed(entry, error as Error);
  }
}

/** Of the old cipher one wrong password in 256 passes for right, and what it opens is no file. */
function whatFailed({ zipCrypto }: FileEntry, { message }: Error): Error {
  if (/unsupported/i.test(message)) return new UnreadableFile("unknown-lock");
  return zipCrypto || /password/i.test(message) ? new WrongPassword() : new UnreadableFile("damaged");
}

/** A file as the library asks for it, piece by piece. */
class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.alloc(Math.min(length, Math.max(0, this.size - index)));
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, index);
    return bytes.subarray(0, bytesRead);
  }
}
