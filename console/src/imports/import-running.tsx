import type { Import } from "@stork/contract/imports.ts";
import { Progress } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { duration } from "./duration.ts";
import { isActive } from "./queries.ts";
import { Undoing } from "./undoing.tsx";

/** Why nothing happens yet: another is before it. */
function Before({ data: { status, waitsFor } }: { data: Import }) {
  const say = useSay();
  const here = useHere();
  if (!waitsFor) return null;
  const text = status === "undoing" ? "undo" : waitsFor.status;
  return (
    <span>
      {say(`imports.waits.${text}`)} <Link to={here.to(`/data/imports/${waitsFor.id}`)}>{waitsFor.name}</Link>
    </span>
  );
}

/** How far it is, how fast, and how long it will still take. */
export function Running({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  if (!isActive(data.status)) return null;
  const percent =
    data.bytesTotal === 0 ? 0 : Math.min(100, Math.floor((data.bytesRead / data.bytesTotal) * 100));
  const again = data.readingAgain;
  if (data.status === "undoing")
    return (
      <Panel className="running">
        <Undoing data={data} />
        {data.waitsFor && (
          <p className="soft running-line">
            <Before data={data} />
          </p>
        )}
      </Panel>
    );
  return (
    <Panel className="running">
      <Progress
        percent={percent}
        status="active"
        aria-label={say(`imports.status.${data.status}`)}
        {...(again ? { success: { percent: Math.floor((again.rows / again.of) * percent) } } : {})}
      />
      <p className="soft running-line" aria-live="off">
        <span>{`${formats.bytes(data.bytesRead)} / ${formats.bytes(data.bytesTotal)}`}</span>
        <Before data={data} />
        {again && (
          <span>
            {say("imports.readingAgain", { n: formats.number(again.rows), of: formats.number(again.of) })}
          </span>
        )}
        {data.status === "running" && data.secondsLeft === null && !again && (
          <span>{say("imports.justBegun")}</span>
        )}
        {data.rowsPerSecond !== null && (
          <span>
            {say("imports.speed", {
              n: formats.compact(Math.round(data.rowsPerSecond)),
              count: Math.round(data.rowsPerSecond),
            })}
          </span>
        )}
        {data.secondsLeft !== null && (
          <span>{say("imports.left", { time: duration(data.secondsLeft, formats.language === "en") })}</span>
        )}
      </p>
    </Panel>
  );
}
