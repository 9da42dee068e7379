import type { Import } from "@stork/contract/imports.ts";
import { Progress } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { duration } from "./duration.ts";
import { isActive, useImports } from "./queries.ts";

/** Why nothing happens yet: others are before it. */
function Before({ id }: { id: string }) {
  const say = useSay();
  const imports = useImports();
  const isBehind = imports.data?.items.some((one) => isActive(one.status) && Number(one.id) < Number(id));
  return isBehind === true && <span>{say("imports.waitingText")}</span>;
}

/** How far it is, how fast, and how long it will still take. */
export function Running({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  if (!isActive(data.status)) return null;
  const percent =
    data.bytesTotal === 0 ? 0 : Math.min(100, Math.floor((data.bytesRead / data.bytesTotal) * 100));
  return (
    <Panel className="running">
      <Progress
        percent={data.status === "undoing" ? 100 : percent}
        status="active"
        aria-label={say(`imports.status.${data.status}`)}
        showInfo={data.status !== "undoing"}
      />
      <p className="soft running-line" aria-live="off">
        <span>
          {data.status === "undoing"
            ? say("imports.undoingText")
            : `${formats.bytes(data.bytesRead)} / ${formats.bytes(data.bytesTotal)}`}
        </span>
        {data.status === "waiting" && <Before id={data.id} />}
        {data.status === "running" && data.secondsLeft === null && <span>{say("imports.justBegun")}</span>}
        {data.rowsPerSecond !== null && data.status !== "undoing" && (
          <span>{say("imports.speed", { n: formats.compact(Math.round(data.rowsPerSecond)) })}</span>
        )}
        {data.secondsLeft !== null && (
          <span>{say("imports.left", { time: duration(data.secondsLeft, formats.language === "en") })}</span>
        )}
      </p>
    </Panel>
  );
}
