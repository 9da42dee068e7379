import type { Words } from "@stork/contract/common.ts";
import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";
import type { Problem } from "./condition.ts";
import { operandList, operandNumber } from "./values.ts";

type Path = readonly (string | number)[];

const words = {
  list: { zh: "“in” 需要一个非空的列表", en: "“in” needs a list with at least one value" },
  one: { zh: "需要一个值", en: "one value is needed" },
  none: { zh: "“exists” 不带值", en: "“exists” takes no value" },
  text: { zh: "“contains” 需要一段文字", en: "“contains” needs some text" },
  order: { zh: "不能比较真假的大小", en: "true and false have no order" },
  number: { zh: "这里需要数字", en: "a number is needed here" },
  numberOnly: { zh: "数字属性不支持 “contains”", en: "“contains” does not work on a number" },
} as const satisfies Record<string, Words>;

/** What is wrong with the value of a comparison, if anything. */
export function operandProblems(op: Operator, value: PropertyFilter["value"], path: Path): Problem[] {
  const problem = (message: Words) => [{ path, message }];
  if (op === "exists") return value === undefined || value === true ? [] : problem(words.none);
  if (op === "in") return Array.isArray(value) && value.length > 0 ? [] : problem(words.list);
  if (value === undefined || Array.isArray(value)) return problem(words.one);
  if (op === "contains") return typeof value === "string" && value !== "" ? [] : problem(words.text);
  if (op !== "=" && op !== "!=" && typeof value === "boolean") return problem(words.order);
  return [];
}

/** The same where the compared column holds numbers. */
export function numberProblems(op: Operator, value: PropertyFilter["value"], path: Path): Problem[] {
  const first = operandProblems(op, value, path);
  if (first.length > 0 || op === "exists") return first;
  if (op === "contains") return [{ path, message: words.numberOnly }];
  return operandList(value).every((one) => operandNumber(one) !== null)
    ? []
    : [{ path, message: words.number }];
}
