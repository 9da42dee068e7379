import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { type MirroredChild, mirroredColumns } from "./child.store.ts";
import { numberList } from "./lists.ts";

/**
 * Takes children away by hand: systems that say them again do not bring them back. Answers the rows as the mirror
 * wants them; the caller holds lockChildren and mirrors after its commit, as with all of these.
 */
export async function removeChildren(
  tx: Tx,
  children: readonly number[],
  { by, why, at }: { by: string; why: string; at: Date },
): Promise<MirroredChild[]> {
  const { rows } = await sql<MirroredChild>`
    update child set removed_at = ${at}, removed_by = ${by}, removed_why = ${why}, version = version + 1
    where id = any(${numberList(children)}::bigint[]) and removed_at is null
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

export async function restoreChildren(tx: Tx, children: readonly number[]): Promise<MirroredChild[]> {
  const { rows } = await sql<MirroredChild>`
    update child set removed_at = null, removed_by = null, removed_why = null, version = version + 1
    where id = any(${numberList(children)}::bigint[]) and removed_by is not null and not ('silenced' = any (marks))
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

export interface ChildCorrection {
  readonly bornOn?: string | null;
  readonly dueOn?: string | null;
  readonly gender?: string;
  readonly sealedName?: Buffer | null;
  readonly gestationDays?: number | null;
  readonly adoptedOn?: string | null;
  readonly birthOrder?: number | null;
  readonly marks: readonly string[];
}

/** What somebody put right by hand; what is not given stays. */
export async function correctChild(
  tx: Tx,
  child: number,
  said: ChildCorrection,
  { by, at }: { by: string; at: Date },
): Promise<MirroredChild[]> {
  const to = (value: unknown, column: string, type: string) =>
    value === undefined ? sql.raw(column) : sql`${value}::${sql.raw(type)}`;
  const { rows } = await sql<MirroredChild>`
    update child set born_on = ${to(said.bornOn, "born_on", "date")}, due_on = ${to(said.dueOn, "due_on", "date")},
      gender = ${to(said.gender, "gender", "text")}, sealed_name = ${to(said.sealedName, "sealed_name", "bytea")},
      gestation_days = ${to(said.gestationDays, "gestation_days", "smallint")},
      adopted_on = ${to(said.adoptedOn, "adopted_on", "date")},
      birth_order = ${to(said.birthOrder, "birth_order", "smallint")},
      marks = ${[...said.marks]}::text[], stated_by = ${by}, stated_at = ${at}, version = version + 1
    where id = ${child} returning ${mirroredColumns}`.execute(tx);
  return rows;
}
