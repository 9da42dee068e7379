import type { NoteKind } from "@stork/contract/families.ts";
import type { Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings, type Standing } from "../privacy/consent.store.ts";
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
  return isAllowed(await findStandings(db, workspace, persons), persons, child);
}

function isAllowed(
  standings: ReadonlyMap<number, Standing>,
  persons: readonly number[],
  child: number,
): boolean {
  const states = persons.map((person) =>
    stateFor(standings.get(person)?.consents ?? [], "health", { child: String(child) }),
  );
  return states.includes("granted") && !states.includes("withdrawn");
}

/** For each child: whether notes may be kept of it, and how many are. What they say is looked at elsewhere, and logged. */
export async function findNoteMarks(
  db: Db,
  workspace: number,
  persons: readonly number[],
  children: readonly number[],
): Promise<(child: number) => { allowed: boolean; kept: number }> {
  const standings = await findStandings(db, workspace, persons);
  const { rows } = await sql<{ child: number; kept: number }>`
    select child, count(*)::int as kept from child_note
    where workspace_id = ${workspace} and child = any(${[...children]}::bigint[]) group by 1`.execute(db);
  const kept = new Map(rows.map((row) => [row.child, row.kept]));
  return (child) => {
    const allowed = isAllowed(standings, persons, child);
    return { allowed, kept: allowed ? (kept.get(child) ?? 0) : 0 };
  };
}

/** With the guardian's consent to health data goes what was kept by it. */
export async function dropNotes(tx: Tx, purpose: Purpose, children: readonly number[]): Promise<void> {
  if (purpose !== "health") return;
  await sql`delete from child_note where child = any(${[...children]}::bigint[])`.execute(tx);
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
