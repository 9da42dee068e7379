import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findImport, type ImportRow } from "./imports.store.ts";
import { unknownImport } from "./refusals.ts";

/** The workspace's import of this id, or the refusal that there is none. */
export async function existingImport(db: Db, workspace: WorkspaceRef, id: string): Promise<ImportRow> {
  const row = /^\d{1,9}$/.test(id) ? await findImport(db, Number(id), workspace.id) : null;
  if (row === null) throw new Refusal(unknownImport);
  return row;
}
