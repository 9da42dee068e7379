import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Caller } from "../platform/caller.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { isSealedWith, keepRaw, readRaw, resealRaw, type Seal } from "../platform/raw-files.client.ts";
import { look } from "../privacy/look.store.ts";
import type { ImportRow } from "./imports.store.ts";
import { isUploaded } from "./uploads.client.ts";

export interface RawFilesDeps {
  db: Db;
  vault: Vault;
  clock: Clock;
  dataDir: string;
}

const sealOf = (vault: Vault, workspace: number): Seal => ({
  seal: (bytes) => vault.sealBytes(workspace, bytes),
  open: (sealed) => vault.openBytes(workspace, sealed),
});

/**
 * Keeps the files that were sent for an import, before the uploads go: the raw rows stay to be looked up. Files read in
 * place are their owner's and are not copied. Doing it again after a kill, or after `signal`
 * broke it off, keeps what is missing.
 */
export async function keepRawFiles(deps: RawFilesDeps, row: ImportRow, signal: AbortSignal): Promise<void> {
  const { db, vault, clock, dataDir } = deps;
  await vault.ready(row.workspace);
  const { rows: kept } = await sql<{ number: number }>`
    select number from raw_file where import_id = ${row.id}`.execute(db);
  for (const [number, file] of row.files.entries()) {
    if (kept.some((one) => one.number === number) || !isUploaded(dataDir, file.path)) continue;
    const path = `raw/${row.workspace}/${row.id}-${number}`;
    const bytes = await keepRaw(dataDir, path, file.path, sealOf(vault, row.workspace), signal);
    await sql`
      insert into raw_file (workspace_id, import_id, number, bytes, sealed_bytes, path, kept_at)
      values (${row.workspace}, ${row.id}, ${number}, ${file.bytes}, ${bytes}, ${path}, ${clock.now()})
      on conflict do nothing`.execute(db);
  }
}

/** When each file of an import was kept, by its number. */
export async function findRawFiles(db: Db, importId: number): Promise<Map<number, Date>> {
  const { rows } = await sql<{ number: number; at: Date }>`
    select number, kept_at as at from raw_file where import_id = ${importId}`.execute(db);
  return new Map(rows.map(({ number, at }) => [number, at]));
}

/** A file as it was sent, for somebody who may see what identifies; every look is written down first. */
export async function openRawFile(
  { db, vault, clock, dataDir }: RawFilesDeps,
  { workspace, id }: Pick<ImportRow, "workspace" | "id">,
  number: number,
  caller: Caller,
): Promise<Awaited<ReturnType<typeof readRaw>>> {
  const { rows } = await sql<{ path: string }>`
    select path from raw_file where import_id = ${id} and number = ${number}`.execute(db);
  const [found] = rows;
  if (found === undefined) return null;
  await vault.ready(workspace);
  const file = await readRaw(dataDir, found.path, sealOf(vault, workspace));
  if (file === null) return null;
  // Of everybody in the file: no one person.
  await look(db, {
    ...{ workspace, caller, purpose: "original", persons: [] },
    ...{ what: `import ${id} file ${number}`, at: clock.now() },
  });
  return file;
}

/** Seals kept files again that an older data key sealed, as a rotation asks; answers how many. */
export async function resealRawFiles(
  { db, vault, dataDir }: RawFilesDeps,
  workspace: number,
  signal: AbortSignal,
): Promise<number> {
  const { rows } = await sql<{ import: number; number: number; path: string }>`
    select import_id as import, number, path from raw_file where workspace_id = ${workspace}`.execute(db);
  let found = 0;
  for (const { import: id, number, path } of rows) {
    signal.throwIfAborted();
    const isCurrent = (sealed: Buffer): boolean => vault.isCurrent(workspace, sealed);
    if ((await isSealedWith(dataDir, path, isCurrent)) !== false) continue;
    const bytes = await resealRaw(dataDir, path, sealOf(vault, workspace));
    await sql`update raw_file set sealed_bytes = ${bytes} where import_id = ${id} and number = ${number}`.execute(
      db,
    );
    found += 1;
  }
  return found;
}
