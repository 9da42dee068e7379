/** What we use of yauzl, which brings no types of its own for its promises. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  export interface Entry {
    fileName: string;
    fileNameRaw: Buffer;
    generalPurposeBitFlag: number;
    compressedSize: number;
    uncompressedSize: number;
    relativeOffsetOfLocalHeader: number;
    isEncrypted(): boolean;
  }
  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }
  export function openPromise(
    path: string,
    options: { autoClose: boolean; decodeStrings?: boolean; validateEntrySizes?: boolean },
  ): Promise<ZipFile>;
}
