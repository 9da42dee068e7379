const minute = 60_000;

/** How long to wait after the n-th failed attempt; after the last of them a message is parked with its reason. */
const waits = [minute, 5 * minute, 15 * minute, 60 * minute, 180 * minute];

/** When to try again after `attempts` failures, or null to give up. A server that names a later time is obeyed. */
export function nextAttempt(attempts: number, now: Date, afterSeconds = 0): Date | null {
  const wait = waits[attempts - 1];
  if (wait === undefined) return null;
  return new Date(now.getTime() + Math.max(wait, Math.min(afterSeconds, 86_400) * 1000));
}
