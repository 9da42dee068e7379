import type { CampaignStatus } from "@stork/contract/campaigns.ts";
import { useSay } from "../i18n/i18n.ts";

const tones: Record<CampaignStatus, string> = {
  draft: "quiet",
  running: "busy",
  paused: "warn",
  stopped: "quiet",
  done: "good",
};

export function StatusWord({ status }: { status: CampaignStatus }) {
  const say = useSay();
  return <span className={`status ${tones[status]}`}>{say(`campaigns.status.${status}`)}</span>;
}
