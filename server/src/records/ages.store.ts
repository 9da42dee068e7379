import { sql } from "kysely";
import { daysBetween } from "../catalog/calendar.ts";
import { zoneOffset } from "../cleaning/zone.ts";
import { packedIds } from "../people/packed-array.ts";
import type { Db } from "../platform/postgres.ts";

/** Nothing is bought earlier for a child than this before its birth, nor later than this after it. */
const earliestDays = -280;
const latestDays = Math.round(12 * 365.25);

/** Whether a purchase can have been for none of the children known. */
export function isAgeImpossible(at: number, birthdays: readonly string[], zone: string): boolean {
  if (birthdays.length === 0) return false;
  const day = new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 10);
  return birthdays.every((born) => {
    const age = daysBetween(born, day);
    return age < earliestDays || age > latestDays;
  });
}

/** The birthdays of the children of the persons behind these nodes. */
export async function findBirthdays(
  db: Db,
  workspace: number,
  nodes: readonly number[],
): Promise<Map<number, string[]>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await sql<{ node: number; bornOn: string }>`
    select mine.id as node, child.born_on as "bornOn"
    from node mine
    join node theirs on theirs.workspace_id = mine.workspace_id and theirs.person = mine.person
    join child on child.node = theirs.id
    where mine.id = any(${packedIds(nodes)}::bigint[]) and child.born_on is not null and child.removed_at is null
      -- Asked once: where no child is known, a file of orders looks for none.
      and exists (select from child where workspace_id = ${workspace})`.execute(db);
  const found = new Map<number, string[]>();
  for (const { node, bornOn } of rows) found.set(node, [...(found.get(node) ?? []), bornOn]);
  return found;
}
