import { z } from "zod";
import { Content } from "./campaigns.ts";
import { Stage } from "./catalog.ts";
import { because, Instant, pageOf, Words } from "./common.ts";
import { Condition, PropertyFilter } from "./segments.ts";

const Id = z.string().regex(/^\d{1,9}$/);
/** A time of day in the workspace's time zone. */
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** By what somebody comes in. Each is a file in server/src/journeys/entries. */
export const EventEntry = z.strictObject({
  kind: z.literal("event"),
  event: z.string().min(1).max(200),
  where: z.array(PropertyFilter).max(20).default([]),
});
export const SegmentEntry = z.strictObject({
  kind: z.literal("segment"),
  segment: Id,
  /** Also those who are in it when the journey starts; else only who comes into it from then on. */
  present: z.boolean().default(false),
});
export const StageEntry = z.strictObject({ kind: z.literal("stage"), in: z.array(Stage).min(1) });
export const DateEntry = z.strictObject({
  kind: z.literal("date"),
  of: z.enum(["due", "birthday"]),
  /** Days from that date; negative before it. A birthday comes every year. */
  offsetDays: z.number().int().min(-300).max(300),
  at: LocalTime.default("10:00"),
});
export const Entry = z.discriminatedUnion("kind", [EventEntry, SegmentEntry, StageEntry, DateEntry]);
export type Entry = z.infer<typeof Entry>;
export type EntryKind = Entry["kind"];

/** What is done with a run, in order. Each is a file in server/src/journeys/steps. */
export const WaitStep = z.strictObject({
  kind: z.literal("wait"),
  /** So long first … */
  minutes: z
    .number()
    .int()
    .min(0)
    .max(366 * 1440)
    .default(0),
  /** … and then until this time of day, in the workspace's time zone. */
  until: LocalTime.optional(),
});
export const MessageStep = z.strictObject({
  kind: z.literal("message"),
  channel: Id,
  content: Content,
});
/** Who fits goes on; who does not leaves the journey. */
export const ConditionStep = z.strictObject({ kind: z.literal("condition"), where: Condition });
export const ExitStep = z.strictObject({ kind: z.literal("exit") });
export const Step = z
  .discriminatedUnion("kind", [WaitStep, MessageStep, ConditionStep, ExitStep])
  .refine(
    (step) => step.kind !== "wait" || step.minutes > 0 || step.until !== undefined,
    because("请写明等多久", "how long?"),
  );
export type Step = z.infer<typeof Step>;
export type StepKind = Step["kind"];

/** How often one person may come in; about one child, where the entry is about a child. Never twice at a time. */
export const Reentry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("once") }),
  z.strictObject({ kind: z.literal("every"), days: z.number().int().min(1).max(366) }),
]);
export type Reentry = z.infer<typeof Reentry>;

const Definition = z.object({
  entry: Entry,
  steps: z.array(Step).min(1).max(30),
  reentry: Reentry,
});
export type Definition = z.infer<typeof Definition>;

export const NewJourney = Definition.extend({
  name: z.string().trim().min(1).max(80),
  reentry: Reentry.default({ kind: "once" }),
});
/** Only what is given changes. Who is on the way finishes by the definition that they came in by. */
export const ChangeJourney = NewJourney.extend({ reentry: Reentry }).partial();

export const JourneyStatus = z.enum(["draft", "live", "paused", "ended"]);
export type JourneyStatus = z.infer<typeof JourneyStatus>;

export const Journey = Definition.extend({
  id: z.string(),
  name: z.string(),
  status: JourneyStatus,
  /** Counts the definitions that somebody could come in by. */
  version: z.number(),
  words: z.object({ entry: Words, reentry: Words, steps: z.array(Words) }),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  counts: z.object({ waiting: z.number(), done: z.number(), exited: z.number(), entered7Days: z.number() }),
});
export type Journey = z.infer<typeof Journey>;
export const JourneysPage = pageOf(Journey);

/** How the runs of this definition stand, step by step; what was said of messages is the send log's word. */
export const StepFigures = z.object({
  /** Came to this step so far. */
  came: z.number(),
  /** Are at it now. */
  waiting: z.number(),
  sent: z.number(),
  held: z.number(),
});
export const JourneyDetail = Journey.extend({
  steps: z.array(Step),
  figures: z.array(StepFigures),
  /** On the way by an earlier definition. */
  earlier: z.number(),
  /** Why runs ended before the last step. */
  exits: z.array(z.object({ reason: z.string(), label: Words, runs: z.number() })),
});
export type JourneyDetail = z.infer<typeof JourneyDetail>;

export const RunState = z.enum(["waiting", "done", "exited"]);
export type RunState = z.infer<typeof RunState>;
export const JourneyRun = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  state: RunState,
  /** The step it stands at, counted from 0, of `version`. */
  step: z.number(),
  version: z.number(),
  reason: Words.nullable(),
  enteredAt: Instant,
  /** When it goes on; null when it is over. */
  dueAt: Instant.nullable(),
  endedAt: Instant.nullable(),
});
export type JourneyRun = z.infer<typeof JourneyRun>;
export const RunsPage = pageOf(JourneyRun);
export type RunsPage = z.infer<typeof RunsPage>;
