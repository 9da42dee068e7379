import type { JourneyStatus } from "@stork/contract/journeys.ts";
import { useSay } from "../i18n/i18n.ts";

const tones: Record<JourneyStatus, string> = { draft: "quiet", live: "busy", paused: "warn", ended: "quiet" };

export function StatusWord({ status }: { status: JourneyStatus }) {
  const say = useSay();
  return <span className={`status ${tones[status]}`}>{say(`journeys.status.${status}`)}</span>;
}
