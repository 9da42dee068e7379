import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { type CompoundFile, openCompound } from "./compound.client.ts";
import { UnreadableFile, WrongPassword } from "./format.ts";
import { pieceBytes, readLock, type WorkbookKey } from "./workbook-lock.ts";

const packageName = "EncryptedPackage";
/** What says how a workbook is locked is a page or two. */
const mostInfo = 1024 * 1024;

/** Whether an Office document under a password stands at this place. */
export async function isLockedWorkbook(path: string): Promise<boolean> {
  const file = await openCompound(path);
  await file?.close();
  return file?.names.includes(packageName) ?? false;
}

/** Writes what a locked workbook holds to another place. Throws UnreadableFile, or WrongPassword. */
export async function openLockedWorkbook(path: string, password: string, to: string): Promise<void> {
  const file = await openCompound(path);
  if (file === null) throw new UnreadableFile("damaged");
  try {
    const info = await file.read("EncryptionInfo", mostInfo);
    if (info === null) throw new UnreadableFile("damaged");
    const key = readLock(info).open(password);
    if (key === null) throw new WrongPassword();
    await pipeline(opened(file, key), createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    await rm(to, { force: true });
    if (error instanceof UnreadableFile || error instanceof WrongPassword) throw error;
    throw new UnreadableFile("damaged");
  } finally {
    await file.close();
  }
}

/** The package: how long it is, then its pieces, the last one filled up to whole blocks. */
async function* opened(file: CompoundFile, key: WorkbookKey): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let left = -1;
  let index = 0;
  const next = (bytes: Buffer): Buffer => {
    const plain = key.piece(bytes, index).subarray(0, left);
    index += 1;
    left -= plain.length;
    return plain;
  };
  for await (const chunk of file.chunks(packageName)) {
    key.seal?.update(chunk);
    rest = Buffer.concat([rest, chunk]);
    if (left < 0) {
      if (rest.length < 8) continue;
      left = Number(rest.readBigUInt64LE());
      rest = rest.subarray(8);
      if (left > (file.bytesOf(packageName) ?? 0)) throw new UnreadableFile("damaged");
    }
    const pieces: Buffer[] = [];
    for (; rest.length >= pieceBytes && left > 0; rest = rest.subarray(pieceBytes))
      pieces.push(next(rest.subarray(0, pieceBytes)));
    yield Buffer.concat(pieces);
  }
  if (left > 0) yield next(rest.subarray(0, rest.length - (rest.length % 16)));
  if (left !== 0 || key.seal?.holds() === false) throw new UnreadableFile("damaged");
}
