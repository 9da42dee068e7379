import { describe } from "vitest";
import { aNo } from "./loss/a-no.ts";
import { afterTheTap } from "./loss/after-the-tap.ts";
import { byItself } from "./loss/by-itself.ts";
import { lossWorld } from "./loss/world.ts";

/**
 * A mother loses a pregnancy. One tap, and nothing about it reaches her, or anybody outside, any more. What acts over
 * time here: planned campaigns, three journeys (by an order, a segment, a due date), the stage clock (Stage Entered, told
 * by a webhook), live segments (told, too), a webhook that tries again, an export read slice by slice. Guesses from
 * purchases are in ages.story.test.ts.
 */
describe("a loss", () => {
  lossWorld();
  afterTheTap();
  byItself();
  aNo();
});
