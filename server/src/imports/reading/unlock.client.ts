import { randomUUID } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { unlockZip } from "../unpack.client.ts";
import type { UploadedFile } from "../uploads.client.ts";
import { type Unreadable, UnreadableFile, WrongPassword } from "./format.ts";
import { isLockedWorkbook, openLockedWorkbook } from "./locked-workbook.client.ts";

/** Files, and what may open those of them that ask for a password. It travels to a thread, and is nowhere written. */
export interface UnlockOrder {
  files: readonly UploadedFile[];
  password: string;
}

/** What became of a file: it asks for none, it is these now, the password is another, or it cannot be read at all. */
export type Unlocked = { now: UploadedFile[] } | "not-locked" | "wrong" | { why: Unreadable };

export async function unlock({ files, password }: UnlockOrder): Promise<Unlocked[]> {
  const found: Unlocked[] = [];
  for (const file of files) found.push(await unlockOne(file, password));
  return found;
}

async function unlockOne(file: UploadedFile, password: string): Promise<Unlocked> {
  const place = `${file.path}-${randomUUID()}`;
  try {
    if (file.lockedParts !== undefined) {
      const parts = await unlockZip(file.path, password, place);
      return { now: await Promise.all(parts.map((part) => orItself(part, password))) };
    }
    if (file.unreadable !== undefined || !(await isLockedWorkbook(file.path))) return "not-locked";
    await openLockedWorkbook(file.path, password, place);
    return { now: [{ name: file.name, path: place, bytes: (await stat(place)).size }] };
  } catch (error) {
    if (error instanceof WrongPassword) return "wrong";
    if (error instanceof UnreadableFile) return { why: error.why };
    throw error;
  }
}

/** Who locks a workbook and the archive around it takes one password for both, or is asked again. */
async function orItself(part: UploadedFile, password: string): Promise<UploadedFile> {
  const inside = await unlockOne(part, password);
  if (typeof inside === "string" || !("now" in inside)) return part;
  await rm(part.path, { force: true });
  return inside.now[0] ?? part;
}
