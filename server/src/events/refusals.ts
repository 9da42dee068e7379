import type { RefusalKind } from "../platform/refusal.ts";

export const unknownWriteKey = {
  code: "collect/unknown-write-key",
  status: 401,
  retry: false,
  text: {
    zh: "写入密钥不对或已停用。请用数据源页上的写入密钥作为 Basic 认证的用户名，密码留空。",
    en: "The write key is unknown or its source was removed. Send the source's write key as the Basic user name with an empty password.",
  },
} as const satisfies RefusalKind;

export const overloaded = {
  code: "collect/overloaded",
  status: 429,
  retry: true,
  text: {
    zh: "此刻收到的事件太多，这次请求没有接收。请按 Retry-After 稍后重发。",
    en: "Too many events at this moment; nothing of this request was taken. Send it again after Retry-After.",
  },
} as const satisfies RefusalKind;

export const notCommitted = {
  code: "collect/not-committed",
  status: 503,
  retry: true,
  text: {
    zh: "存储暂时写不进去，这次请求没有确认任何事件。请按 Retry-After 稍后重发；重发不会重复计数。",
    en: "Storage cannot be written at the moment; nothing of this request was acknowledged. Send it again after Retry-After; nothing counts twice.",
  },
} as const satisfies RefusalKind;

export const nothingAccepted = {
  code: "collect/nothing-accepted",
  status: 400,
  retry: false,
  text: {
    zh: "没有一条事件可以接收，原因见 errors。",
    en: "Not one event could be accepted; errors says why.",
  },
} as const satisfies RefusalKind;

export const notABatch = {
  code: "collect/not-a-batch",
  status: 400,
  retry: false,
  text: {
    zh: "请求体应是 JSON 对象；/v1/batch 需要 batch 数组，至多 5000 条。",
    en: "The body must be a JSON object; /v1/batch needs the array batch with at most 5,000 items.",
  },
} as const satisfies RefusalKind;

export const unreadableBody = {
  code: "collect/unreadable-body",
  status: 400,
  retry: false,
  text: {
    zh: "请求体不是有效的 JSON（或 gzip 压缩的 JSON）。",
    en: "The body is not valid JSON (or gzip of it).",
  },
} as const satisfies RefusalKind;

export const bodyTooLarge = {
  code: "collect/body-too-large",
  status: 413,
  retry: false,
  text: {
    zh: "请求体超过 5 MB。请分成几批发送，每批几百条为宜。",
    en: "The body is larger than 5 MB. Send it in several batches of a few hundred events each.",
  },
} as const satisfies RefusalKind;

export const noData = {
  code: "collect/no-data",
  status: 400,
  retry: false,
  text: {
    zh: "请求里没有 data 或 data_list。",
    en: "The request has neither data nor data_list.",
  },
} as const satisfies RefusalKind;

export const badChecksum = {
  code: "collect/bad-checksum",
  status: 400,
  retry: false,
  text: {
    zh: "crc 与数据不符：数据在途中被改动或截断。请重发。",
    en: "The crc does not fit the data, which was changed or cut on its way. Send it again.",
  },
} as const satisfies RefusalKind;

export const encryptedBody = {
  code: "collect/encrypted",
  status: 400,
  retry: false,
  text: {
    zh: "数据由 SDK 的加密插件加密，育见没有密钥。请关闭加密，用 HTTPS 传输。",
    en: "The data is encrypted by the SDK's plug-in and Stork has no key. Turn the encryption off and send over HTTPS.",
  },
} as const satisfies RefusalKind;

export const wrongDeviceSettings = {
  code: "sources/device-settings",
  status: 400,
  retry: false,
  text: {
    zh: "设备数据源的设置有误，见 errors。",
    en: "The settings of the source of devices are wrong; errors says where.",
  },
} as const satisfies RefusalKind;

export const unknownSource = {
  code: "sources/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个数据源。", en: "There is no such source." },
} as const satisfies RefusalKind;

export const unknownQuarantined = {
  code: "quarantine/unknown",
  status: 404,
  retry: false,
  text: { zh: "隔离区里没有这一条。", en: "There is no such item in the quarantine." },
} as const satisfies RefusalKind;

export const notReplayable = {
  code: "quarantine/not-replayable",
  status: 409,
  retry: false,
  text: {
    zh: "这一条已经处理过（重放或丢弃），不能再重放。",
    en: "This item was replayed or dropped already and cannot be tried again.",
  },
} as const satisfies RefusalKind;
