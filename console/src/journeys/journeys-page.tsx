import { NodeIndexOutlined } from "@ant-design/icons";
import type { Journey } from "@stork/contract/journeys.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { Page } from "../ui/page.tsx";
import { type More, Paged } from "../ui/paged.tsx";
import { Teach } from "../ui/states.tsx";
import { useJourneys } from "./queries.ts";
import { ReachTabs } from "./reach-tabs.tsx";
import { StatusWord } from "./status-word.tsx";

/** What is said next, and to whom: every journey with how many are on the way. */
export function JourneysPage() {
  const say = useSay();
  const here = useHere();
  const journeys = useJourneys();
  const make = here.can("campaigns:write") && (
    <Link to={here.to("/campaigns/journeys/new")}>
      <Button type="primary">{say("journeys.new")}</Button>
    </Link>
  );
  return (
    <>
      <ReachTabs current="journeys" />
      <Page title={say("journeys.title")} sub={say("journeys.sub")} actions={make}>
        <Paged
          query={journeys}
          skeleton={5}
          empty={
            <Teach
              icon={<NodeIndexOutlined />}
              title={say("journeys.empty")}
              text={say("journeys.emptyText")}
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

function Rows({ rows, more }: { rows: Journey[]; more: More }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const figure = (id: keyof Journey["counts"]): Column<Journey> => ({
    id,
    title: say(`journeys.${id}`),
    numeric: true,
    render: (row) => (row.status === "draft" ? "—" : formats.number(row.counts[id])),
    plain: (row) => row.counts[id],
  });
  const columns: Column<Journey>[] = [
    {
      id: "name",
      title: say("journeys.name"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">{formats.say(row.words.entry)}</span>
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "status",
      title: say("journeys.status"),
      render: (row) => <StatusWord status={row.status} />,
      plain: (row) => row.status,
    },
    figure("waiting"),
    figure("entered7Days"),
    figure("done"),
    figure("exited"),
  ];
  return (
    <Listing
      label={say("journeys.journeys")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/campaigns/journeys/${row.id}`)}
      exportName="journeys"
      note={say("journeys.total", { n: formats.number(rows.length), count: rows.length })}
      more={more}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            <StatusWord status={row.status} />
          </span>
          <span className="card-line soft">
            <span>{formats.say(row.words.entry)}</span>
            <span className="nowrap">
              {say("journeys.onTheWay", { n: formats.number(row.counts.waiting) })}
            </span>
          </span>
        </>
      )}
    />
  );
}
