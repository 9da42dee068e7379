import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { UnreadableFile } from "./reading/format.ts";
import { firstBytes } from "./reading/text.client.ts";
import { isOtherSpreadsheet, openZip } from "./reading/zip.client.ts";
import type { UploadedFile } from "./uploads.client.ts";

/** What one archive may hold. */
const mostFiles = 20;
const mostBytes = 4 * 1024 ** 3;
const mostRatio = 250;
const largeBytes = 100 * 1024 * 1024;

/** A packed file as what is in it: .gz as one file, .zip as its files. Anything else, workbooks too, stays what it is. */
export async function unpack(file: UploadedFile): Promise<UploadedFile[]> {
  const head = (await firstBytes(file.path, 4)).toString("hex");
  if (head.startsWith("1f8b")) return [await gunzip(file)];
  if (head !== "504b0304") return [file];
  const zip = await openZip(file.path);
  try {
    const names = zip.parts.map(({ name }) => name);
    if (names.some((name) => /^(\[Content_Types\]\.xml|xl\/)/i.test(name)) || isOtherSpreadsheet(names))
      return [file];
    const parts = zip.parts.filter(({ name, bytes }) => bytes > 0 && !/\/$|^__MACOSX\/|(^|\/)\./.test(name));
    if (parts.length === 0) throw new UnreadableFile("empty");
    if (parts.length > mostFiles) throw new UnreadableFile("too-many-files");
    const files: UploadedFile[] = [];
    for (const [i, part] of parts.entries()) {
      const path = `${file.path}-${i}`;
      await save(await part.stream(), path, part.packedBytes);
      files.push({ name: basename(part.name.replaceAll("\\", "/")), path, bytes: (await stat(path)).size });
    }
    await rm(file.path, { force: true });
    return files;
  } finally {
    zip.close();
  }
}

async function gunzip(file: UploadedFile): Promise<UploadedFile> {
  const plain = `${file.path}-plain`;
  const unpacked = createGunzip();
  const packed = createReadStream(file.path).on("error", (error) => unpacked.destroy(error));
  await save(packed.pipe(unpacked), plain, file.bytes);
  await rename(plain, file.path);
  return { ...file, name: file.name.replace(/\.gz$/i, ""), bytes: (await stat(file.path)).size };
}

async function save(stream: Readable, path: string, packedBytes: number): Promise<void> {
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      const isBomb =
        bytes > mostBytes || (bytes > largeBytes && bytes / Math.max(1, packedBytes) > mostRatio);
      done(isBomb ? new UnreadableFile("bomb") : null, chunk);
    },
  });
  try {
    await pipeline(stream, bounded, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error instanceof UnreadableFile ? error : new UnreadableFile("damaged");
  }
}
