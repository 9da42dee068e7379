import type { Policy, Tier } from "@stork/contract/storage.ts";
import type { z } from "zod";
import type { Say } from "../i18n/i18n.ts";

/** A policy as one sentence: pressed after …, archived after …, deleted after …. */
export function policySentence(policy: Policy, tiers: readonly z.infer<typeof Tier>[], say: Say): string {
  const steps = [
    tiers.includes("warm") && policy.warmAfterDays !== null
      ? say("storage.says.warm", { time: daysText(policy.warmAfterDays, say) })
      : null,
    tiers.includes("cold") && policy.coldAfterDays !== null
      ? say("storage.says.cold", { time: daysText(policy.coldAfterDays, say) })
      : null,
    policy.deleteAfterDays === null
      ? say("storage.says.never")
      : say("storage.says.delete", { time: daysText(policy.deleteAfterDays, say) }),
  ];
  return steps.filter((one) => one !== null).join(say("storage.comma"));
}

/** Whole years and months where they come out even, else days. */
export function daysText(days: number, say: Say): string {
  if (days % 365 === 0) return say("storage.years", { n: days / 365, count: days / 365 });
  if (days % 30 === 0) return say("storage.months", { n: days / 30, count: days / 30 });
  return say("storage.days", { n: days, count: days });
}
