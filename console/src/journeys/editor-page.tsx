import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Page } from "../ui/page.tsx";
import { BoxSkeleton, NoPermission, Notice, Trouble } from "../ui/states.tsx";
import { type Draft, draftOf, entryBeginnings, stepBeginnings } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { useJourney } from "./queries.ts";
import "../campaigns/campaigns.css";
import "../segments/segments.css";
import "./journeys.css";

/** Writes a journey, or changes one. */
export function JourneyEditorPage() {
  const say = useSay();
  const here = useHere();
  const { journey: id } = useParams();
  const journey = useJourney(id);
  return (
    <Page
      title={say(id === undefined ? "journeys.newTitle" : "journeys.editTitle")}
      sub={say(id === undefined ? "journeys.editorSub" : "journeys.sub")}
      back={<Link to={here.to("/campaigns/journeys")}>← {say("journeys.journeys")}</Link>}
    >
      {!here.can("campaigns:write") ? (
        <NoPermission />
      ) : id === undefined ? (
        <Editor
          key="new"
          live={false}
          first={beginning(say("campaigns.template.subject"), say("campaigns.template.body"))}
        />
      ) : journey.isPending ? (
        <BoxSkeleton height={480} />
      ) : journey.isError ? (
        <Trouble error={journey.error} retry={() => void journey.refetch()} />
      ) : journey.data.status === "ended" ? (
        <Notice
          tone="info"
          title={say("journeys.ended")}
          text={say("journeys.endedText")}
          action={<Link to={here.to(`/campaigns/journeys/${id}`)}>{say("journeys.open")}</Link>}
        />
      ) : (
        <Editor key={id} id={id} live={journey.data.status !== "draft"} first={draftOf(journey.data)} />
      )}
    </Page>
  );
}

function beginning(subject: string, body: string): Draft {
  const steps = stepBeginnings({ subject, body });
  return {
    name: "",
    entry: entryBeginnings.event,
    reentry: { kind: "once" },
    steps: [
      { key: 0, step: steps.wait },
      { key: 1, step: steps.message },
    ],
  };
}
