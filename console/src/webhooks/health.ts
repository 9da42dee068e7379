import type { Webhook } from "@stork/contract/webhooks.ts";
import type { Say } from "../i18n/i18n.ts";

export type Health = "paused" | "failing" | "trying" | "good" | "quiet";

/** How a webhook does, by its last 24 hours: what has gone wrong outweighs what went well. */
export function healthOf({ pausedAt, failed, waiting, delivered, lastDeliveredAt }: Webhook): Health {
  if (pausedAt !== null) return "paused";
  if (failed > 0) return "failing";
  if (waiting > 0 && delivered === 0) return "trying";
  return lastDeliveredAt === null ? "quiet" : "good";
}

export const toneOf = {
  paused: "warn",
  failing: "bad",
  trying: "busy",
  good: "good",
  quiet: "quiet",
} as const satisfies Record<Health, string>;

const explained = [
  ...(["301", "400", "401", "404", "405", "410", "413", "429"] as const),
  ...(["timeout", "unreachable", "ECONNREFUSED", "ECONNRESET", "ENOTFOUND"] as const),
  ...(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT"] as const),
] as const;
/** Answers that ask for the same. */
const alike: Partial<Record<string, (typeof explained)[number]>> = {
  "302": "301",
  "307": "301",
  "308": "301",
  "403": "401",
  "422": "400",
  EAI_AGAIN: "ENOTFOUND",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  SELF_SIGNED_CERT_IN_CHAIN: "DEPTH_ZERO_SELF_SIGNED_CERT",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "DEPTH_ZERO_SELF_SIGNED_CERT",
};

/** What the receiver's last answer means, and what to look at; nothing when it says all by itself. */
export function answerMeans(answer: string, say: Say): string | null {
  const one = alike[answer] ?? explained.find((known) => known === answer);
  if (one !== undefined) return say(`webhooks.answer.${one}`);
  return /^5\d\d$/.test(answer) ? say("webhooks.answer.5xx") : null;
}

/** `HTTP 503`, or the network's word for what went wrong. */
export const answerText = (answer: string): string => (/^\d{3}$/.test(answer) ? `HTTP ${answer}` : answer);
