import type { Campaign } from "@stork/contract/campaigns.ts";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page } from "../ui/page.tsx";
import { BoxSkeleton, NoPermission, Notice, Trouble } from "../ui/states.tsx";
import { Editor } from "./editor.tsx";
import { type Draft, useCampaign } from "./queries.ts";
import "./campaigns.css";

/** Writes a campaign, or changes a draft. */
export function EditorPage() {
  const say = useSay();
  const here = useHere();
  const [get] = useAddress();
  const { campaign: id } = useParams();
  const campaign = useCampaign(id);
  return (
    <Page
      title={say(id === undefined ? "campaigns.newTitle" : "campaigns.editTitle")}
      sub={say("campaigns.editorSub")}
      back={<Link to={here.to("/campaigns")}>← {say("shell.campaigns")}</Link>}
    >
      {!here.can("campaigns:write") ? (
        <NoPermission />
      ) : id === undefined ? (
        <Editor
          key="new"
          first={beginning(
            get("segment") ?? "",
            say("campaigns.template.subject"),
            say("campaigns.template.body"),
          )}
        />
      ) : campaign.isPending ? (
        <BoxSkeleton height={480} />
      ) : campaign.isError ? (
        <Trouble error={campaign.error} retry={() => void campaign.refetch()} />
      ) : campaign.data.status !== "draft" ? (
        <Notice
          tone="info"
          title={say("campaigns.started")}
          text={say("campaigns.startedText")}
          action={<Link to={here.to(`/campaigns/${id}`)}>{say("campaigns.open")}</Link>}
        />
      ) : (
        <Editor key={id} id={id} first={draftOf(campaign.data)} />
      )}
    </Page>
  );
}

const draftOf = ({ name, segment, channel, content, holdoutShare, conversion }: Campaign): Draft => ({
  name,
  segment,
  channel,
  content,
  holdoutShare,
  conversion,
});

function beginning(segment: string, subject: string, body: string): Draft {
  return {
    name: "",
    segment,
    channel: "",
    content: { subject, body },
    holdoutShare: 0.1,
    conversion: { event: "Order Completed", withinDays: 7 },
  };
}
