import { z } from "zod";
import { CalendarDate, Instant } from "./common.ts";

/** What is to be known of the model that guesses ages from purchases. */
export const AgeModelCard = z.object({
  version: z.number(),
  madeAt: Instant,
  /** Purchases of these days were learned from. */
  window: z.object({ from: CalendarDate, to: CalendarDate }).nullable(),
  families: z.number(),
  purchases: z.number(),
  features: z.array(z.string()),
  /** On families kept aside while learning: mean absolute error, and how often the truth lay inside the 80 % interval. */
  heldOut: z.array(
    z.object({ purchases: z.number(), families: z.number(), maeMonths: z.number(), coverage80: z.number() }),
  ),
  /** By purchases known, how far from the median the interval reaches, as a share of the belief; 0.4 would be perfect. */
  calibration: z.array(z.object({ from: z.number(), reach: z.number(), n: z.number() })),
  /** Persons with a guess now, and when the guesses were last gone through. */
  guessed: z.number(),
});
export type AgeModelCard = z.infer<typeof AgeModelCard>;
export const AgeModelAnswer = z.object({ card: AgeModelCard.nullable(), learning: z.boolean() });
export type AgeModelAnswer = z.infer<typeof AgeModelAnswer>;
