import type { RowSet } from "@stork/contract/imputation.ts";
import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { countKinds } from "../records/browse.store.ts";
import { kinds } from "../records/kinds.ts";
import { knownOf } from "./known.ts";
import { rowSetId } from "./row-set.ts";

const mostEvents = 200;

/** The sets of rows a workspace has: kinds of record, the persons, the events it hears most of. */
export async function findRowSets(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
): Promise<RowSet[]> {
  const [{ rows: names }, counted] = await Promise.all([
    sql<{ kind: string; name: string }>`
      select kind, case kind when 'event' then name else '' end as name from dictionary_seen
      where workspace_id = ${workspace} and kind in ('event', 'trait')
      group by 1, 2 order by sum(rows) desc limit ${mostEvents}`.execute(db),
    countKinds(clickhouse, workspace),
  ]);
  const events = names.filter(({ kind }) => kind === "event");
  return [
    ...(names.length > events.length ? [{ id: "traits", label: { zh: "用户特征", en: "Traits" } }] : []),
    ...Object.values(kinds)
      .filter(({ id }) => (counted.get(id)?.records ?? 0) > 0)
      .map(({ id, label }) => ({ id: rowSetId({ kind: "record", of: id }), label })),
    ...events.map(({ name }) => ({
      id: rowSetId({ kind: "event", of: name }),
      label: knownOf({ kind: "event", name })?.label ?? { zh: name, en: name },
    })),
  ];
}
