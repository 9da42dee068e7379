import type { AlertNote, AlertPart, Downstream, QualityAlertPage } from "@stork/contract/quality.ts";
import { Link, useParams } from "react-router";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { AlertActions } from "./alert-actions.tsx";
import { Examples } from "./alert-examples.tsx";
import { AlertParts, partKey } from "./alert-parts.tsx";
import { figureText, usualText } from "./figure-text.ts";
import { History } from "./history.tsx";
import { useAlert } from "./queries.ts";
import { standingText } from "./standing-text.ts";
import "./quality.css";

const tones = { open: "bad", acknowledged: "busy", snoozed: "quiet", resolved: "good" } as const;

/** One alert: all that broke together, since when, how sure, the rows that show it, who is affected, what was done. */
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
  const [get, set] = useAddress();
  const chosen = alert.parts.find((part) => partKey(part) === get("part")) ?? alert.parts[0];
  if (chosen === undefined) return null;
  return (
    <>
      {alert.parts.length > 1 && (
        <AlertParts
          parts={alert.parts}
          chosen={partKey(chosen)}
          onChoose={(key) => set({ part: key === partKey(alert.parts[0] ?? chosen) ? null : key })}
        />
      )}
      <Figures part={chosen} />
      <History
        key={partKey(chosen)}
        subject={{ source: alert.source, ...pick(chosen) }}
        since={chosen.since}
      />
      <Panel title={say("quality.examples")} extra={<SeeRefused source={alert.source} />}>
        <Examples examples={chosen.examples} field={chosen.field} />
      </Panel>
      <div className="grid-2">
        <Panel title={say("quality.affected")}>
          <Affected downstream={alert.downstream} />
        </Panel>
        <Panel title={say("quality.done")}>
          <Notes notes={alert.notes} all={alert.parts.length} />
        </Panel>
      </div>
    </>
  );
}

const pick = ({ indicator, event, field }: AlertPart) => ({ indicator, event, field });

function SeeRefused({ source }: { source: string }) {
  const say = useSay();
  const here = useHere();
  return <Link to={here.to(`/data/quarantine?source=${source}`)}>{say("quality.seeRefused")}</Link>;
}

function Figures({ part }: { part: AlertPart }) {
  const say = useSay();
  const formats = useFormats();
  const { value, low, high, threshold, worst, of, certainty, unit } = part;
  const text = (one: number | null) => figureText(one, unit, formats, [low, high, threshold]);
  const figures = [
    { id: "value", name: say("quality.value"), value: text(value), bad: part.resolvedAt === null },
    { id: "usual", name: say("quality.usualName"), value: usualText(part, unit, formats, value) },
    { id: "threshold", name: say("quality.threshold"), value: figureText(threshold, unit, formats, [value]) },
    { id: "worst", name: say("quality.worst"), value: text(worst) },
    { id: "of", name: say("quality.of"), value: formats.number(of) },
    { id: "sure", name: say("quality.certainty"), value: sureText(certainty) },
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

const mostPlaces = 3;

function placesText(places: readonly string[], say: ReturnType<typeof useSay>): string {
  const named = [...new Set(places.filter((place) => place !== ""))];
  const list = named.slice(0, mostPlaces).join(say("quality.comma"));
  return named.length > mostPlaces ? say("quality.andOthers", { list, n: places.length }) : list;
}

/** `all`: how many parts there are; a line that speaks of all of them names none. */
function Notes({ notes, all }: { notes: z.infer<typeof AlertNote>[]; all: number }) {
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
            {one.places.length > 0 && one.places.length < all && (
              <span className="soft"> {placesText(one.places.map(formats.say), say)}</span>
            )}
            {one.by !== null && ` · ${who(one.by)}`}
            {one.note !== null && one.note !== "" && <span className="soft"> {one.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
