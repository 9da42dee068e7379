import type { Words } from "@stork/contract/common.ts";

/** What cleaning found in a record that was kept. The record is shown with its marks; `excluded` ones stay out of sums and averages. */
export const marks = {
  "quantity-negative": {
    excluded: true,
    label: { zh: "数量为零或负数", en: "Quantity is zero or negative" },
  },
  "quantity-high": {
    excluded: true,
    label: { zh: "数量达到 1000 件，像批发", en: "Quantity of 1,000 or more, as in wholesale" },
  },
  "amount-negative": { excluded: true, label: { zh: "金额为负数", en: "Amount is negative" } },
  "amount-unreadable": {
    excluded: false,
    label: { zh: "金额无法识别", en: "Amount cannot be read" },
  },
  "currency-other": {
    excluded: true,
    label: { zh: "不是人民币", en: "Not in renminbi" },
  },
  "time-impossible": {
    excluded: false,
    label: {
      zh: "时间不可能（2000 年以前或将来），按收到的时间记",
      en: "Impossible time (before 2000 or in the future); the time of receipt is used",
    },
  },
  "child-date-unreadable": {
    excluded: false,
    label: { zh: "宝宝的日期无法识别", en: "A child's date cannot be read" },
  },
  "date-impossible": {
    excluded: false,
    label: { zh: "宝宝的日期不可能", en: "A child's date is impossible" },
  },
  "age-impossible": {
    excluded: false,
    label: {
      zh: "购买时宝宝的年龄不可能（出生前 280 天以上或 12 岁以上）",
      en: "The child's age at purchase is impossible (over 280 days before birth, or over 12 years)",
    },
  },
  "personal-data-masked": {
    excluded: false,
    label: { zh: "属性里的个人信息已遮盖", en: "Personal data in the properties was masked" },
  },
} as const satisfies Record<string, { excluded: boolean; label: Words }>;

export type Mark = keyof typeof marks;

export const markLabel = (code: string): Words =>
  (marks as Record<string, { label: Words }>)[code]?.label ?? { zh: code, en: code };

export const isExcluded = (found: readonly Mark[]): boolean => found.some((mark) => marks[mark].excluded);
