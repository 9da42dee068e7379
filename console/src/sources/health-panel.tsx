import type { Source } from "@stork/contract/sources.ts";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { useFigures } from "./queries.ts";

/** The last hour: how much came as it happened, what was refused and why, how late it is; a past brought in is apart. */
export function HealthPanel({ source }: { source: Source }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const figures = useFigures(source.id, 15_000);
  if (figures.isPending) return <BoxSkeleton height={180} />;
  if (figures.isError) return <Trouble error={figures.error} retry={() => void figures.refetch()} />;
  const { minutes, refused, lag } = figures.data;
  const took = minutes.reduce((sum, one) => sum + one.live, 0);
  const past = minutes.reduce((sum, one) => sum + one.events - one.live, 0);
  const declined = minutes.reduce((sum, one) => sum + one.refused, 0);
  return (
    <Panel title={say("sources.lastHour")} extra={<Lag lag={lag} />}>
      <div className="hour">
        <ul className="hour-figures">
          <li>
            <span className="soft">{say("sources.taken")}</span>
            <strong>{formats.number(took)}</strong>
          </li>
          <li>
            <span className="soft">{say("sources.perMinuteName")}</span>
            <strong>{formats.compact(Math.round(took / 60))}</strong>
          </li>
          <li>
            <span className="soft">{say("sources.refused")}</span>
            <strong className={declined > 0 ? "bad-text" : undefined}>{formats.number(declined)}</strong>
          </li>
          {past > 0 && (
            <li>
              <span className="soft">{say("sources.past")}</span>
              <strong>{formats.number(past)}</strong>
            </li>
          )}
        </ul>
        <div className="hour-chart">
          <Sparkline
            values={minutes.map((one) => one.live)}
            refused={minutes.map((one) => one.refused)}
            label={say("sources.pulse", { events: formats.number(took), refused: formats.number(declined) })}
            width={600}
            height={72}
          />
          <p className="faint hour-axis">
            <span>{say("sources.hourAgo")}</span>
            <span>{say("sources.now")}</span>
          </p>
        </div>
      </div>
      {refused.length > 0 && (
        <ul className="reasons">
          {refused.map((one) => (
            <li key={one.code}>
              <span className="status bad">{formats.say(one.label)}</span>
              <b>{formats.number(one.count)}</b>
              <Link to={here.to(`/data/quarantine?source=${source.id}&code=${encodeURIComponent(one.code)}`)}>
                {say("sources.seeRefused")}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Lag({ lag }: { lag: { medianSeconds: number; p95Seconds: number } | null }) {
  const say = useSay();
  const formats = useFormats();
  if (lag === null) return null;
  const long = (seconds: number) => formats.duration(seconds);
  return (
    <span className="faint" title={say("sources.lagHelp")}>
      {say("sources.lag", { median: long(lag.medianSeconds), p95: long(lag.p95Seconds) })}
    </span>
  );
}
