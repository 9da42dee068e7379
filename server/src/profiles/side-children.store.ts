import type { PersonSide } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import { type ChildDates, stageOn } from "../catalog/stages.ts";
import { dateImpossible, type KeptChild } from "../people/children.ts";
import { numberList } from "../people/lists.ts";
import type { Db } from "../platform/postgres.ts";

type SideChild = KeptChild & ChildDates & { id: number; source: string; withheld: boolean };

/** What was said at these nodes, also where another row stands for it while two persons are one. */
export async function findSideChildren(db: Db, nodes: readonly number[]): Promise<SideChild[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<SideChild>`
    select id, node, key, born_on as "bornOn", due_on as "dueOn", gender, gender_code as "genderCode", null as name,
      gestation_days as "gestationDays", adopted_on as "adoptedOn", birth_order as "birthOrder", marks,
      stated_by as "statedBy", stated_at as "statedAt", source, withheld_at is not null as withheld
    from child where node = any(${numberList(nodes)}::bigint[]) and removed_by is null
      and (removed_at is null or 'same-child' = any (marks)) order by id`.execute(db);
  return rows;
}

export const shownChild = (child: SideChild, on: string): PersonSide["children"][number] => ({
  id: String(child.id),
  ...(child.bornOn === null ? {} : { bornOn: child.bornOn }),
  ...(child.bornOn === null && child.dueOn !== null ? { dueOn: child.dueOn } : {}),
  stage: child.marks.includes(dateImpossible) || child.withheld ? null : stageOn(child, on),
  source: child.source === "inferred" ? "inferred" : "stated",
});
