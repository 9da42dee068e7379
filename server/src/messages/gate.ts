import type { BarredReason } from "../privacy/leave.store.ts";
import { calendarDay, isQuiet, nextClosing, nextOpening } from "./quiet-hours.ts";
import type { Reason } from "./reasons.ts";

/** What is known about one person at the moment of sending; gathered in bulk by gate.store.ts. */
export interface Facts {
  /** The person as known today, or null when the id that the campaign planned for is gone. */
  readonly person: number | null;
  /** The node to write to; null when the channel needs none, "none" when it needs one and there is none. */
  readonly address: number | null | "none";
  /** What the law, her own word or a silence forbids (privacy/leave.store.ts). */
  readonly barred: BarredReason | null;
  readonly suppressed: Extract<Reason, "unsubscribed" | "bounced" | "complaint" | "staff" | "erased"> | null;
  /** Messages of any campaign that count for today: sent, being sent, or perhaps sent. */
  readonly messagesToday: number;
  /** The same campaign has reached this person under another id, before two of them turned out to be one. */
  readonly reachedByCampaign: boolean;
}

declare const mark: unique symbol;

/** The permission to hand one message to a channel. Only this file makes one; deliver.client.ts asks for it. */
export interface GatePass {
  readonly message: number | null;
  readonly address: number | null;
  /** Not after this instant: what the gate knew grows old, and quiet hours begin. */
  readonly until: Date;
  readonly [mark]: true;
}

export type Decision =
  | { readonly decision: "pass"; readonly pass: GatePass; readonly day: string }
  | { readonly decision: "held"; readonly reason: Reason }
  | { readonly decision: "later"; readonly reason: "quiet-hours"; readonly at: Date };

const messagesADay = 1;
const passLifetimeMs = 60_000;
const issued = new WeakSet<object>();

/** Whether a message may be sent now. The one place that says yes. */
export function decide(message: number, facts: Facts, zone: string, now: Date): Decision {
  const reason = objection(facts);
  if (reason !== null) return { decision: "held", reason };
  if (isQuiet(now, zone)) return { decision: "later", reason: "quiet-hours", at: nextOpening(now, zone) };
  const until = Math.min(now.getTime() + passLifetimeMs, nextClosing(now, zone).getTime());
  const address = facts.address === "none" ? null : facts.address;
  return { decision: "pass", pass: issue(message, address, new Date(until)), day: calendarDay(now, zone) };
}

/** What forbids writing to this person at any hour; null when nothing does. The law comes before manners. */
export function objection(facts: Facts): Reason | null {
  if (facts.person === null) return "unknown-person";
  // The address says more exactly than the person why it is not written to.
  if (facts.barred !== null && (facts.suppressed === null || !weak.has(facts.barred)))
    return barredAs[facts.barred];
  if (facts.suppressed !== null) return facts.suppressed;
  if (facts.address === "none") return "no-address";
  if (facts.reachedByCampaign) return "same-person";
  if (facts.messagesToday >= messagesADay) return "already-today";
  return null;
}

const weak: ReadonlySet<BarredReason> = new Set(["suppressed", "non-personalised", "no-consent"]);

const barredAs = {
  restricted: "erased",
  silence: "silence",
  withdrawn: "consent-withdrawn",
  suppressed: "unsubscribed",
  "non-personalised": "non-personalised",
  "no-consent": "no-consent",
} as const satisfies Record<BarredReason, Reason>;

/** The same for what is in our hands already: what was said since, and nothing else. */
export const barredReason = (barred: BarredReason): Reason => barredAs[barred];

/** A test of a channel goes to the one who asks for it, at their own address: no mother is written to. */
export const passForOwnTest = (now: Date): GatePass =>
  issue(null, null, new Date(now.getTime() + passLifetimeMs));

/** Word to the workspace's own staff (a broken feed), with nothing personal in it: no mother is written to. */
export const passForStaff = (now: Date): GatePass =>
  issue(null, null, new Date(now.getTime() + passLifetimeMs));

/** True for what this file made and for nothing that only looks like it. */
export const isValid = (pass: GatePass, now: Date): boolean => issued.has(pass) && now < pass.until;

function issue(message: number | null, address: number | null, until: Date): GatePass {
  const pass = Object.freeze({ message, address, until }) as GatePass;
  issued.add(pass);
  return pass;
}
