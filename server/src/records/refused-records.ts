import type { Words } from "@stork/contract/common.ts";

/** Why one record is refused while the others are kept. */
export const refusedRecords = {
  "records/invalid": { zh: "字段缺失或不符合要求", en: "A field is missing or not as it should be" },
  "records/no-key": { zh: "缺少自然键（编号为空）", en: "The natural key is empty" },
  "records/time-unreadable": { zh: "时间无法识别", en: "The time cannot be read" },
  "records/amount-unreadable": { zh: "金额无法识别", en: "The amount cannot be read" },
  "records/nobody": {
    zh: "没有能认出用户的标识（为空、占位符或已打码）",
    en: "No usable identifier (empty, a placeholder, or masked)",
  },
} as const satisfies Record<string, Words>;

export type RefusedRecordCode = keyof typeof refusedRecords;
