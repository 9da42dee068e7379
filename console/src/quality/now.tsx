import { CheckCircleFilled, LineChartOutlined } from "@ant-design/icons";
import { dimensions, type QualityOverview, type SourceHealth } from "@stork/contract/quality.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { BoxSkeleton, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { AlertLine } from "./alert-line.tsx";
import { DemoBreaks } from "./demo-feed.tsx";
import { useAlerts, useQuality } from "./queries.ts";
import { Score } from "./score.tsx";

/** What is wrong now, and how each source is. */
export function Now() {
  const say = useSay();
  const here = useHere();
  const quality = useQuality();
  if (quality.isPending)
    return (
      <>
        <BoxSkeleton height={160} />
        <RowsSkeleton rows={5} />
      </>
    );
  if (quality.isError) return <Trouble error={quality.error} retry={() => void quality.refetch()} />;
  if (quality.data.sources.length === 0)
    return (
      <Teach
        icon={<LineChartOutlined />}
        title={say("quality.empty")}
        text={say("quality.emptyText")}
        action={
          <Link to={here.to("/data/sources")}>
            <Button type="primary">{say("data.sources")}</Button>
          </Link>
        }
      />
    );
  return (
    <>
      <Alerts overview={quality.data} />
      <DemoBreaks />
      <Sources sources={quality.data.sources} />
    </>
  );
}

const states = ["open", "acknowledged", "snoozed", "resolved"] as const;

function Alerts({ overview }: { overview: QualityOverview }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const [get, set] = useAddress();
  const state = states.find((one) => one === get("state")) ?? "open";
  const alerts = useAlerts(state, null);
  const items =
    alerts.data?.items ?? (state === "open" ? overview.newest.filter((one) => one.state === "open") : null);
  const watched =
    overview.watchedAt === null
      ? say("quality.neverWatched")
      : say("quality.watched", { ago: formats.ago(overview.watchedAt, now) });
  const counts = { ...overview.alerts, resolved: undefined };
  return (
    <Panel
      title={say("quality.alerts")}
      extra={<span className="faint">{watched}</span>}
      className="alerts-panel"
    >
      <Picks
        label={say("quality.alerts")}
        value={state}
        onChange={(next) => set({ state: next === "open" ? null : next })}
        options={states.map((one) => ({
          value: one,
          label: say(`quality.state.${one}`),
          ...(counts[one] === undefined ? {} : { count: counts[one] }),
        }))}
      />
      {alerts.isError ? (
        <Trouble error={alerts.error} retry={() => void alerts.refetch()} />
      ) : items === null || (items.length === 0 && alerts.isPending) ? (
        <div className="alerts-coming" aria-busy="true" />
      ) : items.length === 0 ? (
        <p className={state === "open" ? "all-well" : "soft none-line"}>
          {state === "open" && <CheckCircleFilled aria-hidden="true" />}
          {say(state === "open" ? "quality.allWell" : "quality.noneOfState")}
        </p>
      ) : (
        <ul className="alerts">
          {items.map((alert) => (
            <AlertLine key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Sources({ sources }: { sources: SourceHealth[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const columns: Column<SourceHealth>[] = [
    {
      id: "name",
      title: say("quality.source"),
      render: (row) => (
        <>
          {row.name}
          <span className="row-sub">
            {row.sending === "loaded" || row.sending === "never"
              ? say(row.sending === "loaded" ? "sources.health.loaded" : "sources.health.waiting")
              : row.learnedAt === null
                ? say("quality.learning")
                : say("quality.learnedAt", { on: formats.date(formats.dayOf(row.learnedAt)) })}
          </span>
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "score",
      title: say("quality.score"),
      numeric: true,
      render: (row) => <Score value={row.score} />,
      plain: (row) => row.score,
    },
    ...dimensions.map(
      (dimension): Column<SourceHealth> => ({
        id: dimension,
        title: say(`quality.dimension.${dimension}`),
        numeric: true,
        render: (row) => <Score value={row.dimensions[dimension] ?? null} />,
        plain: (row) => row.dimensions[dimension] ?? null,
      }),
    ),
    {
      id: "hour",
      title: say("quality.hour"),
      numeric: true,
      render: (row) =>
        row.sending === "live" ? formats.compact(row.eventsLastHour) : <span className="soft">—</span>,
      plain: (row) => row.eventsLastHour,
    },
    {
      id: "last",
      title: say("quality.last"),
      numeric: true,
      render: (row) => (row.lastEventAt === null ? "—" : formats.ago(row.lastEventAt, now)),
      plain: (row) => row.lastEventAt,
    },
    {
      id: "alerts",
      title: say("quality.open"),
      numeric: true,
      render: (row) =>
        row.openAlerts === 0 ? <span className="soft">0</span> : <b className="bad-text">{row.openAlerts}</b>,
      plain: (row) => row.openAlerts,
    },
  ];
  return (
    <Listing
      label={say("quality.bySource")}
      note={say("quality.bySource")}
      columns={columns}
      rows={sources}
      keyOf={(row) => row.source}
      to={(row) => here.to(`/data/quality/sources/${row.source}`)}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name}</strong>
            <Score value={row.score} />
          </span>
          <span className="card-line soft">
            <span>
              {dimensions
                .map(
                  (one) =>
                    `${say(`quality.dimension.${one}`)} ${row.dimensions[one] === null || row.dimensions[one] === undefined ? "—" : Math.round(row.dimensions[one])}`,
                )
                .join(" · ")}
            </span>
          </span>
        </>
      )}
    />
  );
}
