import type { Words } from "@stork/contract/common.ts";

/** Why a row of a file is refused while the others are kept. */
export const refusedRows = {
  "no-identifier": {
    zh: "没有能认出用户的标识（为空，或号码残缺如 1.39E+10）",
    en: "No identifier to know the person by (empty, or a number cut short, such as 1.39E+10)",
  },
  "unusable-identifier": {
    zh: "标识不能代表任何人（占位符、全零或已打码）",
    en: "The identifier names nobody (a placeholder, zeros, or masked)",
  },
  "birthday-unreadable": { zh: "生日无法识别", en: "The birthday cannot be read" },
  "day-unreadable": { zh: "日期无法识别", en: "The date cannot be read" },
  "quantity-unreadable": { zh: "数量不是数字", en: "The quantity is not a number" },
  "no-key": { zh: "没有编号，无从认出是哪一条", en: "No number to know the record by" },
  "amount-unreadable": { zh: "金额无法识别", en: "The amount cannot be read" },
  "no-order-id": { zh: "没有订单编号", en: "No order number" },
  "not-paid": { zh: "订单未付款或已关闭", en: "The order was not paid, or was closed" },
  "too-few-cells": { zh: "列数比表头少", en: "Fewer cells than the header has" },
  "quote-open": { zh: "引号没有成对", en: "A quote is not closed" },
  "too-long": { zh: "这一行超过 1 MB", en: "The row is longer than 1 MB" },
  "file-unknown": {
    zh: "它的文件或预设已经找不到，无法再读；请在新文件里改好后再导入",
    en: "Its file or preset is not known any more, so it cannot be read; correct it in a new file and import that",
  },
  "not-json": { zh: "这一行不是 JSON 对象", en: "The line is not a JSON object" },
} as const satisfies Record<string, Words>;

export type RefusedRow = keyof typeof refusedRows;

/** Which targets a reason speaks of; of the rest it speaks of the row as a whole. */
const blamed: { readonly [Row in RefusedRow]?: readonly string[] } = {
  "no-identifier": ["user", "phone", "member", "number", "email", "unionid", "openid"],
  "unusable-identifier": ["user", "phone", "member", "number", "email", "unionid", "openid"],
  "birthday-unreadable": ["birthday"],
  "day-unreadable": ["day", "at", "paidAt", "placedAt", "openedAt", "orderedAt"],
  "quantity-unreadable": ["quantity", "onHand", "score"],
  "amount-unreadable": ["amount", "spend", "cost"],
  "no-order-id": ["order"],
  "no-key": ["number", "sku", "product", "ticket", "review", "response"],
  "not-paid": ["status", "paidAt"],
};

/** Whether a reason speaks of what was read as this. */
export const blames = (code: string, target: string): boolean =>
  (blamed as Record<string, readonly string[]>)[code]?.includes(target) ?? false;

export const refusedRowLabel = (code: string): Words =>
  (refusedRows as Record<string, Words>)[code] ?? { zh: code, en: code };
