import type { RefusalKind } from "../platform/refusal.ts";

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
