import type { ArchiveAnswer } from "@stork/contract/storage.ts";
import { personOf } from "../people/person-map.ts";
import { type ClickHouse, ch, date, joined, str } from "../platform/clickhouse.ts";
import type { ArchiveRow } from "./archive.store.ts";
import type { ColdFiles } from "./cold.client.ts";

/** Counts archived events by month and name, straight from their files. */
export async function askArchives(
  clickhouse: ClickHouse,
  cold: ColdFiles,
  archives: readonly ArchiveRow[],
  asked: { from?: string | undefined; to?: string | undefined; event?: string | undefined },
): Promise<ArchiveAnswer["rows"]> {
  const files = archives.filter(
    ({ kind, state, month }) =>
      kind === "events" &&
      state === "cold" &&
      (asked.from === undefined || month >= asked.from.slice(0, 7)) &&
      (asked.to === undefined || month <= asked.to.slice(0, 7)),
  );
  if (files.length === 0) return [];
  const where = [
    ch`name != ''`,
    ...(asked.from === undefined ? [] : [ch`at >= ${date(asked.from)}`]),
    ...(asked.to === undefined ? [] : [ch`at < addDays(${date(asked.to)}, 1)`]),
    ...(asked.event === undefined ? [] : [ch`name = ${str(asked.event)}`]),
  ];
  const rows = files.map(
    ({ file }) =>
      ch`select at, name, node, amount_fen, excluded from file(${str(cold.pathOf(file))}, 'Parquet') where ${joined(where, " and ")}`,
  );
  return clickhouse.query(ch`
    select formatDateTime(at, '%Y-%m') as month, toString(name) as name, count() as events,
      uniqExact(${personOf(ch`node`)}) as persons, sumIf(amount_fen, excluded = 0) as "amountFen"
    from (${joined(rows, " union all ")})
    group by month, name order by month, events desc limit 5000`);
}
