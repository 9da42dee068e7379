import type { RefusalKind } from "../platform/refusal.ts";

export const unknownEntry = {
  code: "dictionary/unknown-entry",
  status: 404,
  retry: false,
  text: {
    zh: "字典里没有这一条。名称要和收到的完全一致，如 event:Order Completed、property:Order Completed/total。",
    en: "The dictionary has no such entry. Names are as they arrive, such as event:Order Completed or property:Order Completed/total.",
  },
} as const satisfies RefusalKind;

export const unknownTask = {
  code: "dictionary/unknown-task",
  status: 404,
  retry: false,
  text: {
    zh: "没有这个待办，可能已经处理过了。",
    en: "There is no such task; perhaps it has been dealt with.",
  },
} as const satisfies RefusalKind;

export const fixedEntry = {
  code: "dictionary/fixed-entry",
  status: 409,
  retry: false,
  text: {
    zh: "指标的定义随育见的版本走，不能在这里改；可以写明负责人。",
    en: "The definition of a figure comes with Stork and is not changed here; its owner can be.",
  },
} as const satisfies RefusalKind;
