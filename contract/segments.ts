import { z } from "zod";
import { Stage } from "./catalog.ts";
import { because, Instant, Words } from "./common.ts";

export const Operator = z.enum(["=", "!=", ">", ">=", "<", "<=", "in", "contains", "exists"]);
export type Operator = z.infer<typeof Operator>;
export const Scalar = z.union([z.string(), z.number(), z.boolean()]);
export const Operand = z.union([Scalar, z.array(Scalar)]).optional();

export const PropertyFilter = z.object({
  property: z.string().min(1).max(200),
  op: Operator,
  value: Operand,
});
export type PropertyFilter = z.infer<typeof PropertyFilter>;
const Comparison = z.object({ op: z.enum(["=", "!=", ">", ">=", "<", "<="]), value: z.number() });

/** Who is meant. The only language that selects people; see docs/segments.md for what each kind means. */
export type Condition =
  | { kind: "all" | "any"; of: Condition[] }
  | { kind: "not"; of: Condition }
  | { kind: "trait"; key: string; op: Operator; value?: z.infer<typeof Operand> }
  | { kind: "stage"; in: Stage[]; inferred?: number | undefined }
  | { kind: "childAge"; fromDays: number; toDays: number; inferred?: number | undefined }
  | {
      kind: "did";
      event: string;
      where?: PropertyFilter[] | undefined;
      count?: z.infer<typeof Comparison> | undefined;
      sum?: { property: string; op: z.infer<typeof Comparison>["op"]; value: number } | undefined;
      withinDays?: number | undefined;
    }
  | { kind: "member"; segment: string };
export type ConditionKind = Condition["kind"];

export const All = z.strictObject({
  kind: z.enum(["all", "any"]),
  of: z.array(z.lazy(() => Condition)).max(50),
});
export const Not = z.strictObject({ kind: z.literal("not"), of: z.lazy(() => Condition) });
export const TraitIs = z.strictObject({
  kind: z.literal("trait"),
  key: z.string().min(1).max(200),
  op: Operator,
  value: Operand,
});
/** With it, children guessed from purchases count too, if guessed with at least this confidence; else only stated ones. */
const Inferred = z.number().min(0).max(1).optional();
export const StageIn = z.strictObject({
  kind: z.literal("stage"),
  in: z.array(Stage).min(1),
  inferred: Inferred,
});
/** Age of any child in days, both ends inclusive; negative counts before birth. */
export const ChildAge = z.strictObject({
  kind: z.literal("childAge"),
  fromDays: z.number().int().min(-400).max(10_000),
  toDays: z.number().int().min(-400).max(10_000),
  inferred: Inferred,
});
/**
 * Did an event; with `count`, that many times (a count of 0 by `=` or `<` means absence); with `sum`, the total of
 * a numeric property; `withinDays` counts back from now. Rows marked as excluded (see cleaning) do not count in sums.
 */
export const Did = z.strictObject({
  kind: z.literal("did"),
  event: z.string().min(1).max(200),
  where: z.array(PropertyFilter).max(20).optional(),
  count: Comparison.optional(),
  sum: Comparison.extend({ property: z.string().min(1).max(200) }).optional(),
  withinDays: z.number().int().min(1).max(3660).optional(),
});
export const MemberOf = z.strictObject({ kind: z.literal("member"), segment: z.string() });

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion("kind", [All, Not, TraitIs, StageIn, ChildAge, Did, MemberOf]),
) as z.ZodType<Condition>;

/** Levels of JSON; a condition of the deepest kind the server answers needs far fewer. */
const deepest = 64;
/** No database keeps a zero character or half a pair of surrogates. */
const keepable = (text: string): boolean => text.isWellFormed() && !text.includes("\u0000");

const illFormed = because("文字里有无法保存的字符", "not well-formed text");
const tooDeep = because("嵌套太深", "nested too deeply");

/** What is nested thousands deep is turned away before it is read, since reading recurses. */
const ReceivedCondition = z.preprocess((value, context) => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const odd = level.some((part) => typeof part === "string" && !keepable(part));
    if (depth > deepest || odd) {
      context.addIssue({ code: "custom", input: value, ...(odd ? illFormed : tooDeep) });
      return z.NEVER;
    }
    level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
  }
  return value;
}, Condition);
const Name = z.string().min(1).max(80).refine(keepable, illFormed);

export const CountRequest = z.object({ where: ReceivedCondition });
export const CountAnswer = z.object({
  persons: z.number(),
  tookMs: z.number(),
  sentence: Words,
  /** Things that look like mistakes, e.g. a property that no event has ever had. */
  warnings: z.array(Words),
});
export type CountAnswer = z.infer<typeof CountAnswer>;

export const DescribeAnswer = CountAnswer.pick({ sentence: true, warnings: true });
export type DescribeAnswer = z.infer<typeof DescribeAnswer>;

export const NewSegment = z.object({ name: Name, where: ReceivedCondition });
export const ChangeSegment = NewSegment.partial();
export const Segment = z.object({
  id: z.string(),
  name: z.string(),
  where: Condition,
  sentence: Words,
  persons: z.number().nullable(),
  /** When membership was last brought up to date. */
  freshAt: Instant.nullable(),
  entered7Days: z.number(),
  left7Days: z.number(),
  createdAt: Instant,
});
export type Segment = z.infer<typeof Segment>;
export const SegmentMember = z.object({
  person: z.string(),
  enteredAt: Instant,
  name: z.string().nullable(),
  phone: z.string().nullable(),
});
export const MembersPage = z.object({
  items: z.array(SegmentMember),
  next: z.string().nullable(),
  total: z.number(),
});

/** What the builder can offer: learned from what has arrived. */
export const Vocabulary = z.object({
  events: z.array(
    z.object({
      name: z.string(),
      label: Words.nullable(),
      count: z.number(),
      properties: z.array(
        z.object({
          name: z.string(),
          type: z.enum(["text", "number", "boolean"]),
          examples: z.array(z.string()),
        }),
      ),
    }),
  ),
  traits: z.array(
    z.object({
      key: z.string(),
      type: z.enum(["text", "number", "boolean"]),
      persons: z.number(),
      examples: z.array(z.string()),
    }),
  ),
  /** The kinds of conditions with the fields of their forms, for a builder that knows none of them. */
  kinds: z
    .array(
      z.object({
        kind: z.string(),
        label: Words,
        form: z.array(z.object({ name: z.string(), label: Words, input: z.string(), required: z.boolean() })),
      }),
    )
    .optional(),
});
export type Vocabulary = z.infer<typeof Vocabulary>;
