import { createReadStream } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sql } from "kysely";
import type { Vault } from "../../people/vault.store.ts";
import { type ClickHouse, ch, list, u32 } from "../../platform/clickhouse.ts";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import type { Db } from "../../platform/postgres.ts";
import { keepRawFrom, readRaw, removeRaw, type Seal } from "../../platform/raw-files.client.ts";
import { asBytes } from "../values.ts";
import { emptied, rowsOf } from "./lines.ts";
import { type Said, saidOf } from "./said.ts";

export interface RawErasing {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly dataDir: string;
}

interface RawFile {
  readonly importId: number;
  readonly number: number;
  readonly path: string;
}

/**
 * The files that imports were made from, sealed. In text each row that names her is emptied and the file sealed anew; of
 * what is no text (workbooks, archives) nothing can be taken out, so the file goes when its import spoke of her.
 */
export function rawFilesEraser(parts: RawErasing): Eraser {
  return {
    place: "files: raw",
    words: { zh: "导入的原文件（加密）", en: "Original files of imports, sealed" },
    erase: (subjects) => forEach(subjects, (subject) => eraseRaw(parts, subject)),
    search: async (subject) => {
      const hers = await hersIn(parts, subject);
      let found = 0;
      for (const file of hers === null ? [] : await findRawFiles(parts.db, subject.workspace))
        found += (await look(parts, subject.workspace, file, hers as Hers)) === null ? 0 : 1;
      return found;
    },
  };
}

/** Uploads that nobody has begun to import yet, as they came: whoever sent one sends it again. */
export function uploadsEraser({ dataDir }: Pick<RawErasing, "dataDir">): Eraser {
  const hersIn = async (subject: ErasedSubject): Promise<string[]> => {
    const said = saidOf(subject, asBytes);
    const folders = await readdir(join(dataDir, "uploads")).catch(() => [] as string[]);
    const found: string[] = [];
    for (const folder of said === null ? [] : folders) {
      const dir = join(dataDir, "uploads", folder);
      const about = await readFile(join(dir, "upload.json"), "utf8").catch(() => "{}");
      if ((JSON.parse(about) as { workspace?: number }).workspace !== subject.workspace) continue;
      for (const name of await readdir(dir))
        if (await holds(createReadStream(join(dir, name)), said as Said)) {
          found.push(dir);
          break;
        }
    }
    return found;
  };
  return {
    place: "files: uploads",
    words: { zh: "等待导入的上传", en: "Uploads waiting to be imported" },
    erase: (subjects) =>
      forEach(subjects, async (subject) => {
        const dirs = await hersIn(subject);
        for (const dir of dirs) await rm(dir, { recursive: true, force: true });
        return dirs.length;
      }),
    search: async (subject) => (await hersIn(subject)).length,
  };
}

async function forEach(subjects: readonly ErasedSubject[], count: (one: ErasedSubject) => Promise<number>) {
  const counts: number[] = [];
  for (const subject of subjects) counts.push(await count(subject));
  return counts;
}

interface Hers {
  readonly said: Said;
  /** Imports whose facts are hers, or that stated the child. */
  readonly imports: ReadonlySet<number>;
}

async function hersIn({ clickhouse }: RawErasing, subject: ErasedSubject): Promise<Hers | null> {
  const said = saidOf(subject, asBytes);
  if (said === null) return null;
  if (!subject.whole) return { said, imports: new Set(subject.beside?.imports) };
  const [w, nodes] = [u32(subject.workspace), list("UInt64", subject.nodes)];
  const rows = await clickhouse.query<{ import: number }>(ch`
    select distinct import from event where workspace = ${w} and node in ${nodes}
    union distinct select distinct import from record_version where workspace = ${w} and node in ${nodes}`);
  return { said, imports: new Set(rows.map((row) => Number(row.import))) };
}

async function holds(file: Readable, said: Said): Promise<boolean> {
  for await (const row of rowsOf(file)) if (said.test(row.toString("latin1"))) return true;
  return false;
}

async function findRawFiles(db: Db, workspace: number): Promise<RawFile[]> {
  const { rows } = await sql<RawFile>`
    select import_id as "importId", number, path from raw_file where workspace_id = ${workspace}
    order by import_id, number`.execute(db);
  return rows;
}

const sealOf = (vault: Vault, workspace: number): Seal => ({
  seal: (bytes) => vault.sealBytes(workspace, bytes),
  open: (sealed) => vault.openBytes(workspace, sealed),
});

/** Whether she is in a file, and in what way; null when she is not. */
async function look(
  { vault, dataDir }: RawErasing,
  workspace: number,
  { path, importId }: RawFile,
  { said, imports }: Hers,
): Promise<"rows" | "whole" | null> {
  const file = await readRaw(dataDir, path, sealOf(vault, workspace));
  if (file === null) return null;
  let first = true;
  for await (const row of rowsOf(file)) {
    if (first && isOpaque(row)) {
      file.destroy();
      return imports.has(importId) ? "whole" : null;
    }
    first = false;
    if (said.test(row.toString("latin1"))) {
      file.destroy();
      return "rows";
    }
  }
  return null;
}

/** Archives, workbooks, and encodings whose letters are not bytes of their own. */
const isOpaque = (head: Buffer): boolean =>
  head.subarray(0, 2).toString("latin1") === "PK" || head.subarray(0, 64).includes(0);

async function eraseRaw(parts: RawErasing, subject: ErasedSubject): Promise<number> {
  const { db, vault, dataDir } = parts;
  const { workspace } = subject;
  const hers = await hersIn(parts, subject);
  if (hers === null) return 0;
  await vault.ready(workspace);
  let erased = 0;
  for (const file of await findRawFiles(db, workspace)) {
    const way = await look(parts, workspace, file, hers);
    if (way === null) continue;
    if (way === "whole") {
      await removeRaw(dataDir, [file.path]);
      await sql`delete from raw_file where import_id = ${file.importId} and number = ${file.number}`.execute(
        db,
      );
      erased += 1;
      continue;
    }
    const counted = { rows: 0 };
    const old = await readRaw(dataDir, file.path, sealOf(vault, workspace));
    if (old === null) continue;
    const without = Readable.from(withoutHer(old, hers.said, counted), { objectMode: false });
    const bytes = await keepRawFrom(dataDir, file.path, without, sealOf(vault, workspace));
    await sql`
      update raw_file set sealed_bytes = ${bytes} where import_id = ${file.importId} and number = ${file.number}`.execute(
      db,
    );
    erased += counted.rows;
  }
  return erased;
}

async function* withoutHer(file: Readable, said: Said, counted: { rows: number }): AsyncGenerator<Buffer> {
  for await (const row of rowsOf(file)) {
    const isHers = said.test(row.toString("latin1"));
    if (isHers) counted.rows += 1;
    yield isHers ? emptied(row) : row;
  }
}
