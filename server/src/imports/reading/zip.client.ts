import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import { type Entry, openPromise } from "yauzl";
import { UnreadableFile } from "./format.ts";

/** A part of an archive. */
export interface ZipPart {
  name: string;
  bytes: number;
  packedBytes: number;
  /** Whether it asks for a password. */
  locked: boolean;
  /** Where it begins in the archive. */
  offset: number;
  stream(): Promise<Readable>;
}
export interface Zip {
  parts: readonly ZipPart[];
  close(): void;
}

const mostParts = 10_000;
/** Text packs ten to fifty times; what packs more than this, and is large, is made to fill a disk. */
const mostRatio = 250;
const largeBytes = 100 * 1024 * 1024;
const mostBytes = 8 * 1024 ** 3;

/** The parts of an archive. What it claims to unpack to is checked here, and while it is read by the library. */
export async function openZip(path: string): Promise<Zip> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch(() => {
    throw new UnreadableFile("damaged");
  });
  try {
    if (zip.entryCount > mostParts) throw new UnreadableFile("bomb");
    const parts: ZipPart[] = [];
    for await (const entry of zip.eachEntry()) {
      const { compressedSize, uncompressedSize } = entry;
      const isBomb =
        uncompressedSize > largeBytes && uncompressedSize / Math.max(1, compressedSize) > mostRatio;
      if (isBomb || uncompressedSize > mostBytes) throw new UnreadableFile("bomb");
      const locked = entry.isEncrypted();
      parts.push({
        ...{ name: nameOf(entry), bytes: uncompressedSize, packedBytes: compressedSize },
        ...{ locked, offset: entry.relativeOffsetOfLocalHeader },
        stream: () => {
          if (locked) throw new UnreadableFile("locked");
          return zip.openReadStreamPromise(entry);
        },
      });
    }
    return { parts, close: () => zip.close() };
  } catch (error) {
    zip.close();
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(/encryption/.test((error as Error).message) ? "unknown-lock" : "damaged");
  }
}

/** Whether these are the parts of a spreadsheet that is none of Excel's: OpenDocument, or Apple's Numbers. */
export const isOtherSpreadsheet = (names: readonly string[]): boolean =>
  (names.includes("mimetype") && names.includes("content.xml")) ||
  names.some((name) => /^Index(\/.*\.iwa|\.zip)$/.test(name));

/** Archives made on Chinese Windows name their files in GBK without saying so. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const isMarked = (generalPurposeBitFlag & 0x800) !== 0;
  return new TextDecoder(isMarked || isUtf8(fileNameRaw) ? "utf-8" : "gb18030").decode(fileNameRaw);
}
