import type { RightsRequestPage } from "@stork/contract/rights.ts";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { Notice, PageSkeleton, Trouble } from "../ui/states.tsx";
import { Actions } from "./actions.tsx";
import { ClockWord, StateWord } from "./clock-word.tsx";
import { Places } from "./places.tsx";
import { Proof } from "./proof.tsx";
import { useRequest } from "./queries.ts";
import { Who } from "./rights-page.tsx";
import "./rights.css";

/** One request: what she asked, what is to be done by when, and the proof of what was. */
export function RequestPage() {
  const say = useSay();
  const here = useHere();
  const { request: id = "" } = useParams();
  const request = useRequest(id);
  const back = <Link to={here.to("/rights")}>‹ {say("rights.back")}</Link>;
  if (request.isPending) return <PageSkeleton />;
  if (request.isError)
    return (
      <Page title={say("rights.name")} back={back}>
        <Trouble error={request.error} retry={() => void request.refetch()} />
      </Page>
    );
  return <Known request={request.data} back={back} />;
}

function Known({ request, back }: { request: RightsRequestPage; back: React.ReactNode }) {
  const say = useSay();
  const kind = say(`rights.kind.${request.kind}`);
  return (
    <Page
      back={back}
      name={kind}
      title={
        <span className="title-status">
          {kind} <StateWord state={request.state} />
        </span>
      }
      sub={<Who request={request} />}
    >
      <Standing request={request} />
      <div className="grid-side">
        <div className="column">
          {request.endedAt === null && <Actions request={request} />}
          {request.places.length > 0 && <Places places={request.places} />}
          <Proof steps={request.steps} />
        </div>
        <About request={request} />
      </div>
    </Page>
  );
}

function Standing({ request }: { request: RightsRequestPage }) {
  const say = useSay();
  if (request.state === "held")
    return (
      <Notice
        tone="warn"
        title={say("rights.heldTitle", { hold: request.hold ?? "" })}
        text={say("rights.heldText")}
      />
    );
  if (request.state === "working")
    return <Notice tone="info" title={say("rights.workingTitle")} text={say("rights.workingText")} />;
  return null;
}

function About({ request }: { request: RightsRequestPage }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { clock, verified, note, reason, ground } = request;
  return (
    <Panel>
      <dl className="facts rights-facts">
        {clock !== null && (
          <>
            <dt>{say("rights.clockColumn")}</dt>
            <dd>
              {say("rights.dueOn", { date: formats.date(clock.dueOn) })} <ClockWord clock={clock} />
            </dd>
          </>
        )}
        <dt>{say("rights.openedColumn")}</dt>
        <dd>
          {formats.instant(request.openedAt)}
          <br />
          <span className="soft">{say(`rights.by.${request.by}`)}</span>
        </dd>
        <dt>{say("rights.howVerified")}</dt>
        <dd>{verified === null ? say("rights.notVerified") : say(`rights.verified.${verified}`)}</dd>
        <dt>{say("rights.assigneeColumn")}</dt>
        <dd>{request.assignee?.name ?? say("rights.nobody")}</dd>
        {note !== null && (
          <>
            <dt>{say("rights.note")}</dt>
            <dd className="rights-text">{note}</dd>
          </>
        )}
        {ground !== null && (
          <>
            <dt>{say("rights.groundLabel")}</dt>
            <dd>{say(`rights.ground.${ground}`)}</dd>
          </>
        )}
        {reason !== null && (
          <>
            <dt>{say("rights.reason")}</dt>
            <dd className="rights-text">{reason}</dd>
          </>
        )}
      </dl>
      {request.person !== null && (
        <Link to={here.to(`/families/${request.person}`)}>{say("rights.seeFamily")}</Link>
      )}
    </Panel>
  );
}
