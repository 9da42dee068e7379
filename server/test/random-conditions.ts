import { stages } from "@stork/contract/catalog.ts";
import type { Condition, Operator, PropertyFilter } from "@stork/contract/segments.ts";
import fc from "fast-check";

/** Random families and random questions about them, as of one moment. */
export const now = new Date("2026-06-01T04:00:00Z");
const day = 86_400_000;

const words = [
  "formula",
  "diapers",
  "Formula Plus",
  "50014815",
  "007",
  "7",
  "12.5",
  'a"b\\c',
  "杭州",
  "",
] as const;
const scalar = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(0, 1, 7, -3, 12.5, 50014815, 0.1),
  fc.boolean(),
);
const json = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant({ inner: "formula" }) },
);
const names = ["color", "size", "category", "sku", "has.dot", '引号"', "__proto__x"] as const;

const event = fc.record({
  name: fc.constantFrom("Order Completed", "Product Viewed", "page"),
  // Also on the edges of the windows asked about, and in the future.
  daysAgo: fc.oneof(fc.constantFrom(0, 7, 30, -1), fc.double({ min: -2, max: 60, noNaN: true })),
  orderId: fc.constantFrom("", "", "o1", "o2"),
  amountFen: fc.constantFrom(0, 0, 1, 1999, 5000, 10_000, -5000),
  quantity: fc.constantFrom(0, 1, 2, 10_000, -1),
  items: fc.array(
    fc.record({
      sku: fc.constantFrom("", "007", "s1"),
      category: fc.constantFrom("", "formula", "50014815"),
    }),
    { maxLength: 2 },
  ),
  excluded: fc.boolean(),
  properties: fc.dictionary(fc.constantFrom(...names), json, { maxKeys: 3, noNullPrototype: true }),
  repeats: fc.constantFrom(1, 1, 1, 2, 3),
});
const trait = fc.record({
  key: fc.constantFrom("city", "level"),
  value: fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom('["a","formula"]', "[1,7]", "[broken", "12", "true"),
  ),
});
const date = fc
  .integer({ min: -900, max: 300 })
  .map((n) => new Date(now.getTime() + n * day).toISOString().slice(0, 10));
const child = fc.oneof(
  fc.record({ bornOn: date }),
  fc.record({ dueOn: date }),
  fc.record({ bornOn: date, dueOn: date }),
);
const node = fc.record({
  /** Which person owns it: few persons, so that most own several nodes. */
  owner: fc.integer({ min: 0, max: 5 }),
  events: fc.array(event, { maxLength: 4 }),
  traits: fc.uniqueArray(trait, { maxLength: 2, selector: ({ key }) => key }),
  children: fc.array(fc.record({ dates: child, usable: fc.boolean(), removed: fc.boolean() }), {
    maxLength: 2,
  }),
});
/** Families as arbitrary as the facts of them may be. */
export const world = fc.array(node, { minLength: 1, maxLength: 9 });
export type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const comparison = fc.record({
  op: fc.constantFrom("=", "!=", ">", ">=", "<", "<=") as fc.Arbitrary<"=">,
  value: fc.constantFrom(0, 1, 2, 3, 19.99, 50, 100),
});
const numbers = fc.oneof(fc.constantFrom(0, 1, 2, 19.99, 50, 100, -50), fc.constantFrom("19.99", "2"));
const filter = (property: fc.Arbitrary<string>): fc.Arbitrary<PropertyFilter> =>
  property.chain((name): fc.Arbitrary<PropertyFilter> => {
    const order = fc.constantFrom<Operator>("=", "!=", ">", ">=", "<", "<=");
    if (["amount", "revenue", "quantity"].includes(name)) {
      return fc.oneof(
        fc.record({ property: fc.constant(name), op: order, value: numbers }),
        fc.record({
          property: fc.constant(name),
          op: fc.constant<"in">("in"),
          value: fc.array(numbers, { minLength: 1, maxLength: 3 }),
        }),
        fc.constant<PropertyFilter>({ property: name, op: "exists", value: undefined }),
      );
    }
    const ordered = fc.oneof(fc.constantFrom(...words), fc.constantFrom(0, 7, 12.5, 50014815));
    return fc.oneof(
      fc.record({ property: fc.constant(name), op: fc.constantFrom<Operator>("=", "!="), value: scalar }),
      fc.record({
        property: fc.constant(name),
        op: fc.constantFrom<Operator>(">", ">=", "<", "<="),
        value: ordered,
      }),
      fc.record({
        property: fc.constant(name),
        op: fc.constant<"in">("in"),
        value: fc.array(scalar, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        property: fc.constant(name),
        op: fc.constant<"contains">("contains"),
        value: fc.constantFrom("FORM", "0", "杭", '"', "1"),
      }),
      fc.constant<PropertyFilter>({ property: name, op: "exists", value: undefined }),
    );
  });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const leaf = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant<"did">("did"),
      event: fc.constantFrom("Order Completed", "Product Viewed", "page", "Never Heard Of"),
      where: optional(
        fc.array(
          filter(fc.constantFrom(...names, "amount", "revenue", "quantity", "order_id", "product_id")),
          { maxLength: 2 },
        ),
      ),
      count: optional(comparison),
      sum: optional(
        fc.record({
          property: fc.constantFrom("amount", "quantity", "size", "color"),
          op: comparison.map(({ op }) => op),
          value: comparison.map(({ value }) => value),
        }),
      ),
      withinDays: optional(fc.constantFrom(1, 7, 30, 3660)),
    }),
  },
  {
    weight: 3,
    arbitrary: filter(fc.constantFrom("city", "level", "nothing")).map(({ property, op, value }) => ({
      kind: "trait",
      key: property,
      op,
      value,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant<"stage">("stage"),
      in: fc.subarray([...stages], { minLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: -300, max: 900 }), fc.integer({ min: 0, max: 300 }))
      .map(([fromDays, width]) => ({ kind: "childAge", fromDays, toDays: fromDays + width })),
  },
  { weight: 1, arbitrary: fc.constantFrom("1", "2").map((segment) => ({ kind: "member", segment })) },
) as fc.Arbitrary<Condition>;
/** Conditions of every kind, within one another to a depth of three. */
export const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom<"all" | "any">("all", "any"),
        of: fc.array(tie("any"), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: tie("any").map((of) => ({ kind: "not" as const, of })) },
  ),
})).any;
