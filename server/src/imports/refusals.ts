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

export const noRawFile = {
  code: "imports/no-raw-file",
  status: 404,
  retry: false,
  text: {
    zh: "这个导入的原文件没有保存，或已按存储策略删除。",
    en: "The original file of this import was not kept, or has been deleted as the storage policy says.",
  },
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

export const tooManyAtOnce = {
  code: "imports/too-many-at-once",
  status: 400,
  retry: false,
  text: {
    zh: "一次最多导入 {most} 个文件。请分几次导入。",
    en: "An import takes {most} files at most. Import them in several parts.",
  },
} as const satisfies RefusalKind;

export const tooLargeFile = {
  code: "imports/too-large",
  status: 413,
  retry: false,
  text: {
    zh: "文件「{file}」超过 2 GB。请压缩成 .zip 或 .gz（解开后不超过 4 GB），或拆成几个文件。",
    en: "“{file}” is larger than 2 GB. Pack it as .zip or .gz (4 GB unpacked at most), or split it.",
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
    zh: "文件「{file}」是旧版 Excel 工作簿（.xls，97–2003）。请在 Excel 或 WPS 里打开（有密码的输入密码），另存为 .xlsx 后再导入。",
    en: "“{file}” is a workbook of the old kind (.xls, 97–2003). In Excel or WPS, open it (with its password, if it has one), save it as .xlsx and import that.",
  },
} as const satisfies RefusalKind;

export const webPageFile = {
  code: "imports/web-page",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」名为表格，内容却是网页（HTML 或 XML），很多后台这样导出 .xls。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。",
    en: "“{file}” is called a spreadsheet but holds a web page (HTML or XML), as many back offices export .xls. Open it in Excel or WPS, save it as .xlsx and import that.",
  },
} as const satisfies RefusalKind;

export const notText = {
  code: "imports/not-text",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」不是表格或文本（图片、PDF 或其他二进制格式）。可以导入 CSV、XLSX、JSON 行、Parquet，以及装着它们的 .zip 和 .gz。",
    en: "“{file}” is neither a table nor text (a picture, a PDF or another binary format). CSV, XLSX, JSON lines and Parquet are read, and .zip and .gz that hold them.",
  },
} as const satisfies RefusalKind;

export const noRows = {
  code: "imports/no-rows",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」只有表头，下面没有数据行。请检查导出时选的日期和筛选条件，换有数据的文件；确实没有数据，就不用导入。",
    en: "“{file}” has a header and no rows below it. Check the dates and filters it was exported with and take a file that has rows; if there truly are none, there is nothing to import.",
  },
} as const satisfies RefusalKind;

export const noHeader = {
  code: "imports/no-header",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」没有表头：第一行像是数据，不是列名。请在最上面加一行列名（例如：订单编号、手机号、付款时间），再导入。",
    en: "“{file}” has no header: its first line looks like a row of data. Put a line of column names above it (e.g. order number, phone, paid at) and import it again.",
  },
} as const satisfies RefusalKind;

export const notLines = {
  code: "imports/not-lines",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」是一整个 JSON 文档。请保存为 JSON 行（一行一个对象，.jsonl）或 CSV 后再导入。",
    en: "“{file}” is one JSON document. Save it as JSON lines (one object a line, .jsonl) or as CSV and import that.",
  },
} as const satisfies RefusalKind;

