import { PauseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import type { RecentEvent, Source } from "@stork/contract/sources.ts";
import { Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { useRecent } from "./queries.ts";

/** The newest events as they come, masked; can be held still to read. */
export function Tail({ source }: { source: z.infer<typeof Source> }) {
  const say = useSay();
  const formats = useFormats();
  const [live, setLive] = useState(true);
  const recent = useRecent(source.id, live);
  if (recent.isPending) return <BoxSkeleton height={300} />;
  if (recent.isError) return <Trouble error={recent.error} retry={() => void recent.refetch()} />;
  return (
    <Panel
      title={say("sources.tail")}
      extra={
        <>
          <span className="faint hide-narrow">{say("ui.timeZone", { zone: formats.timeZone })}</span>
          <Button
            size="small"
            icon={live ? <PauseOutlined /> : <PlayCircleOutlined />}
            onClick={() => setLive(!live)}
          >
            {say(live ? "sources.hold" : "sources.follow")}
          </Button>
        </>
      }
    >
      {recent.data.items.length === 0 ? (
        <p className="soft">{say("sources.noEvents")}</p>
      ) : (
        <ol className="tail">
          {recent.data.items.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything, and a line holds no state
            <Line key={index} event={event} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Line({ event }: { event: RecentEvent }) {
  const formats = useFormats();
  const properties = Object.entries(event.properties).slice(0, 6);
  return (
    <li>
      <time dateTime={event.receivedAt} title={formats.instant(event.receivedAt)}>
        {formats.time(event.receivedAt)}
      </time>
      <b>{event.name === "" ? event.type : eventName(event.name, formats.language)}</b>
      <code>{event.identifier}</code>
      <span className="tail-properties">
        {properties.map(([key, value]) => (
          <span key={key}>
            {key}=<b>{typeof value === "object" ? JSON.stringify(value) : String(value)}</b>
          </span>
        ))}
      </span>
    </li>
  );
}
