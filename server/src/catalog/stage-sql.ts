import { type Bound, ch, type Statement, str, u32 } from "../platform/clickhouse.ts";
import { childStages, lastMonth, overdueDays, pregnancyDays, trimesters } from "./stages.ts";

/**
 * `stageOn` of stages.ts as a ClickHouse expression over Nullable(Date32) columns; '' where that one says null.
 * Both read the same table of bounds, and a test compares them on random dates.
 */
export function stageSql(bornOn: Statement, dueOn: Statement, on: Statement | Bound): Statement {
  const anchor = ch`assumeNotNull(coalesce(${bornOn}, ${dueOn}))`;
  const born = ch`assumeNotNull(${bornOn})`;
  const afterBirth = branches(
    childStages.map(({ stage }, i) => ({
      before: ch`addMonths(${born}, ${u32(childStages[i + 1]?.fromMonth ?? lastMonth)})`,
      stage,
    })),
    on,
  );
  const beforeBirth = branches(
    trimesters.map(({ stage }, i) => {
      const end = trimesters[i + 1]?.fromDay ?? pregnancyDays + overdueDays + 1;
      return { before: shifted(anchor, end - pregnancyDays), stage };
    }),
    on,
  );
  const start = shifted(anchor, -pregnancyDays);
  return ch`multiIf(${bornOn} is null and ${dueOn} is null, '', ifNull(${bornOn} <= ${on}, 0), ${afterBirth}, ${on} < ${start}, '', ${beforeBirth})`;
}

/** Age in days as `ageDays` of stages.ts; null without a date. */
export function ageDaysSql(bornOn: Statement, dueOn: Statement, on: Statement | Bound): Statement {
  return ch`dateDiff('day', coalesce(${bornOn}, ${dueOn}), ${on})`;
}

function branches(parts: readonly { before: Statement; stage: string }[], on: Statement | Bound): Statement {
  const last = ch`''`;
  return [...parts]
    .reverse()
    .reduce((rest, { before, stage }) => ch`if(${on} < ${before}, ${str(stage)}, ${rest})`, last);
}

function shifted(anchor: Statement, days: number): Statement {
  return days < 0 ? ch`subtractDays(${anchor}, ${u32(-days)})` : ch`addDays(${anchor}, ${u32(days)})`;
}
