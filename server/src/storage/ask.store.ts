import type { ArchiveAnswer } from "@stork/contract/storage.ts";
import { personOf } from "../people/person-map.ts";
import { type ClickHouse, ch, instant, joined, str } from "../platform/clickhouse.ts";
import type { ArchiveRow } from "./archive.store.ts";
import type { ColdFiles } from "./cold.client.ts";
import { spanOf, touches } from "./span.ts";

/** Counts archived events by month and name, straight from their files; days and months are the workspace's. */
export async function askArchives(
  clickhouse: ClickHouse,
  cold: ColdFiles,
  archives: readonly ArchiveRow[],
  asked: { from?: string | undefined; to?: string | undefined; event?: string | undefined },
  timeZone: string,
): Promise<ArchiveAnswer["rows"]> {
  const span = spanOf(asked, timeZone);
  const files = archives.filter(
    ({ kind, state, month }) => kind === "events" && state === "cold" && touches(month, span),
  );
  if (files.length === 0) return [];
  const where = [
    ch`name != ''`,
    ...(span.from === null ? [] : [ch`at >= ${instant(span.from)}`]),
    ...(span.to === null ? [] : [ch`at < ${instant(span.to)}`]),
    ...(asked.event === undefined ? [] : [ch`name = ${str(asked.event)}`]),
  ];
  const rows = files.map(
    ({ file }) =>
      ch`select at, name, node, amount_fen, excluded from ${cold.tableOf(file)} where ${joined(where, " and ")}`,
  );
  return clickhouse.query(ch`
    select formatDateTime(at, '%Y-%m', ${str(timeZone)}) as month, toString(name) as name, count() as events,
      uniqExact(${personOf(ch`node`)}) as persons, sumIf(amount_fen, excluded = 0) as "amountFen"
    from (${joined(rows, " union all ")})
    group by month, name order by month, events desc limit 5000`);
}
