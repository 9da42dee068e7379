import type { RefusalKind } from "../platform/refusal.ts";

export const unknownExport = {
  code: "exports/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个导出。", en: "There is no such export." },
} as const satisfies RefusalKind;

export const notYours = {
  code: "exports/not-yours",
  status: 403,
  retry: false,
  text: {
    zh: "导出只能由申请的人自己下载。需要的话，请自己申请一份。",
    en: "An export is taken by whoever asked for it. Ask for one yourself.",
  },
} as const satisfies RefusalKind;

export const secondPerson = {
  code: "exports/second-person",
  status: 403,
  retry: false,
  text: {
    zh: "自己申请的导出要由另一个人批准。",
    en: "An export has to be let out by another person than the one who asked for it.",
  },
} as const satisfies RefusalKind;

export const notWaiting = {
  code: "exports/decided",
  status: 409,
  retry: false,
  text: {
    zh: "这个导出不在等待批准：已经处理过，或已过期。",
    en: "This export does not wait for approval: it was decided on, or its time has passed.",
  },
} as const satisfies RefusalKind;

export const notReady = {
  code: "exports/not-ready",
  status: 409,
  retry: false,
  text: {
    zh: "这个导出还不能下载：在等另一个人批准，没有被批准，或已过期。",
    en: "This export cannot be taken: it waits for a second person, was refused, or its time has passed.",
  },
} as const satisfies RefusalKind;
