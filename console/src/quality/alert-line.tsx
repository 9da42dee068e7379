import type { QualityAlert } from "@stork/contract/quality.ts";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { figureText, usualText } from "./figure-text.ts";
import { standingText } from "./standing-text.ts";

/** One alert as a line that leads to its page: what is wrong, where, since when, and against what is usual. */
export function AlertLine({ alert }: { alert: QualityAlert }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const who = useWhoSaid();
  const mended =
    alert.state === "resolved" ? 0 : alert.parts.filter(({ resolvedAt }) => resolvedAt !== null).length;
  const standing = standingText(alert, { say, formats, who });
  return (
    <li className={`alert ${alert.severity}`}>
      <Link to={here.to(`/data/quality/alerts/${alert.id}`)}>
        <span className={`status ${alert.severity === "critical" ? "bad" : "warn"}`}>
          {say(`quality.severity.${alert.severity}`)}
        </span>
        <span className="alert-what">
          <b>{formats.say(alert.title)}</b>
          <span className="soft">
            {alert.sourceName} · {say("quality.since", { ago: formats.ago(alert.since, now) })}
            {mended > 0 && ` · ${say("quality.mendedOf", { n: mended, of: alert.parts.length })}`}
            {standing !== null && ` · ${standing}`}
          </span>
        </span>
        <span className="alert-value">
          <b>{figureText(alert.value, alert.unit, formats, [alert.low, alert.high])}</b>
          <span className="faint">
            {alert.usual === null && alert.low === null && alert.high === null && alert.threshold !== null
              ? say("quality.limit", { limit: figureText(alert.threshold, alert.unit, formats) })
              : say("quality.usual", { span: usualText(alert, alert.unit, formats, alert.value) })}
          </span>
        </span>
      </Link>
    </li>
  );
}
