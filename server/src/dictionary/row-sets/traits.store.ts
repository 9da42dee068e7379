import { personOf } from "../../people/person-map.ts";
import { ch, u32 } from "../../platform/clickhouse.ts";
import type { RowsOf } from "./rows-of.ts";

const number = ch`'^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,10})?$'`;

/** A row is a person of whom anything is said; of several words on a trait the newest counts, an empty one takes it back. */
export const traitRows: RowsOf = (workspace, _of, most) => ch`
  select toUnixTimestamp64Milli(max(said_at)) as ms, 0 as beside,
    [concat('{', arrayStringConcat(groupArray(concat(toJSONString(named), ':',
      if(match(newest, ${number}), newest, toJSONString(newest)))), ','), '}')] as docs
  from (
    select ${personOf(ch`node`)} as person, toString(key) as named, argMax(value, (at, node)) as newest, max(at) as said_at
    from trait final where workspace = ${u32(workspace)} group by person, named having newest != ''
  ) group by person order by ms desc limit ${u32(most)}`;
