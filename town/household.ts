import { type Child, childrenOf } from "./births.ts";
import type { Day } from "./calendar.ts";
import { between, type Chance, chanceOf, exponential, normal, share, whole, yes } from "./chance.ts";
import { type Address, addressOf } from "./divisions.ts";
import { type Person, peopleOf } from "./people.ts";
import type { Window } from "./settings.ts";

export type Absence = { readonly from: Day; readonly to: Day };

export type Household = {
  readonly index: number;
  readonly address: Address;
  readonly people: readonly Person[];
  readonly children: readonly Child[];
  /** The first day on which any of our shops hears of this family. */
  readonly contactOn: Day;
  /** When the family has left us; it may come back. */
  readonly absences: readonly Absence[];
  /** How strongly promotions move it, from 0 to 1. */
  readonly keenness: number;
  /** The price level it likes, from 1 to 3. */
  readonly taste: number;
  /** How much of what it buys of our categories it buys from others. */
  readonly elsewhere: number;
};

function contactOf(chance: Chance, children: readonly Child[], { from, to }: Window): Day {
  // The child that brings the family to us: the first whose diaper years lie in the window.
  const reason = children.find((child) => child.bornOn > from - 500) ?? children[children.length - 1]!;
  const expecting = yes(chance, 0.47);
  const offset = expecting ? normal(chance, -95, 55) : Math.min(700, exponential(chance, 130));
  const day = Math.round(reason.bornOn + Math.max(-235, offset));
  if (day >= from && day <= to) return day;
  // Came before the window opened, or will come after it closes: spread over the part of it that fits.
  const earliest = Math.min(to, Math.max(from, reason.dueOn - 235));
  return whole(chance, earliest, Math.min(to, earliest + (day < from ? 450 : 90)));
}

function absencesOf(chance: Chance, contactOn: Day, { to }: Window): Absence[] {
  const absences: Absence[] = [];
  // One in eight tries us once and leaves.
  let from = contactOn + (yes(chance, 0.125) ? whole(chance, 2, 25) : 20 + exponential(chance, 950));
  while (from <= to) {
    const back = yes(chance, 0.3) ? from + between(chance, 60, 240) : Number.POSITIVE_INFINITY;
    absences.push({ from: Math.round(from), to: Math.min(to + 1, Math.round(back)) });
    from = back + 30 + exponential(chance, 700);
  }
  return absences;
}

export function householdOf(seed: number, index: number, window: Window): Household {
  const chance = chanceOf(seed, index, "household");
  const address = addressOf(chance);
  const children = childrenOf(chanceOf(seed, index, "births"), window.from - 220, window.to + 200);
  const contactOn = contactOf(chance, children, window);
  return {
    index,
    address,
    people: peopleOf(seed, index, address),
    children,
    contactOn,
    absences: absencesOf(chance, contactOn, window),
    keenness: share(chance, 1.6, 1.3),
    taste: Math.min(3, Math.max(1, normal(chance, 2.25 - 0.22 * address.tier, 0.55))),
    elsewhere: 0.85 * share(chance, 1.1, 1.7),
  };
}

export const isAway = ({ absences }: Household, day: Day): boolean =>
  absences.some((absence) => day >= absence.from && day < absence.to);
