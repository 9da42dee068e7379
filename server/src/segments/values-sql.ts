import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";
import { ch, f64, joined, type Statement, str } from "../platform/clickhouse.ts";
import { numeric, operandList, operandNumber } from "./values.ts";

/** The comparisons of values.ts as ClickHouse expressions; a test compares both on the engine. */

type Operand = PropertyFilter["value"];

/** One value as SQL: its text, and whether it was a JSON string (1) or not (0). */
interface ValueSql {
  text: Statement;
  quoted: Statement;
}

const pattern = str(numeric.source);
const symbols = { "=": ch`=`, "!=": ch`!=`, ">": ch`>`, ">=": ch`>=`, "<": ch`<`, "<=": ch`<=` } as const;
export const symbol = (op: Operator): Statement => symbols[op as keyof typeof symbols];

/** A top-level property of the JSON text in `properties`. */
export function jsonFits(property: string, op: Operator, operand: Operand): Statement {
  const name = str(property);
  // The whole text is read once, and a list taken apart from what was found.
  const raw = ch`JSONExtractRaw(properties, ${name})`;
  const elements = ch`if(startsWith(${raw}, '['), JSONExtractArrayRaw(${raw}), [${raw}])`;
  // The search for the name is far cheaper than parsing, and most rows lack most names.
  const seen = ch`position(properties, ${str(JSON.stringify(property))}) > 0`;
  return ch`(${seen} and ${elementsFit(elements, op, operand)})`;
}

/** The column `value` of a trait: text, or a JSON array. */
export function traitFits(op: Operator, operand: Operand): Statement {
  const whole = fits({ text: ch`value`, quoted: ch`1` }, op, operand);
  const each = elementsFit(ch`JSONExtractArrayRaw(value)`, op, operand);
  return ch`if(startsWith(value, '['), ${each}, ${whole})`;
}

/** Any text of an array column, e.g. `item.category`. */
export function arrayFits(column: Statement, op: Operator, operand: Operand): Statement {
  if (op === "exists") return ch`notEmpty(${column})`;
  const any = (each: Statement) => ch`arrayExists(e -> ${each}, ${column})`;
  const text = { text: ch`e`, quoted: ch`1` };
  if (op === "!=") return ch`(notEmpty(${column}) and not ${any(fits(text, "=", operand))})`;
  return any(fits(text, op, operand));
}

export function textFits(column: Statement, op: Operator, operand: Operand): Statement {
  return ch`(${column} != '' and ${fits({ text: column, quoted: ch`1` }, op, operand)})`;
}

/** A number column, where 0 is nothing said. `scale` turns the operand into the column's unit. */
export function numberFits(
  column: Statement,
  op: Operator,
  operand: Operand,
  scale: (value: number) => number,
): Statement {
  if (op === "exists") return ch`${column} != 0`;
  const numbers = operandList(operand).map((each) => operandNumber(each) ?? Number.NaN);
  const one = (number: number) => ch`${column} ${symbol(op === "in" ? "=" : op)} ${f64(scale(number))}`;
  return ch`(${joined(numbers.map(one), " or ")})`;
}

/** The sum of the numbers of a top-level property, 0 where it has none. */
export function jsonNumber(property: string): Statement {
  const text = ch`JSONExtractString(properties, ${str(property)})`;
  const raw = ch`JSONExtractRaw(properties, ${str(property)})`;
  return ch`ifNull(${numberSql(ch`if(startsWith(${raw}, '"'), ${text}, ${raw})`)}, 0)`;
}

function elementsFit(elements: Statement, op: Operator, operand: Operand): Statement {
  const present = ch`arrayFilter(e -> e != '' and e != 'null', ${elements})`;
  if (op === "exists") return ch`notEmpty(${present})`;
  const value = {
    text: ch`if(startsWith(e, '"'), JSONExtractString(e), e)`,
    quoted: ch`startsWith(e, '"')`,
  };
  const any = (each: Statement) => ch`arrayExists(e -> ${each}, ${present})`;
  if (op === "!=") return ch`(notEmpty(${present}) and not ${any(fits(value, "=", operand))})`;
  return any(fits(value, op, operand));
}

function fits(value: ValueSql, op: Operator, operand: Operand): Statement {
  if (op === "exists") return ch`1`;
  if (op === "!=") return ch`not ${fits(value, "=", operand)}`;
  if (op === "=" || op === "in") {
    return ch`(${joined(
      operandList(operand).map((one) => equals(value, one)),
      " or ",
    )})`;
  }
  if (op === "contains") return ch`position(lower(${value.text}), lower(${str(String(operand))})) > 0`;
  const number = operandNumber(operand);
  if (number !== null) return ch`ifNull(${numberSql(value.text)} ${symbol(op)} ${f64(number)}, 0)`;
  return ch`(${value.quoted} and ${value.text} ${symbol(op)} ${str(String(operand))})`;
}

function equals({ text, quoted }: ValueSql, wanted: string | number | boolean): Statement {
  if (typeof wanted === "number") return ch`ifNull(${numberSql(text)} = ${f64(wanted)}, 0)`;
  const same = ch`${text} = ${str(String(wanted))}`;
  if (typeof wanted === "boolean" || !numeric.test(wanted)) return same;
  return ch`(${same} or (not ${quoted} and ifNull(${numberSql(text)} = ${f64(Number(wanted))}, 0)))`;
}

/** The engine's own cast of text to a number rounds; its JSON parser does not. */
const numberSql = (text: Statement): Statement =>
  ch`if(match(${text}, ${pattern}), JSONExtract(${text}, 'Nullable(Float64)'), null)`;
