import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Unreadable } from "./reading/format.ts";

export interface UploadedFile {
  name: string;
  path: string;
  bytes: number;
  /** Of an archive that could not be opened: why. */
  unreadable?: Unreadable;
  /** What in an archive asks for a password. */
  lockedParts?: string[];
}
export interface Upload {
  id: string;
  files: UploadedFile[];
}

/**
 * What a piece of a request came in lies outside of the heap: small as what stands for it there is, the collector lets
 * 60 MB of it pile up, which the process then keeps.
 */
const collectedEvery = 8 * 1024 * 1024;

async function* collecting(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const piece of pieces) {
    yield piece;
    passed += piece.length;
    if (passed < collectedEvery) continue;
    passed = 0;
    // There only if the runtime was told to show it (tools/launch/server-flags.mjs).
    globalThis.gc?.({ type: "minor" });
  }
}

const keptMs = 3_600_000;
const idForm = /^[0-9a-f-]{36}$/;
const folder = (dataDir: string, id = ""): string => join(dataDir, "uploads", id);

/** A place for the files of one upload; each belongs to the workspace it was sent to. */
export async function openUpload(
  dataDir: string,
  workspace: number,
): Promise<
  Upload & {
    add(name: string, bytes: Readable): Promise<void>;
    close(): Promise<void>;
    drop(): Promise<void>;
  }
> {
  const id = randomUUID();
  const dir = folder(dataDir, id);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const files: UploadedFile[] = [];
  return {
    id,
    files,
    async add(name, bytes) {
      // The name is the user's and never becomes a path.
      const path = join(dir, String(files.length));
      await pipeline(bytes, collecting, createWriteStream(path, { mode: 0o600 }));
      files.push({ name, path, bytes: (await stat(path)).size });
    },
    close: () => writeFile(join(dir, "upload.json"), JSON.stringify({ workspace, files })),
    drop: () => rm(dir, { recursive: true, force: true }),
  };
}

/** null when there is none, or it is another workspace's. */
export async function findUpload(dataDir: string, workspace: number, id: string): Promise<Upload | null> {
  if (!idForm.test(id)) return null;
  const text = await readFile(join(folder(dataDir, id), "upload.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const found = JSON.parse(text) as { workspace: number; files: UploadedFile[] };
  return found.workspace === workspace ? { id, files: found.files } : null;
}

/** Writes down that an upload has become these files, and lets go of what it had besides. */
export async function replaceFiles(
  dataDir: string,
  workspace: number,
  { id, files: before }: Upload,
  files: readonly UploadedFile[],
): Promise<void> {
  const list = join(folder(dataDir, id), "upload.json");
  await writeFile(`${list}.new`, JSON.stringify({ workspace, files }), { mode: 0o600 });
  await rename(`${list}.new`, list);
  const kept = new Set(files.map(({ path }) => path));
  for (const { path } of before) if (!kept.has(path)) await rm(path, { force: true });
}

/** Whether a file was sent to us; others are read in place. */
export const isUploaded = (dataDir: string, path: string): boolean => path.startsWith(folder(dataDir));

/** Removes what an import no longer needs. */
export async function dropFiles(dataDir: string, paths: readonly string[], importId: number): Promise<void> {
  await rm(join(folder(dataDir), `import-${importId}.nodes`), { force: true });
  for (const path of paths) {
    const id = path.startsWith(folder(dataDir))
      ? path
          .slice(folder(dataDir).length)
          .split("/")
          .find((part) => idForm.test(part))
      : undefined;
    // Files read in place are their owner's.
    if (id !== undefined) await rm(folder(dataDir, id), { recursive: true, force: true });
  }
}

/** Removes uploads that nobody imported within the hour. `inUse` are those of imports that are not finished. */
export async function sweepUploads(
  dataDir: string,
  now: number,
  inUse: (id: string) => boolean,
): Promise<void> {
  const names = await readdir(folder(dataDir)).catch(() => []);
  for (const name of names) {
    if (!idForm.test(name) || inUse(name)) continue;
    const found = await stat(folder(dataDir, name)).catch(() => null);
    if (found !== null && now - found.mtimeMs > keptMs)
      await rm(folder(dataDir, name), { recursive: true, force: true });
  }
}
