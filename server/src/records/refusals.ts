import type { RefusalKind } from "../platform/refusal.ts";

export const unknownKind = {
  code: "records/unknown-kind",
  status: 404,
  retry: false,
  text: {
    zh: "没有「{kind}」这种记录。可用的有：{known}。",
    en: "There is no kind of record “{kind}”. There are: {known}.",
  },
} as const satisfies RefusalKind;

export const tooManyRecords = {
  code: "records/too-many",
  status: 413,
  retry: false,
  text: {
    zh: "一次最多 {most} 条，这次有 {given} 条。请分批发送。",
    en: "At most {most} records at once, these are {given}. Send them in parts.",
  },
} as const satisfies RefusalKind;

export const nothingTaken = {
  code: "records/nothing-taken",
  status: 422,
  retry: false,
  text: {
    zh: "每一条都被拒绝，原因见各项。",
    en: "Every record was refused; see each for why.",
  },
} as const satisfies RefusalKind;

export const unknownRecord = {
  code: "records/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这条记录。", en: "There is no such record." },
} as const satisfies RefusalKind;

export const badCursor = {
  code: "records/bad-cursor",
  status: 400,
  retry: false,
  text: {
    zh: "after 不是上一页给出的值。",
    en: "`after` is not what a page before answered as `next`.",
  },
} as const satisfies RefusalKind;

export const unreadableGzip = {
  code: "records/unreadable-gzip",
  status: 400,
  retry: false,
  text: {
    zh: "正文说是 gzip，却解不开，或展开后超过 {most} MB。",
    en: "The body says it is gzip and is not, or unpacks to more than {most} MB.",
  },
} as const satisfies RefusalKind;
