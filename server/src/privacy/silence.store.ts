import type { Silence, SilenceSign, SilenceWhy } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { findHouseholds } from "../people/household.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";

/** A silence that stands. */
export interface StandingSilence {
  readonly id: number;
  /** null: every child known at that time. */
  readonly child: number | null;
  readonly since: Date;
  readonly why: SilenceWhy;
  readonly by: string;
  readonly sign: SilenceSign | null;
}

/**
 * The silences that stand for these persons, by person; who has none is not in the map. A silence holds for everybody
 * who cares for the child: those it was said to, whoever they are today, and the other carers of their families.
 */
export async function silencesOf(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, StandingSilence[]>> {
  if (persons.length === 0) return new Map();
  const { rows: any } = await sql`
    select from silence where workspace_id = ${workspace} and ended_at is null limit 1`.execute(db);
  if (any.length === 0) return new Map();
  const households = await findHouseholds(db, workspace, persons);
  const kin = [...new Set([...households.values()].flatMap((one) => one.persons))];
  const { rows } = await sql<StandingSilence & { person: number }>`
    select distinct node.person, silence.id, silence.child, silence.since, silence.why, silence.said_by as by,
      silence.sign
    from node join silence_node on silence_node.node = node.id join silence on silence.id = silence_node.silence_id
    where node.workspace_id = ${workspace} and node.person = any(${kin}::bigint[]) and silence.ended_at is null
    order by silence.since, silence.id`.execute(db);
  if (rows.length === 0) return new Map();
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  const found = new Map<number, StandingSilence[]>();
  for (const [person, { persons: members }] of households) {
    const theirs = new Map(members.flatMap((one) => byPerson.get(one) ?? []).map((one) => [one.id, one]));
    if (theirs.size > 0) found.set(person, [...theirs.values()]);
  }
  return found;
}

/** As told outside this room. */
export const shownSilence = (
  { id, child, since, why, by, sign }: StandingSilence,
  nameOf: (code: string) => string = (code) => code,
): Silence => ({
  id: String(id),
  child: child === null ? null : String(child),
  since: since.toISOString(),
  ...{ why, by: nameOf(by), sign, endedAt: null, endedBy: null },
});
