const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long to wait after the n-th failed attempt: the schedule that the Standard Webhooks specification suggests. */
const waits = [
  ...[5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
];
/** A webhook that nothing succeeded on for so long is paused. */
export const patienceMs = 5 * 24 * hour;

/** What to do after an answer. */
export type Next =
  | { do: "done" }
  | { do: "again"; at: Date }
  /** The receiver wants no more of this one. */
  | { do: "give-up" }
  /** The receiver wants no more at all. */
  | { do: "stop" };

/** An answer as it came: an HTTP status, or none. */
export interface Came {
  status: number | null;
  retryAfterSeconds: number | null;
}

/**
 * 2xx is success; 410 says that nobody is there any more; anything else is tried again by the schedule (`jitter` in
 * [0, 1) spreads it by up to a tenth), later if the receiver names a later time; after the last attempt it has failed.
 */
export function nextOf(
  { status, retryAfterSeconds }: Came,
  attempts: number,
  now: Date,
  jitter: number,
): Next {
  if (status !== null && status >= 200 && status < 300) return { do: "done" };
  if (status === 410) return { do: "stop" };
  const wait = waits[attempts - 1];
  if (wait === undefined) return { do: "give-up" };
  const asked = Math.min(retryAfterSeconds ?? 0, 24 * 3600) * second;
  return { do: "again", at: new Date(now.getTime() + Math.max(wait * (1 + jitter / 10), asked)) };
}
