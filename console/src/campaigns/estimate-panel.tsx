import type { Campaign } from "@stork/contract/campaigns.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { useEstimate } from "./queries.ts";

/** What would happen if it started now: how many get it, who is kept for comparison, who is held back and why, and when. */
export function EstimatePanel({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const estimate = useEstimate(campaign.id);
  if (estimate.isPending) return <BoxSkeleton height={320} />;
  if (estimate.isError) return <Trouble error={estimate.error} retry={() => void estimate.refetch()} />;
  const { audience, holdout, reachable, held, startsAt } = estimate.data;
  const later = Date.parse(startsAt) - now > 60_000;
  const share = (n: number) => `${audience === 0 ? 0 : (n / audience) * 100}%`;
  return (
    <Panel title={say("campaigns.estimate")}>
      {reachable === 0 && (
        <Notice tone="warn" title={say("campaigns.nobody")} text={say("campaigns.nobodyText")} />
      )}
      <p className="estimate-lead">
        <strong>{formats.number(reachable)}</strong> {say("campaigns.willGet", { count: reachable })}
      </p>
      <ul className="estimate">
        <li>
          <span>{say("campaigns.audience")}</span>
          <i style={{ width: share(audience) }} className="part-all" />
          <b>{formats.number(audience)}</b>
        </li>
        <li>
          <span>{say("campaigns.part.holdout")}</span>
          <i style={{ width: share(holdout) }} className="part-holdout" />
          <b>−{formats.number(holdout)}</b>
        </li>
        {held.map((one) => (
          <li key={one.reason}>
            <span>{formats.say(one.label)}</span>
            <i style={{ width: share(one.persons) }} className="part-held" />
            <b>−{formats.number(one.persons)}</b>
          </li>
        ))}
        <li className="strong">
          <span>{say("campaigns.reachable")}</span>
          <i style={{ width: share(reachable) }} className="part-sent" />
          <b>{formats.number(reachable)}</b>
        </li>
      </ul>
      <Notice
        tone="info"
        title={
          later ? say("campaigns.startsLater", { at: formats.instant(startsAt) }) : say("campaigns.startsNow")
        }
        text={say(later ? "campaigns.startsLaterText" : "campaigns.startsNowText", {
          zone: formats.timeZone,
        })}
      />
    </Panel>
  );
}
