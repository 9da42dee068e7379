const earliest = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;

/** Whether something can have happened then: not before 2000, and not later than clocks and zones may differ. */
export const isPossible = (at: number, now: number): boolean => at >= earliest && at <= now + dayMs;
