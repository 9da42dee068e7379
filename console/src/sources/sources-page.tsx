import { ApiOutlined } from "@ant-design/icons";
import type { Source } from "@stork/contract/sources.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { Pulse } from "./pulse.tsx";
import { useSources } from "./queries.ts";
import { SourceStateWord } from "./source-state.tsx";
import "./sources.css";

/** Every way in, and whether it is well. */
export function SourcesPage() {
  const say = useSay();
  const here = useHere();
  const sources = useSources(10_000);
  const make = here.can("collect:write") && (
    <Link to={here.to("/data/sources/new")}>
      <Button type="primary">{say("sources.make")}</Button>
    </Link>
  );
  return (
    <Page title={say("sources.title")} sub={say("sources.sub")} actions={make}>
      {sources.isPending ? (
        <RowsSkeleton rows={4} />
      ) : sources.isError ? (
        <Trouble error={sources.error} retry={() => void sources.refetch()} />
      ) : sources.data.items.length === 0 ? (
        <Teach
          icon={<ApiOutlined />}
          title={say("sources.empty")}
          text={say("sources.emptyText")}
          action={make}
        />
      ) : (
        <Rows items={sources.data.items} />
      )}
    </Page>
  );
}

function Rows({ items }: { items: Source[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const refused = ({ lastHour }: Source) =>
    lastHour.refused === 0 ? (
      <span className="soft">0</span>
    ) : (
      <b className="bad-text">{formats.number(lastHour.refused)}</b>
    );
  const columns: Column<Source>[] = [
    {
      id: "name",
      title: say("sources.name"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">
            {say(`sources.kind.${row.kind}`)}
            {row.sdk !== null && ` · ${row.sdk.name}`}
          </span>
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "health",
      title: say("sources.health"),
      render: (row) => <SourceStateWord source={row} now={now} />,
      plain: (row) => row.lastEventAt,
    },
    {
      id: "hour",
      title: say("sources.hour"),
      render: (row) =>
        row.kind === "file" || row.sending === "loaded" ? (
          <span className="soft">—</span>
        ) : (
          <Pulse source={row} />
        ),
      plain: (row) => row.lastHour.live,
    },
    {
      id: "refused",
      title: say("sources.refusedHour"),
      numeric: true,
      render: refused,
      plain: (row) => row.lastHour.refused,
    },
    {
      id: "today",
      title: say("sources.today"),
      numeric: true,
      render: (row) => formats.number(row.eventsToday),
      plain: (row) => row.eventsToday,
    },
    {
      id: "total",
      title: say("sources.total"),
      numeric: true,
      render: (row) => formats.compact(row.eventsTotal),
      plain: (row) => row.eventsTotal,
    },
  ];
  return (
    <Listing
      label={say("sources.title")}
      columns={columns}
      rows={items}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/data/sources/${row.id}`)}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            <SourceStateWord source={row} now={now} />
          </span>
          <span className="card-line soft">
            <span>{say(`sources.kind.${row.kind}`)}</span>
            <span>
              {say("sources.todayOf", { n: formats.compact(row.eventsToday) })}
              {row.lastHour.refused > 0 &&
                ` · ${say("sources.refusedOf", { n: formats.compact(row.lastHour.refused) })}`}
            </span>
          </span>
        </>
      )}
    />
  );
}
