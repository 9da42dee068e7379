import type { MonthOfData } from "@stork/contract/storage.ts";
import { ch, list, type Statement, u32 } from "../../platform/clickhouse.ts";
import { findParts } from "../month-table.store.ts";
import { type KindOfStorage, monthOf, partitionOf } from "../stored-kind.ts";

/** Versions of some months that another has taken the place of. The newest of each record is never touched. */
const superseded = (workspace: number, months: readonly string[]): Statement => ch`
  workspace = ${u32(workspace)} and toYYYYMM(received) in ${list("UInt32", months.map(partitionOf))}
  and (kind, id, part, changed, stamp) not in (
    select kind, id, part, changed, stamp from record_version final
    where workspace = ${u32(workspace)}
      and import not in (select import from record_undone where workspace = ${u32(workspace)})
    order by kind, id, part, changed desc, stamp desc limit 1 by kind, id, part)`;

export const records: KindOfStorage = {
  label: { zh: "业务记录的历史版本", en: "Past versions of records" },
  what: {
    zh: "订单、会员、库存等记录被更正前的样子。最新版本总是保留；删除后不能再看更正历史，也不能撤销那时的导入。",
    en: "What orders, members, stock and the like were before they were corrected. The newest version always stays; without the others, corrections cannot be traced, nor can imports of that time be undone.",
  },
  tiers: ["hot"],
  policy: { warmAfterDays: null, coldAfterDays: null, deleteAfterDays: null },
  facts: null,
  measure: async ({ clickhouse }, workspace) => {
    const [months, parts] = await Promise.all([
      clickhouse.query<{ month: number; rows: number }>(ch`
        select toYYYYMM(received) as month, count() as rows from record_version
        where workspace = ${u32(workspace)} group by month order by month`),
      findParts({ clickhouse }, "record_version"),
    ]);
    const all = [...parts.values()].reduce(
      (sum, { rows, bytes }) => ({ rows: sum.rows + rows, bytes: sum.bytes + bytes }),
      { rows: 0, bytes: 0 },
    );
    return months.map(
      ({ month, rows }): MonthOfData => ({
        ...{ month: monthOf(month), tier: "hot", rows },
        bytes: all.rows === 0 ? 0 : Math.round((all.bytes * rows) / all.rows),
      }),
    );
  },
  remove: async ({ clickhouse }, workspace, months) => {
    await clickhouse.command(ch`delete from record_version where ${superseded(workspace, months)}`);
  },
};
