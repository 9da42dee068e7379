import { ch, str, u32 } from "../../platform/clickhouse.ts";
import type { RowsOf } from "./rows-of.ts";

export const eventRows: RowsOf = (workspace, of, most) => ch`
  select toUnixTimestamp64Milli(at) as ms, [properties] as docs, 0 as beside
  from event_once where workspace = ${u32(workspace)} and name = ${str(of)} and excluded = 0
  order by event_once.at desc limit ${u32(most)}`;
