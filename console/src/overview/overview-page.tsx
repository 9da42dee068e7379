import { CloudUploadOutlined } from "@ant-design/icons";
import type { Overview } from "@stork/contract/outcomes.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Teach, Trouble } from "../ui/states.tsx";
import { Categories, Daily, Sales, Stages } from "./charts.tsx";
import { useOverview } from "./queries.ts";
import { addDays, comparedRange, daysBetween, readRange } from "./range.ts";
import { RangeBar } from "./range-bar.tsx";
import { Tiles } from "./tiles.tsx";
import "./overview.css";

export function OverviewPage() {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const [get] = useAddress();
  const today = formats.dayOf(new Date(now).toISOString());
  const { range, comparison } = readRange(get, today);
  const overview = useOverview(range, comparedRange(range, comparison));
  const days = daysBetween(range.from, range.to) + 1;
  const newest = overview.data?.newestEventAt ?? null;
  return (
    <Page
      title={say("overview.title")}
      sub={
        <>
          {say("overview.sub")}
          {newest !== null && (
            <span className="faint"> {say("overview.fresh", { ago: formats.ago(newest, now) })}</span>
          )}
        </>
      }
      filters={<RangeBar today={today} />}
    >
      {overview.isPending ? (
        <OverviewSkeleton />
      ) : overview.isError ? (
        <Trouble error={overview.error} retry={() => void overview.refetch()} />
      ) : newest === null ? (
        <NothingYet />
      ) : (
        <Loaded
          overview={overview.data}
          days={days}
          stale={overview.isPlaceholderData}
          newest={formats.dayOf(newest)}
        />
      )}
    </Page>
  );
}

function Loaded({
  overview,
  days,
  stale,
  newest,
}: {
  overview: Overview;
  days: number;
  stale: boolean;
  newest: string;
}) {
  const say = useSay();
  const formats = useFormats();
  const [, set] = useAddress();
  const quiet = overview.now.orders === 0;
  return (
    <>
      {quiet && newest < overview.range.from && (
        <Notice
          tone="info"
          title={say("overview.quietRange")}
          text={say("overview.quietRangeText", { date: formats.date(newest) })}
          action={
            <Button onClick={() => set({ range: null, from: addDays(newest, -364), to: newest })}>
              {say("overview.goToData")}
            </Button>
          }
        />
      )}
      <Tiles overview={overview} days={days} stale={stale} />
      <Sales overview={overview} />
      <div className="grid-2">
        <Stages overview={overview} />
        <div className="column">
          <Categories overview={overview} />
          <Daily overview={overview} measure="newFamilies" />
        </div>
      </div>
      <div className="grid-2">
        <Daily overview={overview} measure="messages" />
        <Daily overview={overview} measure="optOuts" />
      </div>
    </>
  );
}

function NothingYet() {
  const say = useSay();
  const here = useHere();
  return (
    <Teach
      icon={<CloudUploadOutlined />}
      title={say("overview.empty")}
      text={say("overview.emptyText")}
      action={
        here.can("collect:write") && (
          <div className="row wrap centre">
            <Link to={here.to("/data/imports/new")}>
              <Button type="primary">{say("overview.emptyImport")}</Button>
            </Link>
            <Link to={here.to("/data/sources")}>
              <Button>{say("overview.emptySource")}</Button>
            </Link>
          </div>
        )
      }
    />
  );
}

function OverviewSkeleton() {
  return (
    <>
      <BoxSkeleton height={118} />
      <BoxSkeleton height={352} />
      <div className="grid-2">
        <BoxSkeleton height={470} />
        <BoxSkeleton height={470} />
      </div>
    </>
  );
}
