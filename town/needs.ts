import type { Category } from "@stork/contract/catalog.ts";
import type { Child } from "./births.ts";
import type { Day } from "./calendar.ts";
import { foodBands } from "./catalogue/food.ts";
import { toyBands } from "./catalogue/toys.ts";
import { type Chance, yes } from "./chance.ts";
import {
  clothingSizeAt,
  diaperSizeAt,
  diapersPerDay,
  foodPortionsPerDay,
  formulaGramsPerDay,
  formulaStageAt,
} from "./growth.ts";

/** The questions each category answers for a child on a day. */
export type Need = {
  /** What is used up that day, in the unit of the pack; 0 for what is not used up. */
  readonly perDay: (child: Child, day: Day) => number;
  /** The chance that something is wanted that day, for what is not used up. */
  readonly wanted: (child: Child, day: Day) => number;
  /** Which part of the shelf suits the child when the pack will be opened. */
  readonly variant: (child: Child, day: Day, chance: Chance) => string;
  /** How many days before the birth the first pack is bought; null where nothing is bought ahead. */
  readonly ahead: (child: Child) => number | null;
  /** How often a family buys this category from us at all, and how often it stays with its brand. */
  readonly bought: number;
  readonly loyalty: number;
};

const never = (): number => 0;
const notAhead = (): null => null;

const ageOf = (child: Child, day: Day): number => day - child.bornOn;
const bandOf = (bands: readonly number[], ageDays: number): string =>
  String(bands.findLast((band) => ageDays >= Math.floor(band * 30.4375)) ?? bands[0]);

/** Formula per day: what a formula-fed child takes, less what is still breast-fed. */
function formulaPerDay(child: Child, day: Day): number {
  const age = ageOf(child, day);
  if (age < 0 || age >= child.formulaUntil) return 0;
  if (age >= child.weanedAt) return formulaGramsPerDay(age);
  return child.feeding === "breast" ? 0 : formulaGramsPerDay(age) * 0.5;
}

const diapers: Need = {
  perDay: (child, day) => {
    const age = ageOf(child, day);
    return age < 0 || age >= child.driedAt ? 0 : diapersPerDay(age);
  },
  wanted: never,
  variant: (child, day) => diaperSizeAt(child.sex, ageOf(child, day), child.growth),
  ahead: () => 28,
  bought: 0.78,
  loyalty: 0.88,
};

const formula: Need = {
  perDay: formulaPerDay,
  wanted: never,
  variant: (child, day) => String(formulaStageAt(ageOf(child, day))),
  ahead: (child) => (child.feeding === "formula" ? 14 : null),
  bought: 0.66,
  loyalty: 0.95,
};

const food: Need = {
  perDay: (child, day) => foodPortionsPerDay(ageOf(child, day)),
  wanted: never,
  // Anything meant for this age or younger will do.
  variant: (child, day, chance) => {
    const open = foodBands.filter((band) => ageOf(child, day) >= band * 30.4375);
    return String(open[Math.floor(chance() * open.length)] ?? foodBands[0]);
  },
  ahead: notAhead,
  bought: 0.5,
  loyalty: 0.6,
};

const clothing: Need = {
  perDay: never,
  wanted: (child, day) => {
    const age = ageOf(child, day);
    if (age < -60 || age > 2200) return 0;
    const outgrown = clothingSizeAt(age + 5, child.growth) !== clothingSizeAt(age - 10, child.growth);
    return outgrown ? 0.035 : age < 400 ? 0.009 : 0.006;
  },
  variant: (child, day) => String(clothingSizeAt(ageOf(child, day) + 20, child.growth)),
  ahead: notAhead,
  bought: 0.5,
  loyalty: 0.4,
};

const toys: Need = {
  perDay: never,
  wanted: (child, day) => {
    const age = ageOf(child, day);
    if (age < -14 || age > 2200) return 0;
    const birthday = age > 300 && (age + 14) % 365.25 < 14;
    return birthday ? 0.02 : 0.0055;
  },
  variant: (child, day) => bandOf(toyBands.slice(0, -1), ageOf(child, day)),
  ahead: notAhead,
  bought: 0.55,
  loyalty: 0.25,
};

const maternity: Need = {
  perDay: never,
  wanted: (child, day) => {
    const age = ageOf(child, day);
    if (age < -240 || age > 150) return 0;
    if (age < -130) return 0.012;
    // The bag for the hospital and all that goes with it.
    if (age < -20) return age > -75 ? 0.035 : 0.018;
    return age < 60 ? 0.014 : 0.005;
  },
  variant: (child, day, chance) => {
    const age = ageOf(child, day);
    if (age < -130) return "early";
    return age < -5 ? (yes(chance, 0.9) ? "late" : "after") : "after";
  },
  ahead: notAhead,
  bought: 0.5,
  loyalty: 0.35,
};

export const needs = { formula, diapers, clothing, toys, maternity, food } satisfies Record<Category, Need>;
