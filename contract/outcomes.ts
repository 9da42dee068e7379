import { z } from "zod";
import { Stage } from "./catalog.ts";
import { CalendarDate, DateRange, Instant, Words } from "./common.ts";

/** A difference with its 95 % interval. */
export const Difference = z.object({
  estimate: z.number(),
  low: z.number(),
  high: z.number(),
  pValue: z.number(),
  significant: z.boolean(),
});
export type Difference = z.infer<typeof Difference>;

export const Arm = z.object({
  persons: z.number(),
  converted: z.number(),
  conversionRate: z.number(),
  revenueFen: z.number(),
  /** Mean revenue per person in fen, over all persons of the arm, buyers or not. */
  revenuePerPersonFen: z.number(),
});
export type Arm = z.infer<typeof Arm>;

export const CampaignReport = z.object({
  campaign: z.string(),
  asOf: Instant,
  /** False while the conversion window of the last message is still open. */
  complete: z.boolean(),
  sent: z.number(),
  delivered: z.number(),
  clicked: z.number(),
  unsubscribed: z.number(),
  treated: Arm,
  holdout: Arm,
  /** Treated minus holdout; conversion by the two-proportion test, revenue per person by Welch. Null when an arm is too small. */
  conversionLift: Difference.nullable(),
  revenueLift: Difference.nullable(),
  extraRevenueFen: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
  daily: z.array(
    z.object({ on: CalendarDate, sent: z.number(), clicked: z.number(), converted: z.number() }),
  ),
});
export type CampaignReport = z.infer<typeof CampaignReport>;

export const Figures = z.object({
  gmvFen: z.number(),
  orders: z.number(),
  buyers: z.number(),
  repeatRate: z.number().nullable(),
  newFamilies: z.number(),
  messages: z.number(),
  optOuts: z.number(),
});
export type Figures = z.infer<typeof Figures>;
export const Overview = z.object({
  range: DateRange,
  compare: DateRange.nullable(),
  now: Figures,
  before: Figures.nullable(),
  daily: z.array(
    z.object({
      on: CalendarDate,
      gmvFen: z.number(),
      orders: z.number(),
      buyers: z.number(),
      newFamilies: z.number(),
      messages: z.number(),
      optOuts: z.number(),
    }),
  ),
  dailyBefore: z.array(
    z.object({
      on: CalendarDate,
      gmvFen: z.number(),
      orders: z.number(),
      buyers: z.number(),
      newFamilies: z.number(),
      messages: z.number(),
      optOuts: z.number(),
    }),
  ),
  /** Families with a child in each stage today and in 90 days. */
  stages: z.array(z.object({ stage: Stage, today: z.number(), in90Days: z.number() })),
  categories: z.array(z.object({ category: z.string(), gmvFen: z.number(), orders: z.number() })),
  newestEventAt: Instant.nullable(),
});
export type Overview = z.infer<typeof Overview>;

/** One definition of a figure: what is counted, over whom, and what is left out. */
export const Metric = z.object({
  id: z.string(),
  name: Words,
  unit: z.enum(["fen", "count", "share"]),
  definition: Words,
});
export type Metric = z.infer<typeof Metric>;
