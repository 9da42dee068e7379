import { marks } from "../../cleaning/marks.ts";
import { ch, list, str, u32 } from "../../platform/clickhouse.ts";
import type { RowsOf } from "./rows-of.ts";

const excluded = Object.entries(marks).flatMap(([mark, { excluded }]) => (excluded ? [mark] : []));

/** A row is a record as it counts today: the newest version of each of its parts, the main part (without name) first. */
export const recordRows: RowsOf = (workspace, of, most) => {
  const counts = ch`workspace = ${u32(workspace)} and kind = ${str(of)}
    and import not in (select import from record_undone where workspace = ${u32(workspace)})`;
  return ch`
    select toUnixTimestamp64Milli(max(newest.2)) as ms, max(hasAny(newest.3, ${list("String", excluded)})) as beside,
      arrayMap(pair -> pair.2, arraySort(pair -> pair.1, groupArray((part, newest.1)))) as docs
    from (
      select id, part, argMax((fields, at, arrayMap(mark -> toString(mark), marks)), (changed, stamp)) as newest
      from record_version final
      where ${counts} and id in (
        select id from record_version where ${counts} group by id order by max(at) desc, id limit ${u32(most)})
      group by id, part
    ) group by id order by ms desc`;
};
