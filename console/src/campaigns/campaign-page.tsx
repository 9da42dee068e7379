import type { Campaign } from "@stork/contract/campaigns.ts";
import { Tabs } from "antd";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { DraftActions, RunActions } from "./actions.tsx";
import { EstimatePanel } from "./estimate-panel.tsx";
import { Mailbox, useMailbox } from "./mailbox.tsx";
import { Messages } from "./messages-list.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { Progress } from "./progress.tsx";
import { useCampaign } from "./queries.ts";
import { Report } from "./report.tsx";
import { StatusWord } from "./status-word.tsx";
import "./campaigns.css";

/** One campaign: as a draft what would happen; once started where everybody stands, and what it changed. */
export function CampaignPage() {
  const say = useSay();
  const here = useHere();
  const { campaign: id = "" } = useParams();
  const campaign = useCampaign(id);
  const data = campaign.data;
  return (
    <Page
      name={data?.name ?? say("shell.campaigns")}
      title={
        data === undefined ? (
          "…"
        ) : (
          <span className="title-status">
            {data.name} <StatusWord status={data.status} />
          </span>
        )
      }
      sub={data === undefined ? "\u00a0" : <Summary campaign={data} />}
      back={<Link to={here.to("/campaigns")}>← {say("shell.campaigns")}</Link>}
      actions={
        data !== undefined &&
        here.can("campaigns:write") &&
        (data.status === "draft" ? <DraftActions campaign={data} /> : <RunActions campaign={data} />)
      }
    >
      {campaign.isPending ? (
        <>
          <BoxSkeleton height={140} />
          <BoxSkeleton height={360} />
        </>
      ) : campaign.isError ? (
        <Trouble error={campaign.error} retry={() => void campaign.refetch()} />
      ) : campaign.data.status === "draft" ? (
        <div className="grid-side">
          <EstimatePanel campaign={campaign.data} />
          <PreviewPanel draft={campaign.data} />
        </div>
      ) : (
        <Started campaign={campaign.data} />
      )}
    </Page>
  );
}

function Summary({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  return (
    <>
      <Link to={here.to(`/segments/${campaign.segment}`)}>{campaign.segmentName}</Link> ·{" "}
      {campaign.channelName} ·{" "}
      {say("campaigns.holdoutOf", { share: formats.percent(campaign.holdoutShare, 0) })} ·{" "}
      {say("campaigns.windowOf", {
        n: campaign.conversion.withinDays,
        count: campaign.conversion.withinDays,
      })}
      {campaign.startedAt !== null &&
        ` · ${say("campaigns.startedAt", { at: formats.instant(campaign.startedAt) })}`}
    </>
  );
}

function Started({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const [get, set] = useAddress();
  const mailbox = useMailbox(campaign.status === "running").data;
  const received = mailbox !== undefined && mailbox.total > 0;
  const ended = campaign.status === "done" || campaign.status === "stopped";
  const tab = get("tab") ?? (ended ? "report" : "messages");
  return (
    <>
      <Panel>
        <Progress
          counts={campaign.counts}
          onPick={(part) => set({ tab: "messages", state: part === "waiting" ? "planned" : part })}
        />
      </Panel>
      <Tabs
        activeKey={tab}
        onChange={(tab) => set({ tab, state: null })}
        items={[
          { key: "messages", label: say("campaigns.messages"), children: <Messages campaign={campaign} /> },
          { key: "report", label: say("campaigns.report"), children: <Report campaign={campaign} /> },
          ...(received
            ? [{ key: "mailbox", label: say("campaigns.mailbox"), children: <Mailbox mailbox={mailbox} /> }]
            : []),
        ]}
      />
    </>
  );
}
