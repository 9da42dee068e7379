import { TeamOutlined } from "@ant-design/icons";
import type { Segment } from "@stork/contract/segments.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useSegments } from "./queries.ts";
import "./segments.css";

export function SegmentsPage() {
  const say = useSay();
  const here = useHere();
  const segments = useSegments();
  const make = here.can("segments:write") && (
    <Link to={here.to("/segments/new")}>
      <Button type="primary">{say("shell.newSegment")}</Button>
    </Link>
  );
  return (
    <Page
      title={say("segments.title")}
      sub={say("segments.sub")}
      actions={
        <>
          <Link to={here.to("/exports")}>
            <Button type="text">{say("exports.name")}</Button>
          </Link>
          {make}
        </>
      }
    >
      {segments.isPending ? (
        <RowsSkeleton rows={6} />
      ) : segments.isError ? (
        <Trouble error={segments.error} retry={() => void segments.refetch()} />
      ) : segments.data.items.length === 0 ? (
        <Teach
          icon={<TeamOutlined />}
          title={say("segments.empty")}
          text={say("segments.emptyText")}
          action={make}
        />
      ) : (
        <Rows items={segments.data.items} />
      )}
    </Page>
  );
}

function Rows({ items }: { items: Segment[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const people = (segment: Segment) =>
    segment.persons === null ? (
      <span className="soft">{say("segments.counting")}</span>
    ) : (
      <b>{formats.number(segment.persons)}</b>
    );
  const fresh = (segment: Segment) =>
    segment.freshAt === null ? (
      "—"
    ) : (
      <span title={formats.instant(segment.freshAt)}>{formats.ago(segment.freshAt, now)}</span>
    );
  const columns: Column<Segment>[] = [
    {
      id: "name",
      title: say("segments.name"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">{formats.say(row.sentence)}</span>
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "persons",
      title: say("segments.size"),
      numeric: true,
      render: people,
      plain: (row) => row.persons,
    },
    {
      id: "entered",
      title: say("segments.entered"),
      numeric: true,
      render: (row) => <Flow sign="+" n={row.entered7Days} />,
      plain: (row) => row.entered7Days,
    },
    {
      id: "left",
      title: say("segments.left"),
      numeric: true,
      render: (row) => <Flow sign="−" n={row.left7Days} />,
      plain: (row) => row.left7Days,
    },
    { id: "fresh", title: say("segments.fresh"), numeric: true, render: fresh, plain: (row) => row.freshAt },
  ];
  return (
    <Listing
      label={say("segments.title")}
      columns={columns}
      rows={items}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/segments/${row.id}`)}
      exportName="segments"
      note={say("segments.total", { n: formats.number(items.length), count: items.length })}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            {people(row)}
          </span>
          <span className="card-line soft">
            <span>
              {say("segments.flow7")} <Flow sign="+" n={row.entered7Days} />{" "}
              <Flow sign="−" n={row.left7Days} />
            </span>
            <span>{fresh(row)}</span>
          </span>
        </>
      )}
    />
  );
}

function Flow({ sign, n }: { sign: "+" | "−"; n: number }) {
  const formats = useFormats();
  return (
    <span className={n === 0 ? "soft" : undefined}>{n === 0 ? "0" : `${sign}${formats.number(n)}`}</span>
  );
}
