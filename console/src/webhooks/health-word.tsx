import type { Webhook } from "@stork/contract/webhooks.ts";
import { useSay } from "../i18n/i18n.ts";
import { healthOf, toneOf } from "./health.ts";

export function HealthWord({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const health = healthOf(webhook);
  return <span className={`status ${toneOf[health]}`}>{say(`webhooks.health.${health}`)}</span>;
}
