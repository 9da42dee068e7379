import { expect, test } from "vitest";
import { type Expecting, signOf } from "./signs.ts";

const waiting: Expecting = {
  daysPastDue: -40,
  ordersBefore: 5,
  birthOrders: 0,
  returns: 0,
  ordersSinceReturn: 0,
};

test.each<[string, Partial<Expecting>, string | null]>([
  ["a pregnancy that goes on says nothing", {}, null],
  ["a due date just past says nothing", { daysPastDue: 20 }, null],
  ["eight weeks past without a thing for a baby does", { daysPastDue: 56 }, "due-date-passed"],
  ["unless something for a baby was bought", { daysPastDue: 90, birthOrders: 1 }, null],
  ["or nothing was ever bought here", { daysPastDue: 90, ordersBefore: 0 }, null],
  ["two returns of maternity goods do", { returns: 2 }, "maternity-returned"],
  ["one does not: it did not fit", { returns: 1 }, null],
  ["nor do returns of somebody who goes on buying", { returns: 3, ordersSinceReturn: 1 }, null],
])("%s", (_name, change, kind) => {
  expect(signOf({ ...waiting, ...change })?.kind ?? null).toBe(kind);
});
