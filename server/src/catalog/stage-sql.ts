import { type Bound, ch, type Statement, str, u32 } from "../platform/clickhouse.ts";
import {
  childStages,
  correctedUntilMonth,
  lastMonth,
  overdueDays,
  pregnancyDays,
  trimesters,
} from "./stages.ts";

/** What else of a child its stages depend on; a table without these columns leaves them out. */
export interface StageColumns {
  /** Days born before 40 weeks, where that was before 37. */
  readonly early?: Statement;
  readonly adoptedOn?: Statement;
}
export const childColumns: StageColumns = { early: ch`early_days`, adoptedOn: ch`adopted_on` };

/**
 * `stageOn` of stages.ts as a ClickHouse expression over Nullable(Date32) columns; '' where that one says null.
 * Both read the same table of bounds, and a test compares them on random dates.
 */
export function stageSql(
  bornOn: Statement,
  dueOn: Statement,
  on: Statement | Bound,
  { early = ch`0`, adoptedOn }: StageColumns = {},
): Statement {
  const born = ch`assumeNotNull(${bornOn})`;
  const due = ch`assumeNotNull(coalesce(addDays(${bornOn}, ${early}), ${dueOn}))`;
  const afterBirth = branches(
    childStages.map(({ stage }, i) => {
      const month = childStages[i + 1]?.fromMonth ?? lastMonth;
      const from = month < correctedUntilMonth ? ch`addDays(${born}, ${early})` : born;
      return { before: ch`addMonths(${from}, ${u32(month)})`, stage };
    }),
    on,
  );
  const beforeBirth = branches(
    trimesters.map(({ stage }, i) => {
      const end = trimesters[i + 1]?.fromDay ?? pregnancyDays + overdueDays + 1;
      return { before: shifted(due, end - pregnancyDays), stage };
    }),
    on,
  );
  const start = shifted(due, -pregnancyDays);
  const notOurs =
    adoptedOn === undefined
      ? ch`0`
      : ch`${adoptedOn} is not null and (ifNull(${on} < ${adoptedOn}, 1) or ifNull(${on} < ${bornOn}, 1))`;
  return ch`multiIf(${bornOn} is null and ${dueOn} is null, '', ${notOurs}, '', ifNull(${bornOn} <= ${on}, 0), ${afterBirth}, ${on} < ${start}, '', ${beforeBirth})`;
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
