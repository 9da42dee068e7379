import { sql } from "kysely";
import type { RecordStatements } from "../people/statements.store.ts";
import type { Db } from "../platform/postgres.ts";

/**
 * Says again of every child of a workspace whose gender was only a code, and still is unknown, what the code means.
 * In slices by id; saying it twice changes nothing.
 */
export async function stateGenders(
  { db, recordStatements }: { db: Db; recordStatements: RecordStatements },
  workspace: number,
  genders: Readonly<Record<string, "female" | "male" | "unknown">>,
  by: { who: string; at: Date },
): Promise<number> {
  const codes = Object.keys(genders).filter((code) => genders[code] !== "unknown");
  let after = 0;
  let stated = 0;
  for (;;) {
    const { rows } = await sql<{
      id: number;
      node: number;
      key: string;
      bornOn: string | null;
      dueOn: string | null;
      code: string;
    }>`
      select id, node, key, born_on as "bornOn", due_on as "dueOn", gender_code as code from child
      where workspace_id = ${workspace} and id > ${after} and gender_code = any(${codes}::text[])
        and coalesce(gender, 'unknown') = 'unknown' and removed_at is null
      order by id limit 5000`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return stated;
    await recordStatements(
      workspace,
      rows.map(({ node, key, bornOn, dueOn, code }) => ({
        kind: "child" as const,
        ...{ node, key, at: by.at, statedBy: by.who },
        bornOn: bornOn ?? undefined,
        dueOn: dueOn ?? undefined,
        gender: genders[code],
        genderCode: code,
      })),
    );
    stated += rows.length;
    after = last.id;
  }
}
