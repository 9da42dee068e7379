import type { RefusalKind } from "../platform/refusal.ts";

export const misorderedPolicy = {
  code: "storage/misordered-policy",
  status: 400,
  retry: false,
  text: {
    zh: "顺序不对：每一步要晚于前一步（温 < 冷 < 删除）。请检查「{step}」的天数。",
    en: "The order is wrong: each step has to come later than the one before (warm < cold < delete). Check the days of “{step}”.",
  },
} as const satisfies RefusalKind;

export const impossibleTier = {
  code: "storage/impossible-tier",
  status: 409,
  retry: false,
  text: {
    zh: "这类数据没有「{tier}」这一层（外接 ClickHouse 时，冷层要用 STORK_COLD_S3 指定的对象存储）。",
    en: "This kind of data has no tier “{tier}”. (With a ClickHouse of your own the cold tier needs an object store, named in STORK_COLD_S3.)",
  },
} as const satisfies RefusalKind;

export const backwardHold = {
  code: "storage/backward-hold",
  status: 400,
  retry: false,
  text: {
    zh: "开始（{from}）晚于结束（{to}），这样的保全什么也保不住。请检查日期。",
    en: "It begins ({from}) after it ends ({to}): such a hold would keep nothing. Check the dates.",
  },
} as const satisfies RefusalKind;

export const unknownHold = {
  code: "storage/unknown-hold",
  status: 404,
  retry: false,
  text: { zh: "没有这项保全，或已经解除。", en: "There is no such legal hold, or it was released." },
} as const satisfies RefusalKind;

export const unknownArchive = {
  code: "storage/unknown-archive",
  status: 404,
  retry: false,
  text: { zh: "没有这份归档，或正在取回。", en: "There is no such archive, or it is on its way back." },
} as const satisfies RefusalKind;

export const notTheOperator = {
  code: "storage/not-the-operator",
  status: 403,
  retry: false,
  text: {
    zh: "备份含有所有工作区的数据，只有整个系统的所有者可以下载。",
    en: "A backup holds the data of every workspace; only the owner of the whole system may download it.",
  },
} as const satisfies RefusalKind;
