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
  "value-masked": {
    excluded: false,
    label: { zh: "平台已打码，不能代表任何人", en: "Masked by the platform; identifies nobody" },
  },
  "email-domain-typo": {
    excluded: false,
    label: { zh: "邮箱域名像是打错了", en: "The e-mail domain looks mistyped" },
  },
  "time-ambiguous": {
    excluded: false,
    label: { zh: "日期有两种读法", en: "The date can be read in two ways" },
  },
  "id-number-left-out": {
    excluded: false,
    label: { zh: "身份证号没有保留", en: "An identity card's number was left out" },
  },
  "address-incomplete": {
    excluded: false,
    label: { zh: "地址没有写到区县", en: "The address names no district" },
  },
  "address-contradicts": {
    excluded: false,
    label: { zh: "地址里的省市互相矛盾", en: "Province and city of the address contradict each other" },
  },
  "name-nickname": {
    excluded: false,
    label: { zh: "像昵称，不是姓名", en: "A nickname rather than a name" },
  },
  "name-not-person": {
    excluded: false,
    label: { zh: "像单位或代收点，不是人", en: "A company or pick-up point rather than a person" },
  },
  "encoding-repaired": { excluded: false, label: { zh: "乱码已还原", en: "Garbled text was put right" } },
  "encoding-damaged": {
    excluded: false,
    label: { zh: "乱码，无法确定原文", en: "Garbled beyond certain repair" },
  },
  "quantity-unusual": {
    excluded: false,
    label: { zh: "数量超出该品类的常见范围", en: "Quantity outside what is usual in its category" },
  },
  "price-unusual": {
    excluded: false,
    label: { zh: "单价超出该品类的常见范围", en: "Unit price outside what is usual in its category" },
  },
  "duplicate-near": {
    excluded: false,
    label: {
      zh: "十分钟内同一买家的同样一单，可能重复",
      en: "The same basket of the same buyer within ten minutes; perhaps a repeat",
    },
  },
  "test-order": { excluded: true, label: { zh: "测试单", en: "Test order" } },
  "brush-order": { excluded: true, label: { zh: "刷单", en: "Brushed order" } },
  "brush-suspected": { excluded: false, label: { zh: "疑似刷单", en: "Perhaps a brushed order" } },
  "penny-order": { excluded: true, label: { zh: "只有几分钱的订单", en: "Order of a few fen" } },
  imputed: { excluded: false, label: { zh: "有填补的值", en: "Holds imputed values" } },
} as const satisfies Record<string, { excluded: boolean; label: Words }>;

export type Mark = keyof typeof marks;

export const markLabel = (code: string): Words =>
  (marks as Record<string, { label: Words }>)[code]?.label ?? { zh: code, en: code };

export const isExcluded = (found: readonly Mark[]): boolean => found.some((mark) => marks[mark].excluded);
