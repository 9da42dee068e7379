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

export const unknownSource = {
  code: "sources/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个数据源。", en: "There is no such source." },
} as const satisfies RefusalKind;

export const unknownPreset = {
  code: "imports/unknown-preset",
  status: 400,
  retry: false,
  text: {
    zh: "没有名为「{preset}」的导入预设。可用的有：{known}。",
    en: "There is no import preset “{preset}”. There are: {known}.",
  },
} as const satisfies RefusalKind;

export const unknownImport = {
  code: "imports/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个导入。", en: "There is no such import." },
} as const satisfies RefusalKind;

export const unknownUpload = {
  code: "imports/unknown-upload",
  status: 404,
  retry: false,
  text: {
    zh: "上传的文件已不在了（只保留一小时）。请重新选择文件。",
    en: "The uploaded files are gone (they are kept for an hour). Choose them again.",
  },
} as const satisfies RefusalKind;

export const noFiles = {
  code: "imports/no-files",
  status: 400,
  retry: false,
  text: { zh: "请至少选一个文件。", en: "Choose at least one file." },
} as const satisfies RefusalKind;

export const tooLargeFile = {
  code: "imports/too-large",
  status: 413,
  retry: false,
  text: {
    zh: "文件「{file}」超过 2 GB。请拆成几个文件，或用命令行 stork import 直接读取。",
    en: "“{file}” is larger than 2 GB. Split it, or read it in place with the command stork import.",
  },
} as const satisfies RefusalKind;

export const emptyFile = {
  code: "imports/empty-file",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」是空的，没有可导入的内容。",
    en: "“{file}” is empty; there is nothing to import.",
  },
} as const satisfies RefusalKind;

export const spreadsheetFile = {
  code: "imports/spreadsheet",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」是 Excel 工作簿，不是 CSV（改扩展名没有用）。请在 Excel 里另存为「CSV UTF-8（逗号分隔）」后再导入。",
    en: "“{file}” is an Excel workbook, not CSV; another extension does not change it. In Excel, save it as “CSV UTF-8 (comma delimited)” and import that.",
  },
} as const satisfies RefusalKind;

export const notText = {
  code: "imports/not-text",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」不是文本文件（压缩包、图片或其他二进制格式）。请解压或另存为 CSV。",
    en: "“{file}” is not a text file (an archive, a picture or another binary format). Unpack it or save it as CSV.",
  },
} as const satisfies RefusalKind;

export const garbledFile = {
  code: "imports/garbled",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」里的中文已经变成乱码（曾用错误的编码打开后保存）。请重新导出原文件；GBK 和 UTF-8 都可以直接导入。",
    en: "The Chinese text in “{file}” is lost: it was opened in a wrong encoding and saved. Export it again; GBK and UTF-8 are both read as they are.",
  },
} as const satisfies RefusalKind;

export const brokenFile = {
  code: "imports/broken-file",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」读到第 {row} 行附近时中断：{reason}。常见原因是引号没有成对。已导入的行保留，改正后再导入一次即可，不会重复。",
    en: "“{file}” could not be read further near row {row}: {reason}. Often a quote is not closed. What was imported stays; correct the file and import it again, nothing counts twice.",
  },
} as const satisfies RefusalKind;

export const missingColumns = {
  code: "imports/missing-columns",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」缺少这些列：{missing}。文件里有的列：{columns}。请补上表头，或在预览页指定对应的列。",
    en: "“{file}” lacks these columns: {missing}. It has: {columns}. Add the header, or say on the preview which column is which.",
  },
} as const satisfies RefusalKind;

export const unreadableFile = {
  code: "imports/unreadable-file",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」读不了：{reason}。请确认文件存在且有读取权限。",
    en: "“{file}” cannot be read: {reason}. Check that it exists and may be read.",
  },
} as const satisfies RefusalKind;

export const unknownDecision = {
  code: "imports/unknown-decision",
  status: 404,
  retry: false,
  text: { zh: "没有这个待决定的问题或选项。", en: "There is no such question or option." },
} as const satisfies RefusalKind;

export const finishedImport = {
  code: "imports/already-finished",
  status: 409,
  retry: false,
  text: { zh: "导入已经结束。", en: "The import has finished already." },
} as const satisfies RefusalKind;
