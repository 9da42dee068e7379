import type { RefusalKind } from "../platform/refusal.ts";

export const backwards: RefusalKind = {
  code: "outcomes/backwards",
  status: 400,
  retry: false,
  text: { zh: "时间范围的开始晚于结束", en: "The range ends before it begins" },
};
export const tooLong: RefusalKind = {
  code: "outcomes/too-long",
  status: 400,
  retry: false,
  text: { zh: "时间范围最多 {days} 天", en: "A range has at most {days} days" },
};
