import { DeleteOutlined, ExportOutlined, SendOutlined } from "@ant-design/icons";
import type { Segment } from "@stork/contract/segments.ts";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { AskExport } from "../exports/ask-export.tsx";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useDeleteSegment, useMembers, useSegment } from "./queries.ts";
import "./segments.css";

/** One segment: how many, how it reads, who is in it, and what to do with them. */
export function SegmentPage() {
  const say = useSay();
  const here = useHere();
  const { segment: id = "" } = useParams();
  const segment = useSegment(id);
  return (
    <Page
      name={segment.data?.name ?? say("shell.segments")}
      title={segment.data?.name ?? "…"}
      sub={say("segments.oneSub")}
      back={<Link to={here.to("/segments")}>← {say("shell.segments")}</Link>}
      actions={segment.data !== undefined && <Actions segment={segment.data} />}
    >
      {segment.isPending ? (
        <>
          <BoxSkeleton height={132} />
          <RowsSkeleton />
        </>
      ) : segment.isError ? (
        <Trouble error={segment.error} retry={() => void segment.refetch()} />
      ) : (
        <>
          <Facts segment={segment.data} />
          <Members segment={segment.data} />
        </>
      )}
    </Page>
  );
}

function Actions({ segment }: { segment: Segment }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const remove = useDeleteSegment(segment.id);
  const [exporting, setExporting] = useState(false);
  const ask = () =>
    void modal.confirm({
      title: say("segments.deleteTitle", { name: segment.name }),
      content: say("segments.deleteText"),
      okText: say("ui.delete"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync().then(
          () => void navigate(here.to("/segments")),
          (error: Error) => void message.error(error.message),
        ),
    });
  return (
    <>
      {here.can("segments:write") && (
        <>
          <Button type="text" icon={<DeleteOutlined />} onClick={ask} aria-label={say("ui.delete")} />
          <Link to={here.to(`/segments/${segment.id}/edit`)}>
            <Button>{say("segments.edit")}</Button>
          </Link>
        </>
      )}
      {here.can("exports:write") && (
        <>
          <Button icon={<ExportOutlined />} onClick={() => setExporting(true)}>
            {say("exports.do")}
          </Button>
          <AskExport segment={segment} open={exporting} onClose={() => setExporting(false)} />
        </>
      )}
      {here.can("campaigns:write") && (
        <Link to={here.to(`/campaigns/new?segment=${segment.id}`)}>
          <Button type="primary" icon={<SendOutlined />}>
            {say("segments.reach")}
          </Button>
        </Link>
      )}
    </>
  );
}

function Facts({ segment }: { segment: Segment }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  return (
    <Panel>
      <div className="segment-facts">
        <p className="count">
          <strong>{segment.persons === null ? "…" : formats.number(segment.persons)}</strong>{" "}
          {say("segments.families", { count: segment.persons ?? 2 })}
        </p>
        <p className="sentence">{formats.say(segment.sentence)}</p>
        <p className="soft">
          {say("segments.flow7")} <b>+{formats.number(segment.entered7Days)}</b> /{" "}
          <b>−{formats.number(segment.left7Days)}</b>
          {segment.freshAt !== null && (
            <span className="faint">
              {" "}
              · {say("segments.freshAt", { ago: formats.ago(segment.freshAt, now) })}
            </span>
          )}
        </p>
      </div>
    </Panel>
  );
}

function Members({ segment }: { segment: Segment }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const members = useMembers(segment.id);
  if (!here.can("people:read")) return null;
  if (members.isPending) return <RowsSkeleton />;
  if (members.isError) return <Trouble error={members.error} retry={() => void members.refetch()} />;
  const rows = members.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return <Teach title={say("segments.noMembers")} text={say("segments.noMembersText")} />;
  return (
    <Listing
      label={say("segments.members")}
      note={say("segments.members")}
      exportName={`segment-${segment.id}`}
      rows={rows}
      keyOf={(row) => row.person}
      to={(row) => here.to(`/families/${row.person}`)}
      more={{
        has: members.hasNextPage,
        loading: members.isFetchingNextPage,
        load: () => void members.fetchNextPage(),
      }}
      columns={[
        {
          id: "name",
          title: say("families.name"),
          render: (row) => row.name ?? say("families.unnamed"),
          plain: (row) => row.name,
        },
        {
          id: "phone",
          title: say("families.phone"),
          render: (row) => row.phone ?? "—",
          plain: (row) => row.phone,
        },
        {
          id: "entered",
          title: say("segments.enteredAt"),
          numeric: true,
          render: (row) => (
            <span title={formats.instant(row.enteredAt)}>{formats.ago(row.enteredAt, now)}</span>
          ),
          plain: (row) => row.enteredAt,
        },
      ]}
      card={(row) => (
        <span className="card-line">
          <span>
            <strong>{row.name ?? say("families.unnamed")}</strong> <span className="soft">{row.phone}</span>
          </span>
          <span className="soft">{formats.ago(row.enteredAt, now)}</span>
        </span>
      )}
    />
  );
}
