import type { ChildHistory } from "@stork/contract/families.ts";
import { sql } from "kysely";
import { findHousehold } from "../people/household.store.ts";
import { numberList } from "../people/lists.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { refusals } from "./refusals.ts";
import { weeksOf } from "./shown-children.ts";

interface Row {
  bornOn: string | null;
  dueOn: string | null;
  gestationDays: number | null;
  adoptedOn: string | null;
  gender: string | null;
  removed: boolean;
  by: string;
  at: Date;
  replacedAt: Date | null;
}

/** The number of a child that this person's family holds, shares or held until it was taken away. */
export async function childInFamily(db: Db, workspace: number, person: number, id: string): Promise<number> {
  const { persons } = await findHousehold(db, workspace, person);
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  const { rows } = await sql<{ id: number }>`
    select child.id from child where child.workspace_id = ${workspace} and child.id = ${number}
      and exists (select from node where node.person = any(${numberList(persons)}::bigint[]) and (node.id = child.node
        or exists (select from child_carer as carer where carer.child = child.id and carer.node = node.id)))`.execute(
    db,
  );
  if (rows[0] === undefined) throw new Refusal(refusals.unknownChild);
  return rows[0].id;
}

/** What was said of a child's dates and by whom, the newest first; the first one counts now. */
export async function findHistory(db: Db, child: number): Promise<ChildHistory> {
  const { rows } = await sql<Row>`
    select born_on as "bornOn", due_on as "dueOn", gestation_days as "gestationDays", adopted_on as "adoptedOn",
      gender, removed_at is not null as removed, coalesce(removed_by, stated_by) as by,
      case when removed_by is null then stated_at else removed_at end as at, null::timestamptz as "replacedAt", version
    from child where id = ${child}
    union all
    select born_on, due_on, gestation_days, adopted_on, gender, removed_at is not null,
      coalesce(removed_by, stated_by), case when removed_by is null then stated_at else removed_at end, replaced_at,
      version
    from child_past where child = ${child}
    order by version desc limit 100`.execute(db);
  return {
    items: rows.map(({ gestationDays, gender, by, at, replacedAt, bornOn, dueOn, adoptedOn, removed }) => ({
      ...{ bornOn, dueOn, adoptedOn, removed },
      gestation: gestationDays === null ? null : weeksOf(gestationDays),
      gender: gender === "female" || gender === "male" ? gender : "unknown",
      by,
      at: at.toISOString(),
      replacedAt: replacedAt?.toISOString() ?? null,
    })),
  };
}
