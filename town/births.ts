import { type Day, monthOf } from "./calendar.ts";
import { between, type Chance, exponential, normal, share, whole, yes } from "./chance.ts";
import { monthDays, type Sex } from "./growth.ts";
import { petNameOf } from "./names.ts";

export type Feeding = "breast" | "mixed" | "formula";

/** A child as it truly is; what a shop hears of it is another matter. */
export type Child = {
  /** c1 is the eldest. */
  readonly key: string;
  readonly name: string;
  readonly sex: Sex;
  readonly dueOn: Day;
  /** The true day of birth, also when it lies after the end of the town's time. */
  readonly bornOn: Day;
  readonly twin: boolean;
  readonly feeding: Feeding;
  /** When breast milk ends, and when diapers do, in days of age. */
  readonly weanedAt: number;
  readonly driedAt: number;
  /** Until when this child drinks formula, in days of age. */
  readonly formulaUntil: number;
  /** Weight relative to the median child of its age. */
  readonly growth: number;
};

/** Births by month relative to the mean month: most from September to December, fewest in spring. */
export const birthsByMonth = [0.98, 0.93, 0.93, 0.91, 0.92, 0.94, 1.0, 1.04, 1.09, 1.12, 1.09, 1.05] as const;

/** No two pregnancies end nearer to each other than this. */
export const leastSpacing = 320;

function seasonalDay(chance: Chance, from: Day, to: Day): Day {
  for (;;) {
    const day = whole(chance, from, to);
    if (yes(chance, birthsByMonth[monthOf(day) - 1]! / 1.12)) return day;
  }
}

/** Draws days like `draw` until one suits the season. */
function seasoned(chance: Chance, draw: () => Day): Day {
  for (;;) {
    const day = draw();
    if (yes(chance, birthsByMonth[monthOf(day) - 1]! / 1.12)) return day;
  }
}

function child(chance: Chance, key: string, bornOn: Day, dueOn: Day, twin: boolean): Child {
  const dice = chance();
  const feeding: Feeding = dice < 0.34 ? "breast" : dice < 0.74 ? "mixed" : "formula";
  const longest = feeding === "breast" ? 14 : 9;
  return {
    key,
    name: petNameOf(chance),
    sex: yes(chance, 0.527) ? "male" : "female",
    dueOn,
    bornOn,
    twin,
    feeding,
    weanedAt:
      feeding === "formula"
        ? 0
        : Math.round(monthDays * between(chance, 4, longest + share(chance, 2, 2) * 10)),
    driedAt: Math.round(monthDays * Math.min(44, Math.max(20, normal(chance, 30, 4.5)))),
    // A third of the breast-fed never take formula; of the others many go on to growing-up milk.
    formulaUntil:
      feeding === "breast" && yes(chance, 0.33) ? 0 : Math.round(monthDays * between(chance, 14, 62)),
    growth: Math.exp(normal(chance, 0, 0.1)),
  };
}

/** Days of birth, eldest first: one inside the window, others before and after it at least `leastSpacing` apart. */
function birthDays(chance: Chance, from: Day, to: Day): Day[] {
  const anchor = seasonalDay(chance, from, to);
  const days = [anchor];
  const many = chance();
  const extra = many < 0.61 ? 0 : many < 0.955 ? 1 : 2;
  for (let i = 0; i < extra; i++) {
    const gap = (): number => leastSpacing + 40 + Math.min(2600, exponential(chance, 860));
    const younger = seasoned(chance, () => Math.round(days[days.length - 1]! + gap()));
    if (younger <= to && yes(chance, 0.5)) days.push(younger);
    else days.unshift(seasoned(chance, () => Math.round(days[0]! - gap())));
  }
  return days;
}

/** One to three children (twins among them) of a family whose anchor birth lies from `from` to `to`. */
export function childrenOf(chance: Chance, from: Day, to: Day): Child[] {
  const children: Child[] = [];
  for (const day of birthDays(chance, from, to)) {
    const twin = children.length < 2 && yes(chance, 0.017);
    // Most come within two weeks of the due date; twins come early.
    const late = Math.round(Math.max(-45, Math.min(13, normal(chance, twin ? -20 : -2, 8))));
    for (let i = 0; i < (twin ? 2 : 1); i++) {
      if (children.length < 3) children.push(child(chance, `c${children.length + 1}`, day, day - late, twin));
    }
  }
  return children;
}
