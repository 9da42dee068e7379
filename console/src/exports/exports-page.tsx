import { ExportOutlined } from "@ant-design/icons";
import type { Export } from "@stork/contract/exports.ts";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { Notice, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { columnName } from "./column-name.ts";
import { DecideExport } from "./decide-export.tsx";
import { useExportActions, useExports } from "./queries.ts";
import "./exports.css";

/** What leaves the house, who asked for it, and who let it out. */
export function ExportsPage() {
  const say = useSay();
  const here = useHere();
  const exports = useExports();
  const waiting = exports.data?.pages[0]?.waiting ?? 0;
  return (
    <Page
      name={say("exports.name")}
      title={say("exports.title")}
      sub={say("exports.sub")}
      back={<Link to={here.to("/segments")}>← {say("shell.segments")}</Link>}
    >
      {exports.isPending ? (
        <RowsSkeleton rows={5} />
      ) : exports.isError ? (
        <Trouble error={exports.error} retry={() => void exports.refetch()} />
      ) : (
        <>
          {waiting > 0 && here.can("exports:approve") && (
            <Notice tone="warn" title={say("exports.waiting", { count: waiting })} />
          )}
          <Rows
            rows={exports.data.pages.flatMap((page) => page.items)}
            more={{
              has: exports.hasNextPage,
              loading: exports.isFetchingNextPage,
              load: () => void exports.fetchNextPage(),
            }}
          />
        </>
      )}
    </Page>
  );
}

function Rows({ rows, more }: { rows: Export[]; more: { has: boolean; loading: boolean; load(): void } }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const who = useWhoSaid();
  if (rows.length === 0)
    return (
      <Teach
        icon={<ExportOutlined />}
        title={say("exports.empty")}
        text={say("exports.emptyText")}
        action={
          <Link to={here.to("/segments")}>
            <Button type="primary">{say("exports.toSegments")}</Button>
          </Link>
        }
      />
    );
  const columns: Column<Export>[] = [
    { id: "what", title: say("exports.what"), render: (row) => <What row={row} /> },
    { id: "why", title: say("exports.why"), render: (row) => <span className="export-why">{row.why}</span> },
    {
      id: "asked",
      title: say("exports.asked"),
      render: (row) => (
        <>
          {who(row.askedBy)}
          <span className="row-sub">{formats.ago(row.askedAt, now)}</span>
        </>
      ),
    },
    { id: "state", title: say("exports.state"), render: (row) => <State row={row} /> },
    { id: "do", title: "", render: (row) => <Doing row={row} /> },
  ];
  return (
    <Listing
      label={say("exports.name")}
      rows={rows}
      keyOf={(row) => row.id}
      more={more}
      columns={columns}
      card={(row) => (
        <div>
          <What row={row} />
          <span className="card-line soft">
            <span>{row.why}</span>
          </span>
          <span className="card-line">
            <span>
              <State row={row} />
            </span>
          </span>
          <Doing row={row} />
        </div>
      )}
    />
  );
}

function What({ row }: { row: Export }) {
  const say = useSay();
  return (
    <>
      <b>{row.segmentName}</b>
      <span className="row-sub">
        {say(`exports.values.${row.values}`)} · {say(`exports.purpose.${row.purpose}`)}
      </span>
      <span className="row-sub">
        {row.columns.map((column) => columnName(column, say)).join(say("exports.comma"))}
      </span>
    </>
  );
}

const tones = {
  ...{ waiting: "warn", ready: "good", refused: "bad", expired: "off" },
} as const satisfies Record<Export["state"], string>;

function State({ row }: { row: Export }) {
  const say = useSay();
  const formats = useFormats();
  const who = useWhoSaid();
  const [last] = row.taken;
  const left = Object.values(last?.left ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <span className={`status ${tones[row.state]}`}>{say(`exports.is.${row.state}`)}</span>
      <span className="row-sub">
        {last !== undefined
          ? say(left > 0 ? "exports.takenLeft" : "exports.taken", {
              rows: formats.number(last.rows),
              left: formats.number(left),
              date: formats.instant(last.at),
              count: last.rows,
            }) + (last.complete ? "" : say("exports.takenPart"))
          : row.state === "ready" || row.state === "waiting"
            ? say("exports.until", { date: formats.instant(row.expiresAt) })
            : ""}
      </span>
      {row.decidedBy !== null && row.decidedAt !== null && (
        <span className="row-sub">
          {say(row.state === "refused" ? "exports.refusedBy" : "exports.approvedBy", {
            ...{ who: who(row.decidedBy), date: formats.instant(row.decidedAt) },
          })}
          {row.note !== null && ` · ${row.note}`}
        </span>
      )}
    </>
  );
}

function Doing({ row }: { row: Export }) {
  const say = useSay();
  const here = useHere();
  const { looked } = useExportActions();
  const [word, setWord] = useState<"approve" | "refuse" | null>(null);
  if (row.state === "ready" && row.mine) {
    return (
      <a href={`/api/v1${here.at(`/exports/${row.id}/people.csv`).replace(/^\/api\/v1/, "")}`} download>
        <Button size="small" type="primary" onClick={() => void setTimeout(() => void looked(), 2_000)}>
          {say("exports.take")}
        </Button>
      </a>
    );
  }
  if (row.state !== "waiting" || row.mine || !here.can("exports:approve")) {
    return row.state === "waiting" ? <span className="soft">{say("exports.other")}</span> : null;
  }
  return (
    <span className="row">
      <Button size="small" type="primary" onClick={() => setWord("approve")}>
        {say("exports.approve")}
      </Button>
      <Button size="small" onClick={() => setWord("refuse")}>
        {say("exports.refuse")}
      </Button>
      {word !== null && <DecideExport row={row} word={word} onClose={() => setWord(null)} />}
    </span>
  );
}
