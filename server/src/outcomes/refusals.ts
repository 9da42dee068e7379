import type { RefusalKind } from "../platform/refusal.ts";

export const backwards: RefusalKind = {
  code: "outcomes/backwards",
  status: 400,
  retry: false,
  text: { zh: "时间范围的开始晚于结束", en: "The range ends before it begins" },
};
export const impossibleYear: RefusalKind = {
  code: "outcomes/impossible-year",
  status: 400,
  retry: false,
  text: {
    zh: "日期须在 {first} 年至 {last} 年之间",
    en: "Dates must lie between the years {first} and {last}",
  },
};
export const tooLong: RefusalKind = {
  code: "outcomes/too-long",
  status: 400,
  retry: false,
  text: { zh: "时间范围最多 {days} 天", en: "A range has at most {days} days" },
};
