import type { Words } from "@stork/contract/common.ts";
import { imputeChained } from "@stork/models/imputation/chained.ts";
import { pool } from "@stork/models/imputation/rubin.ts";
import { meanOf, medianOf, mostFrequentOf } from "@stork/models/imputation/single.ts";

/** How the gaps of a field are filled, when an analyst asks for it. Nothing is ever filled by itself. */
export type ImputationMethod = "mean" | "median" | "most-frequent" | "multiple";

export interface ImputationAsk {
  readonly field: string;
  readonly method: ImputationMethod;
  /** For `multiple`: the fields that the value is learned from; numbers. */
  readonly predictors?: readonly string[];
  /** For `multiple`: how many draws show how sure a value is; 20 when not said. */
  readonly draws?: number;
  readonly seed: number;
  /** Which fields identify somebody (people/personal.ts): they are neither made up nor learned from. */
  readonly identifies: (field: string) => boolean;
}

type Row = Readonly<Record<string, unknown>>;

export interface FilledValue {
  /** The row's place among those given. */
  readonly row: number;
  readonly value: number | string;
  /** For `multiple`: the standard deviation of the draws; how little is known of this value. null: no method says. */
  readonly spread: number | null;
}

export interface Imputation {
  readonly field: string;
  readonly method: ImputationMethod;
  readonly observed: number;
  readonly filled: readonly FilledValue[];
  /** For `multiple`: the field's mean over all rows with its 95 % interval, which counts what is missing as unknown. */
  readonly mean: { readonly estimate: number; readonly low: number; readonly high: number } | null;
}

/** Why gaps are left as they are. */
export const imputationDeclined = {
  "nothing-missing": { zh: "没有缺失值", en: "Nothing is missing" },
  "nothing-known": { zh: "没有一个已知值", en: "Not one value is known" },
  identifying: {
    zh: "能识别个人的字段不填补",
    en: "What identifies somebody is never made up",
  },
  "not-numbers": { zh: "这个方法只用于数字", en: "This method is for numbers" },
  "too-few": {
    zh: "已知的值太少（多重填补至少 20 个，且多于预测字段的五倍）",
    en: "Too few are known (multiple imputation needs 20, and five for each predictor)",
  },
  "no-predictors": { zh: "多重填补需要预测字段", en: "Multiple imputation needs predictors" },
  "too-many": { zh: "一次至多 200000 行", en: "At most 200,000 rows at once" },
} as const satisfies Record<string, Words>;

export type ImputationDeclined = keyof typeof imputationDeclined;

const fewest = 20;
const mostRows = 200_000;
const usualDraws = 20;

/** What filling the gaps of one field would put where. Changes nothing; whoever uses it marks the rows (`withImputed`). */
export function planImputation(
  rows: readonly Row[],
  ask: ImputationAsk,
): Imputation | { declined: ImputationDeclined } {
  if (ask.identifies(ask.field)) return { declined: "identifying" };
  const gaps = rows.flatMap((row, i) => (isMissing(row[ask.field]) ? [i] : []));
  if (gaps.length === 0) return { declined: "nothing-missing" };
  if (gaps.length === rows.length) return { declined: "nothing-known" };
  if (ask.method === "most-frequent") return planMostFrequent(rows, ask, gaps);
  const column = numbersOf(rows, ask.field);
  if (column === null) return { declined: "not-numbers" };
  if (ask.method === "multiple") return planMultiple(rows, ask, column, gaps);
  const value = ask.method === "mean" ? meanOf(column) : medianOf(column);
  if (value === null) return { declined: "nothing-known" };
  return planned(ask, rows.length, gaps, () => ({ value, spread: null }), null);
}

function planMostFrequent(
  rows: readonly Row[],
  ask: ImputationAsk,
  gaps: readonly number[],
): Imputation | { declined: ImputationDeclined } {
  const value = mostFrequentOf(
    rows
      .map((row) => row[ask.field])
      .filter((one) => typeof one === "string" || typeof one === "number")
      .filter((one) => !isMissing(one)),
  );
  if (value === null) return { declined: "nothing-known" };
  return planned(ask, rows.length, gaps, () => ({ value, spread: null }), null);
}

function planMultiple(
  rows: readonly Row[],
  ask: ImputationAsk,
  column: Float64Array,
  gaps: readonly number[],
): Imputation | { declined: ImputationDeclined } {
  const names = (ask.predictors ?? []).filter((name) => name !== ask.field && !ask.identifies(name));
  if (names.length === 0) return { declined: "no-predictors" };
  if (rows.length > mostRows) return { declined: "too-many" };
  const predictors = names.map((name) => numbersOf(rows, name));
  if (predictors.some((one) => one === null)) return { declined: "not-numbers" };
  const columns = [column, ...(predictors as Float64Array[])];
  const isTooFew = (one: Float64Array): boolean =>
    one.filter(Number.isFinite).length < Math.max(fewest, 5 * (names.length + 1));
  if (columns.some(isTooFew)) return { declined: "too-few" };
  const draws = Math.max(2, Math.min(100, Math.round(ask.draws ?? usualDraws)));
  const sets = imputeChained(columns, { seed: ask.seed, imputations: draws }).map(
    ([own]) => own as Float64Array,
  );
  const at = (row: number) => momentsOf(Float64Array.from(sets, (set) => set[row] as number));
  return planned(
    ask,
    rows.length,
    gaps,
    (row) => ({ value: at(row).mean, spread: Math.sqrt(at(row).variance) }),
    pooledMean(sets),
  );
}

function pooledMean(sets: readonly Float64Array[]): Imputation["mean"] {
  const moments = sets.map(momentsOf);
  const rows = sets[0]?.length ?? 0;
  const { estimate, low, high } = pool(
    moments.map(({ mean }) => mean),
    moments.map(({ variance }) => Math.sqrt(variance / rows)),
    rows - 1,
  );
  return { estimate, low, high };
}

function planned(
  { field, method }: ImputationAsk,
  rows: number,
  gaps: readonly number[],
  of: (row: number) => Omit<FilledValue, "row">,
  mean: Imputation["mean"],
): Imputation {
  return {
    field,
    method,
    observed: rows - gaps.length,
    filled: gaps.map((row) => ({ row, ...of(row) })),
    mean,
  };
}

/** A row's fields with the value filled in, and said so: `imputed` names the fields wherever the row appears. */
export function withImputed(row: Row, field: string, value: number | string): Row {
  const before = Array.isArray(row["imputed"]) ? (row["imputed"] as string[]) : [];
  return { ...row, [field]: value, imputed: [...new Set([...before, field])] };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) };
}

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (typeof value === "number" && Number.isNaN(value));

/** NaN where missing; null when something in the field is no number. */
function numbersOf(rows: readonly Row[], field: string): Float64Array | null {
  const column = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const value = row[field];
    const number = isMissing(value) ? Number.NaN : Number(value);
    if (!isMissing(value) && !Number.isFinite(number)) return null;
    column[i] = number;
  }
  return column;
}
