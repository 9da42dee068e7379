import type { AlertNote, Downstream, QualityAlertPage } from "@stork/contract/quality.ts";
import { Link, useParams } from "react-router";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { AlertActions } from "./alert-actions.tsx";
import { figureText, usualText } from "./figure-text.ts";
import { History } from "./history.tsx";
import { useAlert } from "./queries.ts";
import { standingText } from "./standing-text.ts";
import "./quality.css";

const tones = { open: "bad", acknowledged: "busy", snoozed: "quiet", resolved: "good" } as const;

/** One alert: what is wrong since when, how sure, the rows that show it, who is affected, what was done. */
export function AlertPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { alert: id = "" } = useParams();
  const who = useWhoSaid();
  const found = useAlert(id);
  const alert = found.data;
  return (
    <Page
      name={alert === undefined ? say("data.quality") : formats.say(alert.title)}
      title={
        alert === undefined ? (
          found.isError ? (
            say("data.quality")
          ) : (
            "…"
          )
        ) : (
          <span className="title-status">
            {formats.say(alert.title)}{" "}
            <span className={`status ${tones[alert.state]}`}>{say(`quality.state.${alert.state}`)}</span>
          </span>
        )
      }
      sub={
        alert === undefined
          ? "\u00a0"
          : [
              alert.sourceName,
              say("quality.sinceAt", { at: formats.instant(alert.since) }),
              alert.resolvedAt === null
                ? null
                : say("quality.resolvedAt", { at: formats.instant(alert.resolvedAt) }),
              standingText(alert, { say, formats, who }),
            ]
              .filter((one) => one !== null)
              .join(" · ")
      }
      back={<Link to={here.to("/data/quality")}>← {say("data.quality")}</Link>}
      actions={alert !== undefined && here.can("collect:write") && <AlertActions alert={alert} />}
    >
      {found.isPending ? (
        <>
          <BoxSkeleton height={120} />
          <BoxSkeleton height={320} />
        </>
      ) : found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Told alert={found.data} />
      )}
    </Page>
  );
}

function Told({ alert }: { alert: QualityAlertPage }) {
  const say = useSay();
  return (
    <>
      <Figures alert={alert} />
      <History subject={alert} since={alert.since} />
      <div className="grid-2">
        <Panel title={say("quality.affected")}>
          <Affected downstream={alert.downstream} />
        </Panel>
        <Panel title={say("quality.done")}>
          <Notes notes={alert.notes} />
        </Panel>
      </div>
      <Panel title={say("quality.examples")} extra={<SeeRefused source={alert.source} />}>
        <Examples alert={alert} />
      </Panel>
    </>
  );
}

function SeeRefused({ source }: { source: string }) {
  const say = useSay();
  const here = useHere();
  return <Link to={here.to(`/data/quarantine?source=${source}`)}>{say("quality.seeRefused")}</Link>;
}

function Figures({ alert }: { alert: QualityAlertPage }) {
  const say = useSay();
  const formats = useFormats();
  const text = (value: number | null) => figureText(value, alert.unit, formats);
  const figures = [
    { id: "value", name: say("quality.value"), value: text(alert.value), bad: alert.state !== "resolved" },
    { id: "usual", name: say("quality.usualName"), value: usualText(alert, alert.unit, formats) },
    { id: "threshold", name: say("quality.threshold"), value: text(alert.threshold) },
    { id: "worst", name: say("quality.worst"), value: text(alert.worst) },
    { id: "of", name: say("quality.of"), value: formats.number(alert.of) },
    { id: "sure", name: say("quality.certainty"), value: sureText(alert.certainty) },
  ];
  return (
    <Panel>
      <ul className="figures-line">
        {figures.map((one) => (
          <li key={one.id}>
            <span className="soft">{one.name}</span>
            <strong className={one.bad ? "bad-text" : undefined}>{one.value}</strong>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** 99.99 % and more is said as that: further nines tell nobody anything. */
function sureText(certainty: number): string {
  if (certainty >= 0.9999) return "> 99.99%";
  return `${(certainty * 100).toFixed(1)}%`;
}

function Affected({ downstream }: { downstream: z.infer<typeof Downstream> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { segments, campaigns, journeys } = downstream;
  if (segments.length + campaigns.length + journeys.length === 0)
    return <p className="soft">{say("quality.affectedNobody")}</p>;
  return (
    <>
      <p className="affected-lead">
        {say("quality.affectedFamilies", {
          n: formats.number(downstream.families),
          count: downstream.families,
        })}
      </p>
      <ul className="affected">
        {journeys.map((one) => (
          <li key={`j${one.id}`}>
            <Link to={here.to(`/campaigns/journeys/${one.id}`)}>{one.name}</Link>
            <span className="faint">{say("dictionary.node.journey")}</span>
          </li>
        ))}
        {campaigns.map((one) => (
          <li key={`c${one.id}`}>
            <Link to={here.to(`/campaigns/${one.id}`)}>{one.name}</Link>
            <span className="faint">{say("shell.campaigns")}</span>
          </li>
        ))}
        {segments.map((one) => (
          <li key={`s${one.id}`}>
            <Link to={here.to(`/segments/${one.id}`)}>{one.name}</Link>
            <span className="faint">
              {say("quality.families", { n: formats.number(one.families), count: one.families })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Notes({ notes }: { notes: z.infer<typeof AlertNote>[] }) {
  const say = useSay();
  const who = useWhoSaid();
  const formats = useFormats();
  return (
    <ol className="notes">
      {notes.map((one) => (
        <li key={`${one.at} ${one.what}`}>
          <span className="soft nowrap">{formats.instant(one.at)}</span>
          <span>
            {say(`quality.note.${one.what}`)}
            {one.by !== null && ` · ${who(one.by)}`}
            {one.note !== null && one.note !== "" && <span className="soft"> {one.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Examples({ alert }: { alert: QualityAlertPage }) {
  const say = useSay();
  const formats = useFormats();
  if (alert.examples.length === 0) return <p className="soft">{say("quality.noExamples")}</p>;
  // products[].brand lies within products.
  const outer = /^[^.[]*/.exec(alert.field)?.[0];
  return (
    <ul className="example-rows">
      {alert.examples.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything
        <li key={at}>
          <time>{formats.instant(one.at)}</time>
          <b>{one.name === "" ? one.type : eventName(one.name, formats.language)}</b>
          <code>{one.identifier}</code>
          <span className="example-properties">
            {Object.entries(one.properties).map(([key, value]) => (
              <span key={key} className={key === outer ? "hit" : undefined}>
                {key}=<b>{typeof value === "object" ? JSON.stringify(value) : String(value)}</b>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
