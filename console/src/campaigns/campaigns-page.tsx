import { SendOutlined } from "@ant-design/icons";
import type { Campaign } from "@stork/contract/campaigns.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { ReachTabs } from "../journeys/reach-tabs.tsx";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { type More, Paged } from "../ui/paged.tsx";
import { Teach } from "../ui/states.tsx";
import { Progress } from "./progress.tsx";
import { useCampaigns } from "./queries.ts";
import { StatusWord } from "./status-word.tsx";
import "./campaigns.css";

export function CampaignsPage() {
  const say = useSay();
  const here = useHere();
  const campaigns = useCampaigns();
  const make = here.can("campaigns:write") && (
    <Link to={here.to("/campaigns/new")}>
      <Button type="primary">{say("shell.newCampaign")}</Button>
    </Link>
  );
  return (
    <>
      <ReachTabs current="campaigns" />
      <Page title={say("campaigns.title")} sub={say("campaigns.sub")} actions={make}>
        <Paged
          query={campaigns}
          skeleton={6}
          empty={
            <Teach
              icon={<SendOutlined />}
              title={say("campaigns.empty")}
              text={say("campaigns.emptyText")}
              action={make}
            />
          }
        >
          {(rows, more) => <Rows rows={rows} more={more} />}
        </Paged>
      </Page>
    </>
  );
}

function Rows({ rows, more }: { rows: Campaign[]; more: More }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const when = (row: Campaign) => formats.ago(row.startedAt ?? row.createdAt, now);
  const columns: Column<Campaign>[] = [
    {
      id: "name",
      title: say("campaigns.name"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">
            {row.segmentName} · {row.channelName}
          </span>
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "status",
      title: say("campaigns.status"),
      render: (row) => <StatusWord status={row.status} />,
      plain: (row) => row.status,
    },
    {
      id: "progress",
      title: say("campaigns.progress"),
      render: (row) =>
        row.status === "draft" ? <span className="soft">—</span> : <Progress counts={row.counts} brief />,
    },
    {
      id: "audience",
      title: say("campaigns.audience"),
      numeric: true,
      render: (row) => (row.status === "draft" ? "—" : formats.number(row.counts.audience)),
      plain: (row) => row.counts.audience,
    },
    {
      id: "sent",
      title: say("campaigns.sent"),
      numeric: true,
      render: (row) => (row.status === "draft" ? "—" : formats.number(row.counts.sent)),
      plain: (row) => row.counts.sent,
    },
    {
      id: "when",
      title: say("campaigns.when"),
      numeric: true,
      render: (row) => <span title={formats.instant(row.startedAt ?? row.createdAt)}>{when(row)}</span>,
      plain: (row) => row.startedAt ?? row.createdAt,
    },
  ];
  return (
    <Listing
      label={say("campaigns.title")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/campaigns/${row.id}`)}
      exportName="campaigns"
      note={say("campaigns.total", { n: formats.number(rows.length), count: rows.length })}
      more={more}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            <StatusWord status={row.status} />
          </span>
          <span className="card-line soft">
            <span>{row.segmentName}</span>
            <span>
              {row.status === "draft"
                ? when(row)
                : say("campaigns.sentOf", {
                    sent: formats.number(row.counts.sent),
                    audience: formats.number(row.counts.audience),
                  })}
            </span>
          </span>
        </>
      )}
    />
  );
}
