import type { NoteKind } from "@stork/contract/families.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "../privacy/consent.store.ts";
import { stateFor } from "../privacy/legal.ts";

export interface KeptNote {
  readonly kind: NoteKind;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
}

/** Whether a guardian's separate consent to health data stands, for this child or for all. */
export async function mayKeepNotes(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
  child: number,
): Promise<boolean> {
  const standings = await findStandings(db, workspace, persons);
  const states = persons.map((person) =>
    stateFor(standings.get(person)?.consents ?? [], "health", { child: String(child) }),
  );
  return states.includes("granted") && !states.includes("withdrawn");
}

export async function findNotes(db: Db, vault: Vault, workspace: number, child: number): Promise<KeptNote[]> {
  await vault.ready(workspace);
  const { rows } = await sql<{ kind: NoteKind; sealed: Buffer; by: string; at: Date }>`
    select kind, sealed_text as sealed, stated_by as by, stated_at as at from child_note
    where workspace_id = ${workspace} and child = ${child} order by kind`.execute(db);
  return rows.map(({ kind, sealed, by, at }) => ({ kind, text: vault.open(workspace, sealed), by, at }));
}

export async function keepNote(
  db: Db,
  vault: Vault,
  workspace: number,
  child: number,
  { kind, text, by, at }: KeptNote,
): Promise<void> {
  await vault.ready(workspace);
  await sql`
    insert into child_note (workspace_id, child, kind, sealed_text, stated_by, stated_at)
    values (${workspace}, ${child}, ${kind}, ${vault.seal(workspace, text)}, ${by}, ${at})
    on conflict (child, kind) do update set sealed_text = excluded.sealed_text, stated_by = excluded.stated_by,
      stated_at = excluded.stated_at`.execute(db);
}

export async function dropNote(db: Db, workspace: number, child: number, kind: NoteKind): Promise<void> {
  await sql`delete from child_note where workspace_id = ${workspace} and child = ${child} and kind = ${kind}`.execute(
    db,
  );
}
