import { sql } from "kysely";
import { presetOf } from "../imports/presets.ts";
import type { Db } from "../platform/postgres.ts";
import { columnLeadsTo } from "./leads-to.ts";
import type { ColumnUse } from "./lineage.ts";

interface Row {
  source: number;
  name: string;
  preset: string;
  report: string;
  column: string;
  target: string;
}

/** Which columns of imported files became what. */
export async function findColumns(db: Db, workspace: number): Promise<ColumnUse[]> {
  const { rows } = await sql<Row>`
    select distinct import.source_id as source, source.name, coalesce(file.preset, import.preset) as preset,
      file.record as report, file.header ->> (place.value ->> 1)::int as "column", place.value ->> 0 as target
    from import join source on source.id = import.source_id,
      jsonb_to_recordset(import.files) as file (header jsonb, places jsonb, preset text, record text),
      jsonb_array_elements(file.places) as place (value)
    where import.workspace_id = ${workspace} and import.status in ('done', 'needs-decision')
    order by 1, 5 limit 2000`.execute(db);
  return rows.flatMap(({ source, name, preset, report, column, target }) => {
    const kind = presetOf(preset)?.kinds.find(({ id }) => id === report);
    const entries = kind === undefined ? [] : columnLeadsTo(kind.record, target);
    return entries.map((entry) => ({ source: String(source), sourceName: name, column, entry }));
  });
}