export const otherSpreadsheet = {
  code: "imports/other-spreadsheet",
  status: 400,
  retry: false,
  text: {
    zh: "文件「{file}」是其他程序的表格（OpenDocument .ods 或 Numbers）。请在该程序里另存或导出为 .xlsx 或 CSV 后再导入。",
    en: "“{file}” is another program's spreadsheet (OpenDocument .ods, or Numbers). Save or export it there as .xlsx or CSV and import that.",
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
    zh: "文件「{file}」读到第 {row} 行附近时中断：{reason}。已导入的行保留，改正后再导入一次即可，不会重复。",
    en: "“{file}” could not be read further near row {row}: {reason}. What was imported stays; correct the file and import it again, nothing counts twice.",
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

const file = (code: string, zh: string, en: string) =>
  ({ code: `imports/${code}`, status: 400, retry: false, text: { zh, en } }) as const satisfies RefusalKind;

export const lockedFile = file(
  "locked",
  "文件「{file}」有密码。请在预览页输入密码（命令行会提示输入），打开后再导入。",
  "“{file}” asks for a password. Give it on the preview (the command line asks for it), then import the file.",
);

export const wrongPassword = file(
  "wrong-password",
  "密码打不开「{file}」。请检查大小写和全角、半角后再试；导出时设的密码通常显示在平台的导出页或通知里。确定没错的话，文件可能已损坏，请重新导出。",
  "The password does not open “{file}”. Check capitals and full-width characters and try again; a platform shows it where the file was exported, or in its notice. If it is right for certain, the file may be damaged: export it again.",
);

export const unknownLock = file(
  "unknown-lock",
  "文件「{file}」的加密方式读不了（例如权限管理 IRM、PKWARE 强加密）。请用原来的程序打开，去掉密码另存后再导入。",
  "“{file}” is encrypted in a way that is not read (rights management or PKWARE's strong encryption, for example). Open it in its own program, save it without a password and import that.",
);

export const damagedFile = file(
  "damaged",
  "文件「{file}」已损坏或不完整（可能没有下载完），读不出来。请重新导出或下载。",
  "“{file}” is damaged or incomplete (perhaps not downloaded to its end) and cannot be read. Export or download it again.",
);

export const bombFile = file(
  "bomb",
  "文件「{file}」解开后大得不正常，像是恶意或损坏的文件，没有读取。请重新导出；确实这么大时请拆成几个文件。",
  "“{file}” unpacks to far more than a table holds, as a harmful or broken file does; it was not read. Export it again, or split it when it truly is that large.",
);

export const noSheet = file(
  "no-sheet",
  "工作簿「{file}」里没有找到要读的工作表（没有表格，或指定的工作表不存在）。请在预览页选择工作表。",
  "In the workbook “{file}” the sheet to read was not found (no sheet holds a table, or the one named is not there). Choose the sheet on the preview.",
);

export const tooWideFile = file(
  "too-wide",
  "文件「{file}」有 2000 列以上，不像一张表。请检查分隔符，或只导出需要的列。",
  "“{file}” has more than 2,000 columns, which no table has. Check its separator, or export the columns needed.",
);

export const endlessRow = file(
  "endless-row",
  "文件「{file}」从第 {row} 行起超过 16 MB 没有换行，不像一张表。请检查文件是否完整、换行是否丢失。",
  "From row {row} on “{file}” has no end of line for more than 16 MB, which no table has. Check that it is whole and its line ends are there.",
);

export const tooManyFiles = file(
  "too-many-files",
  "压缩包「{file}」里超过 20 个文件。请分几次导入。",
  "The archive “{file}” holds more than 20 files. Import them in several parts.",
);

export const unknownForm = file(
  "unknown-form",
  "认不出文件「{file}」是哪种表。请指定预设，或在预览页指明各列。",
  "It cannot be told what kind of table “{file}” is. Name the preset, or say on the preview which column is which.",
);

export const notUndoable = {
  code: "imports/not-undoable",
  status: 409,
  retry: false,
  text: {
    zh: "只有已经结束（完成、失败或取消）且没有撤回过的导入可以撤回。",
    en: "Only an import that has ended (done, failed or cancelled) and was not taken back yet can be taken back.",
  },
} as const satisfies RefusalKind;

export const unknownMapping = {
  code: "imports/unknown-mapping",
  status: 404,
  retry: false,
  text: { zh: "没有这个保存的映射。", en: "There is no such saved mapping." },
} as const satisfies RefusalKind;
