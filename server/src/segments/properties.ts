import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";
import { ch, type Statement } from "../platform/clickhouse.ts";
import type { EventFact, Problem } from "./condition.ts";
import { numberProblems, operandProblems } from "./operands.ts";
import { compare, fenOf, fits, numberOf, operandList, operandNumber, valuesOf } from "./values.ts";
import { arrayFits, jsonFits, jsonNumber, numberFits, textFits } from "./values-sql.ts";

type Operand = PropertyFilter["value"];

/** Where a property of an event is kept, and how it is compared there. */
export interface Property {
  fits(row: EventFact, op: Operator, value: Operand): boolean;
  fitsSql(op: Operator, value: Operand): Statement;
  problems(op: Operator, value: Operand, path: readonly (string | number)[]): Problem[];
  /** Its number in a row, for totals, in the unit that `scale` turns an operand into. */
  number(row: EventFact): number;
  numberSql: Statement;
  scale(value: number): number;
}

const same = (value: number): number => value;

/** A number column: what every row has, 0 where nothing was said. */
function column(
  sql: Statement,
  read: (row: EventFact) => number,
  scale: (value: number) => number,
): Property {
  return {
    fits: (row, op, value) => {
      if (op === "exists") return read(row) !== 0;
      const wanted = op === "in" ? "=" : op;
      return operandList(value).some((one) =>
        compare(read(row), wanted, scale(operandNumber(one) ?? Number.NaN)),
      );
    },
    fitsSql: (op, value) => numberFits(sql, op, value, scale),
    problems: numberProblems,
    number: read,
    numberSql: sql,
    scale,
  };
}

/** Any property without a column of its own, in the JSON. */
function inJson(name: string): Property {
  return {
    fits: (row, op, value) => fits(valuesOf(row.properties[name]), op, value),
    fitsSql: (op, value) => jsonFits(name, op, value),
    problems: operandProblems,
    number: (row) => {
      const value = row.properties[name];
      return (typeof value === "string" || typeof value === "number" ? numberOf(String(value)) : null) ?? 0;
    },
    numberSql: jsonNumber(name),
    scale: same,
  };
}

/** Of the items of an order, or of the event itself where it is about one thing. */
function ofItems(name: string, sql: Statement, read: (row: EventFact) => string[]): Property {
  const json = inJson(name);
  const texts = (row: EventFact) =>
    read(row)
      .filter((text) => text !== "")
      .map((text) => ({ text, quoted: true }));
  const stated = ch`arrayFilter(e -> e != '', ${sql})`;
  return {
    ...json,
    fits: (row, op, value) => fits([...texts(row), ...valuesOf(row.properties[name])], op, value),
    fitsSql: (op, value) => {
      if (op !== "!=") return ch`(${arrayFits(stated, op, value)} or ${jsonFits(name, op, value)})`;
      // Some value is known, and neither place holds this one.
      const known = ch`(${arrayFits(stated, "exists", undefined)} or ${jsonFits(name, "exists", undefined)})`;
      return ch`(${known} and not ${arrayFits(stated, "=", value)} and not ${jsonFits(name, "=", value)})`;
    },
  };
}

const orderId: Property = {
  ...inJson("order_id"),
  fits: ({ orderId: text }, op, value) => fits(text === "" ? [] : [{ text, quoted: true }], op, value),
  fitsSql: (op, value) => textFits(ch`order_id`, op, value),
};

const amount = column(ch`amount_fen`, (row) => row.amountFen, fenOf);
const skus = (name: string) => ofItems(name, ch`item.sku`, (row) => row.items.map(({ sku }) => sku));

const known: Readonly<Record<string, Property>> = {
  order_id: orderId,
  amount,
  revenue: amount,
  total: amount,
  quantity: column(ch`quantity`, (row) => row.quantity, same),
  sku: skus("sku"),
  product_id: skus("product_id"),
  category: ofItems("category", ch`item.category`, (row) => row.items.map(({ category }) => category)),
};

export const propertyOf = (name: string): Property =>
  (Object.hasOwn(known, name) ? known[name] : undefined) ?? inJson(name);

/** Names and codes have no total. */
export const summable = (name: string): boolean =>
  !["order_id", "sku", "product_id", "category"].includes(name);

/** Whether a property has a column of its own: then it is always known. */
export const hasColumn = (name: string): boolean => Object.hasOwn(known, name);
