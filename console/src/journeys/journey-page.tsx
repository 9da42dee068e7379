import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { Actions } from "./actions.tsx";
import { Exits } from "./exits.tsx";
import { useJourney } from "./queries.ts";
import { Runs } from "./runs.tsx";
import { StatusWord } from "./status-word.tsx";
import { Steps } from "./steps.tsx";
import "./journeys.css";

/** One journey: its steps in words with how many are where, why some left early, and who they are. */
export function JourneyPage() {
  const say = useSay();
  const here = useHere();
  const { journey: id = "" } = useParams();
  const journey = useJourney(id);
  const data = journey.data;
  return (
    <Page
      name={data?.name ?? say("journeys.journeys")}
      title={
        data === undefined ? (
          "…"
        ) : (
          <span className="title-status">
            {data.name} <StatusWord status={data.status} />
          </span>
        )
      }
      sub={data === undefined ? "\u00a0" : <Summary journey={data} />}
      back={<Link to={here.to("/campaigns/journeys")}>← {say("journeys.journeys")}</Link>}
      actions={data !== undefined && here.can("campaigns:write") && <Actions journey={data} />}
    >
      {journey.isPending ? (
        <>
          <BoxSkeleton height={320} />
          <BoxSkeleton height={240} />
        </>
      ) : journey.isError ? (
        <Trouble error={journey.error} retry={() => void journey.refetch()} />
      ) : (
        <Whole journey={journey.data} />
      )}
    </Page>
  );
}

function Whole({ journey }: { journey: JourneyDetail }) {
  const say = useSay();
  const formats = useFormats();
  const [, set] = useAddress();
  return (
    <>
      <div className="grid-side">
        <Panel title={say("journeys.steps")}>
          <Steps
            journey={journey}
            onPick={(step) => set({ state: "waiting", step: String(step), reason: null })}
          />
          {journey.earlier > 0 && (
            <p className="soft">
              {say("journeys.earlier", { n: formats.number(journey.earlier), count: journey.earlier })}
            </p>
          )}
        </Panel>
        <Panel title={say("journeys.exits")}>
          <Exits journey={journey} onPick={(reason) => set({ state: "exited", step: null, reason })} />
        </Panel>
      </div>
      <Panel title={say("journeys.runs")}>
        <Runs journey={journey} />
      </Panel>
    </>
  );
}

function Summary({ journey: { counts, version, startedAt } }: { journey: JourneyDetail }) {
  const say = useSay();
  const formats = useFormats();
  const parts = [
    say("journeys.onTheWay", { n: formats.number(counts.waiting) }),
    `${say("journeys.done")} ${formats.number(counts.done)}`,
    `${say("journeys.exited")} ${formats.number(counts.exited)}`,
    ...(startedAt === null ? [] : [say("journeys.startedAt", { at: formats.instant(startedAt) })]),
    ...(version > 1 ? [say("journeys.version", { n: version })] : []),
  ];
  return <>{parts.join(" · ")}</>;
}
