import { binOf } from "@stork/models/watch/levels.ts";
import type { Portion } from "@stork/models/watch/shares.ts";
import { isDamaged } from "../damage.ts";
import { numberAt, valueAt } from "../event-field.ts";
import type { StreamModel } from "../model.ts";
import { shareIndicator } from "../share-indicator.ts";
import { countOf, fieldsOf, numbersOf } from "../tally.ts";

type Counts = ReadonlyMap<string, number>;
const none: Map<string, Portion> = new Map();

/** What of a list of things stands under is counted against the things, not against the event. */
function parentOf(field: string, counts: Counts): number {
  const end = Math.max(field.lastIndexOf("."), 0);
  if (end === 0) return countOf(counts, "sampled");
  const parent = field.slice(0, end).replace(/\[\]$/, "");
  return countOf(counts, `there ${parent}`);
}

function missing(counts: Counts, model: StreamModel | null): Map<string, Portion> {
  if (model === null) return none;
  const found = new Map<string, Portion>();
  for (const field of model.fields) {
    const of = parentOf(field, counts);
    if (of > 0) found.set(field, { bad: Math.max(0, of - countOf(counts, `there ${field}`)), of });
  }
  return found;
}

function damaged(counts: Counts): Map<string, Portion> {
  const found = new Map<string, Portion>();
  for (const [field, of] of fieldsOf(counts, "text"))
    found.set(field, { bad: countOf(counts, `damaged ${field}`), of });
  return found;
}

function otherType(counts: Counts, model: StreamModel | null): Map<string, Portion> {
  const found = new Map<string, Portion>();
  for (const [field, type] of Object.entries(model?.types ?? {})) {
    const of = countOf(counts, `there ${field}`);
    if (of > 0) found.set(field, { bad: Math.max(0, of - countOf(counts, `${type} ${field}`)), of });
  }
  return found;
}

function newValues(counts: Counts): Map<string, Portion> {
  const found = new Map<string, Portion>();
  for (const [field, of] of fieldsOf(counts, "values"))
    found.set(field, { bad: countOf(counts, `new ${field}`), of });
  return found;
}

function outliers(counts: Counts, model: StreamModel | null): Map<string, Portion> {
  const found = new Map<string, Portion>();
  const ranges = model?.ranges ?? {};
  for (const [field, bin, count] of numbersOf(counts)) {
    const range = ranges[field];
    if (range === undefined) continue;
    const portion = found.get(field) ?? { bad: 0, of: 0 };
    portion.of += count;
    if (bin < range[0] || bin > range[1]) portion.bad += count;
    found.set(field, portion);
  }
  return found;
}

const isOutlier = (value: number | null, range: readonly [number, number] | undefined): boolean =>
  value !== null && range !== undefined && (binOf(value) < range[0] || binOf(value) > range[1]);

/** Fields never seen before, as a share of the sample. */
function newFields(counts: Counts, model: StreamModel | null): Map<string, Portion> {
  const found = new Map<string, Portion>();
  if (model === null || model.events < 500) return found;
  const known = new Set(model.fields);
  const of = countOf(counts, "sampled");
  for (const [field, bad] of fieldsOf(counts, "there"))
    if (!known.has(field) && !field.includes("[]") && model.shares[`field-rare ${field}`] === undefined)
      found.set(field, { bad: Math.min(bad, of), of });
  return found;
}

const isGone = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Shares of values of a field, in the sample. One form, so one table. */
export const fieldIndicators = {
  "field-missing": shareIndicator("field-missing", {
    dimension: "completeness",
    scope: "field",
    name: { zh: "字段缺失", en: "Field missing" },
    definition: {
      zh: "应有此字段的事件中，字段不存在、为 null 或为空的占比",
      en: "Share of events in which a field known to come is absent, null or empty",
    },
    threshold: 0.1,
    needsUsual: true,
    least: 8,
    effect: 0.2,
    portions: missing,
    shows: (event, field) => isGone(valueAt(event, field)),
  }),
  "text-garbled": shareIndicator("text-garbled", {
    dimension: "accuracy",
    scope: "field",
    name: { zh: "乱码", en: "Garbled text" },
    definition: { zh: "文字中出现乱码的占比", en: "Share of texts that were read in a wrong encoding" },
    threshold: 0.05,
    least: 8,
    effect: 0.08,
    portions: damaged,
    shows: (event, field) => isDamaged(String(valueAt(event, field) ?? "")),
  }),
  "value-outlier": shareIndicator("value-outlier", {
    dimension: "accuracy",
    scope: "field",
    name: { zh: "数值离群", en: "Number out of its range" },
    definition: {
      zh: "数值落在以往千分之一以外范围的占比",
      en: "Share of numbers outside the range that held all but one in a thousand",
    },
    threshold: null,
    least: 12,
    effect: 0.1,
    portions: outliers,
    shows: (event, field, model) => isOutlier(numberAt(event, field), model?.ranges[field]),
  }),
  "type-changed": shareIndicator("type-changed", {
    dimension: "consistency",
    scope: "field",
    name: { zh: "字段类型变化", en: "Field's type changed" },
    definition: { zh: "类型与以往不同的值占比", en: "Share of values of another type than usual" },
    threshold: 0.1,
    least: 8,
    effect: 0.15,
    portions: otherType,
  }),
  "value-new": shareIndicator("value-new", {
    dimension: "consistency",
    scope: "field",
    name: { zh: "从未见过的枚举值", en: "Value never seen before" },
    definition: {
      zh: "取值有限的字段中出现新值的占比",
      en: "Share of new values in a field that takes only a few",
    },
    threshold: null,
    least: 12,
    effect: 0.2,
    portions: newValues,
    usual: (model, field) => model.vocabularies[field]?.fresh ?? null,
  }),
  "field-new": shareIndicator("field-new", {
    dimension: "consistency",
    scope: "field",
    name: { zh: "出现新字段", en: "New field" },
    definition: { zh: "以往没有的字段出现的占比", en: "Share of events with a field that never came before" },
    threshold: 0.3,
    least: 30,
    effect: 0.3,
    portions: newFields,
    shows: (event, field) => !isGone(valueAt(event, field)),
  }),
};
