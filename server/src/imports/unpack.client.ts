import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { UnreadableFile, WrongPassword } from "./reading/format.ts";
import { type LockedZip, openLockedZip, passwordBytes } from "./reading/locked-zip.client.ts";
import { firstBytes } from "./reading/text.client.ts";
import { isOtherSpreadsheet, openZip, type Zip, type ZipPart } from "./reading/zip.client.ts";
import type { UploadedFile } from "./uploads.client.ts";

/** What one archive may hold. */
const mostFiles = 20;
const mostBytes = 4 * 1024 ** 3;
const mostRatio = 250;
const largeBytes = 100 * 1024 * 1024;

/**
 * A packed file as what is in it: .gz as one file, .zip as its files. Anything else, workbooks too, stays what it is,
 * and so does a .zip that asks for a password.
 */
export async function unpack(file: UploadedFile): Promise<UploadedFile[]> {
  const head = (await firstBytes(file.path, 4)).toString("hex");
  if (head.startsWith("1f8b")) return [await gunzip(file)];
  if (head !== "504b0304") return [file];
  const zip = await openZip(file.path);
  try {
    const parts = filesIn(zip);
    if (parts === null) return [file];
    const lockedParts = parts.filter(({ locked }) => locked).map(baseName);
    if (lockedParts.length > 0) return [{ ...file, unreadable: "locked", lockedParts }];
    const files: UploadedFile[] = [];
    for (const [i, part] of parts.entries())
      files.push(await saved(part, `${file.path}-${i}`, await part.stream()));
    await rm(file.path, { force: true });
    return files;
  } finally {
    zip.close();
  }
}

/** Writes the files of an archive that asks for a password beside it. Throws UnreadableFile, or WrongPassword. */
export async function unlockZip(path: string, password: string, place: string): Promise<UploadedFile[]> {
  const zip = await openZip(path);
  const locked = await openLockedZip(path).finally(() => zip.close());
  const files: UploadedFile[] = [];
  try {
    const parts = filesIn(zip) ?? [];
    // A wrong password is told before anything large is written.
    for (const part of parts.toSorted((a, b) => Number(b.locked) - Number(a.locked)))
      files[parts.indexOf(part)] = await unlocked(locked, part, password, `${place}-${parts.indexOf(part)}`);
    return files;
  } catch (error) {
    for (const { path } of files.filter((one) => one !== undefined)) await rm(path, { force: true });
    throw error;
  } finally {
    await locked.close();
  }
}

async function unlocked(zip: LockedZip, part: ZipPart, password: string, path: string) {
  for (const bytes of passwordBytes(password))
    try {
      return await saved(part, path, zip.stream(part.offset, bytes));
    } catch (error) {
      if (!(error instanceof WrongPassword)) throw error;
    }
  throw new WrongPassword();
}

/** null for a workbook, which is an archive too. */
function filesIn({ parts: all }: Zip): ZipPart[] | null {
  const names = all.map(({ name }) => name);
  if (names.some((name) => /^(\[Content_Types\]\.xml|xl\/)/i.test(name)) || isOtherSpreadsheet(names))
    return null;
  const parts = all.filter(({ name, bytes }) => bytes > 0 && !/\/$|^__MACOSX\/|(^|\/)\./.test(name));
  if (parts.length === 0) throw new UnreadableFile("empty");
  if (parts.length > mostFiles) throw new UnreadableFile("too-many-files");
  return parts;
}

const baseName = ({ name }: ZipPart): string => basename(name.replaceAll("\\", "/"));

async function saved(part: ZipPart, path: string, stream: Readable): Promise<UploadedFile> {
  await save(stream, path, part.packedBytes);
  return { name: baseName(part), path, bytes: (await stat(path)).size };
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
    if (error instanceof UnreadableFile || error instanceof WrongPassword) throw error;
    throw new UnreadableFile("damaged");
  }
}
