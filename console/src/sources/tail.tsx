import { PauseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import type { Source, TailEntry } from "@stork/contract/sources.ts";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { useTail } from "./queries.ts";

/** What comes in as it comes, masked: taken and refused alike. Can be held still to read. */
export function Tail({ source }: { source: Source }) {
  const say = useSay();
  const formats = useFormats();
  const [live, setLive] = useState(true);
  const [only, setOnly] = useState<"refused" | null>(null);
  const [looked, setLooked] = useState<TailEntry | null>(null);
  const tail = useTail(source.id, live);
  if (tail.isPending) return <BoxSkeleton height={300} />;
  if (tail.isError) return <Trouble error={tail.error} retry={() => void tail.refetch()} />;
  const refused = tail.data.items.filter((one) => one.outcome === "refused").length;
  const shown = tail.data.items.filter((one) => only === null || one.outcome === only);
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
      {refused > 0 && (
        <div className="tail-filter">
          <Picks<"refused">
            label={say("sources.tailFilter")}
            value={only}
            onChange={setOnly}
            options={[
              { value: null, label: say("sources.tailAll") },
              { value: "refused", label: say("sources.refused"), count: refused },
            ]}
          />
        </div>
      )}
      {shown.length === 0 ? (
        <p className="soft">{say("sources.noEvents")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <ol className="tail" tabIndex={0} aria-label={say("sources.tail")}>
          {shown.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything, and a line holds no state
            <Line key={index} entry={entry} onLook={() => setLooked(entry)} />
          ))}
        </ol>
      )}
      <Look entry={looked} onClose={() => setLooked(null)} />
    </Panel>
  );
}

function Line({ entry, onLook }: { entry: TailEntry; onLook(): void }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <li className={entry.outcome}>
      <time dateTime={entry.receivedAt} title={formats.instant(entry.receivedAt)}>
        {formats.time(entry.receivedAt)}
      </time>
      {entry.outcome === "refused" ? (
        <>
          <b className="status bad">{formats.say(entry.reason)}</b>
          <code className="one-line tail-item">{entry.item}</code>
        </>
      ) : (
        <>
          <b>{entry.name === "" ? entry.type : eventName(entry.name, formats.language)}</b>
          <code>{entry.identifier}</code>
          <span className="tail-properties">
            {Object.entries(entry.properties)
              .slice(0, 5)
              .map(([key, value]) => (
                <span key={key}>
                  {key}=<b>{brief(value)}</b>
                </span>
              ))}
          </span>
        </>
      )}
      <Button size="small" type="text" onClick={onLook}>
        {say("sources.look")}
      </Button>
    </li>
  );
}

function Look({ entry, onClose }: { entry: TailEntry | null; onClose(): void }) {
  const say = useSay();
  const formats = useFormats();
  const name = entry === null ? "" : entry.outcome === "refused" ? say("sources.refusedItem") : entry.name;
  return (
    <Drawer open={entry !== null} onClose={onClose} title={name} size={480}>
      {entry?.outcome === "accepted" && (
        <dl className="facts">
          <Fact name={say("sources.fact.at")} value={formats.instant(entry.at)} />
          <Fact name={say("sources.fact.received")} value={formats.instant(entry.receivedAt)} />
          <Fact name={say("sources.fact.who")} value={entry.identifier} />
          <Fact name={say("sources.fact.type")} value={entry.type} />
          {entry.marks.length > 0 && <Fact name={say("sources.fact.marks")} value={entry.marks.join(", ")} />}
        </dl>
      )}
      {entry?.outcome === "refused" && (
        <p className="look-reason">
          <b className="status bad">{formats.say(entry.reason)}</b>{" "}
          <code className="faint">{entry.code}</code>
        </p>
      )}
      {entry !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className="code" tabIndex={0}>
          {entry.outcome === "refused" ? pretty(entry.item) : JSON.stringify(entry.properties, null, 2)}
        </pre>
      )}
    </Drawer>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** A value as short as a line has room for; the whole is a click away. */
function brief(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length <= 48 ? text : `${text.slice(0, 47)}…`;
}

/** JSON set out in lines; a cut or damaged item as it came. */
function pretty(item: string): string {
  try {
    return JSON.stringify(JSON.parse(item), null, 2);
  } catch {
    return item;
  }
}
