import type { LifeCycleStep, MonthOfData, Policy } from "@stork/contract/storage.ts";

/** A step that is due for one month of one kind of data. */
export interface Move {
  step: Exclude<LifeCycleStep, "bring-back">;
  month: string | null;
  rows: number;
  bytes: number;
  /** Where it is now: a deletion of cold data removes a file. */
  tier: MonthOfData["tier"];
}

/** Days that must not be deleted. null is open on that side. */
export interface HeldDays {
  from: string | null;
  to: string | null;
}

export interface Plan {
  moves: Move[];
  /** Rows that would go if no legal hold stood. */
  held: number;
}

/**
 * What is due on a day. A month moves when the whole of it is older than the policy says, and takes the furthest step
 * that is due: what is to be deleted is not pressed first. A month that a legal hold touches keeps its rows.
 */
export function planMoves(
  months: readonly MonthOfData[],
  policy: Policy,
  can: { warm: boolean; cold: boolean },
  today: string,
  holds: readonly HeldDays[],
): Plan {
  const moves: Move[] = [];
  let held = 0;
  for (const { month, tier, rows, bytes } of months) {
    if (month === null || rows === 0) continue;
    const age = daysSince(lastDayOf(month), today);
    const is = (after: number | null): boolean => after !== null && age > after;
    const move = { month, rows, bytes, tier };
    if (is(policy.deleteAfterDays)) {
      if (isHeld(month, holds)) held += rows;
      else {
        moves.push({ step: "delete", ...move });
        continue;
      }
    }
    if (can.cold && tier !== "cold" && is(policy.coldAfterDays)) moves.push({ step: "cold", ...move });
    else if (can.warm && tier === "hot" && is(policy.warmAfterDays)) moves.push({ step: "warm", ...move });
  }
  return { moves, held };
}

/** Why a policy cannot be: each step has to come later than the one before. null when it can. */
export function misordered({
  warmAfterDays,
  coldAfterDays,
  deleteAfterDays,
}: Policy): "warm" | "cold" | null {
  const end = Number.POSITIVE_INFINITY;
  const [cold, gone] = [coldAfterDays ?? end, deleteAfterDays ?? end];
  if (cold !== end && cold >= gone) return "cold";
  return warmAfterDays !== null && warmAfterDays >= Math.min(cold, gone) ? "warm" : null;
}

function isHeld(month: string, holds: readonly HeldDays[]): boolean {
  const [first, last] = [`${month}-01`, lastDayOf(month)];
  return holds.some(({ from, to }) => (from === null || from <= last) && (to === null || to >= first));
}

export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

const daysSince = (day: string, today: string): number =>
  Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
