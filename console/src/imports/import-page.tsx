import { DownloadOutlined } from "@ant-design/icons";
import type { Import } from "@stork/contract/imports.ts";
import { Button, Progress } from "antd";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { DecisionCard } from "./decision-card.tsx";
import { isActive, useImport, useImportAction, usePresets } from "./queries.ts";
import { ImportStatusWord } from "./status-word.tsx";
import "./imports.css";

/** One import: how far, what came of every row, and what only a person can decide. */
export function ImportPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { import: id = "" } = useParams();
  const one = useImport(id);
  const presets = usePresets();
  const preset = presets.data?.items.find((each) => each.id === one.data?.preset);
  return (
    <Page
      name={say("data.imports")}
      title={
        one.data === undefined ? (
          "…"
        ) : (
          <span className="title-status">
            {preset === undefined ? one.data.preset : formats.say(preset.name)}{" "}
            <ImportStatusWord status={one.data.status} />
          </span>
        )
      }
      sub={
        one.data === undefined
          ? "\u00a0"
          : `${one.data.files.map((file) => file.name).join("、")} · ${formats.instant(one.data.startedAt)}`
      }
      back={<Link to={here.to("/data/imports")}>← {say("data.imports")}</Link>}
      actions={
        one.data !== undefined && isActive(one.data.status) && here.can("collect:write") && <Cancel id={id} />
      }
    >
      {one.isPending ? (
        <>
          <BoxSkeleton height={130} />
          <BoxSkeleton height={260} />
        </>
      ) : one.isError ? (
        <Trouble error={one.error} retry={() => void one.refetch()} />
      ) : (
        <Told data={one.data} />
      )}
    </Page>
  );
}

function Cancel({ id }: { id: string }) {
  const say = useSay();
  const action = useImportAction(id);
  return (
    <Button danger loading={action.isPending} onClick={() => action.mutate({ kind: "cancel" })}>
      {say("imports.cancel")}
    </Button>
  );
}

function Told({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const percent =
    data.bytesTotal === 0 ? 100 : Math.min(100, Math.round((data.bytesRead / data.bytesTotal) * 100));
  return (
    <>
      {data.error !== null && (
        <Notice tone="bad" title={say("imports.failed")} text={formats.say(data.error)} />
      )}
      {data.decisions.map((decision) => (
        <DecisionCard key={decision.id} id={data.id} decision={decision} />
      ))}
      <Panel>
        {isActive(data.status) && (
          <div className="import-progress">
            <Progress percent={percent} status="active" aria-label={say("imports.status.running")} />
            <span className="faint">
              {formats.bytes(data.bytesRead)} / {formats.bytes(data.bytesTotal)}
            </span>
          </div>
        )}
        <ul className="figures-row">
          <Figure name={say("imports.rows")} n={data.rows} />
          <Figure name={say("imports.added")} n={data.added} />
          <Figure name={say("imports.repeated")} n={data.repeated} />
          <Figure name={say("imports.refused")} n={data.refused} />
        </ul>
        {data.status === "done" && data.added === 0 && data.repeated > 0 && (
          <Notice tone="info" title={say("imports.nothingNew")} text={say("imports.nothingNewText")} />
        )}
      </Panel>
      <div className="grid-2">
        <Totals totals={data.totals} />
        <Remarks data={data} />
      </div>
    </>
  );
}

function Figure({ name, n }: { name: string; n: number }) {
  const formats = useFormats();
  return (
    <li>
      <span className="soft">{name}</span>
      <strong>{formats.number(n)}</strong>
    </li>
  );
}

const totalNames = [
  "trades",
  "orders",
  "buyers",
  "children",
  "persons",
  "families",
  "events",
  "products",
] as const;

function Totals({ totals }: { totals: Record<string, number> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const known = (kind: string) => totalNames.find((one) => one === kind);
  return (
    <Panel
      title={say("imports.totals")}
      extra={<Link to={here.to("/families")}>{say("imports.seeFamilies")}</Link>}
    >
      {Object.keys(totals).length === 0 ? (
        <p className="soft">{say("imports.noTotals")}</p>
      ) : (
        <dl className="facts">
          {Object.entries(totals).map(([kind, n]) => {
            const name = known(kind);
            return (
              <div className="fact" key={kind}>
                <dt>{name === undefined ? kind : say(`imports.total.${name}`)}</dt>
                <dd className="strong">{formats.number(n)}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </Panel>
  );
}

function Remarks({ data }: { data: Import }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const nothing = data.marks.length === 0 && data.reasons.length === 0;
  return (
    <Panel
      title={say("imports.remarks")}
      extra={
        data.refused > 0 && (
          <Button size="small" icon={<DownloadOutlined />} href={here.at(`/imports/${data.id}/refused.csv`)}>
            {say("imports.downloadRefused")}
          </Button>
        )
      }
    >
      {nothing && <p className="soft">{say("imports.noRemarks")}</p>}
      <ul className="remarks">
        {data.reasons.map((one) => (
          <li key={one.code}>
            <span className="status bad">{formats.say(one.label)}</span>
            <b>{formats.number(one.rows)}</b>
          </li>
        ))}
        {data.marks.map((one) => (
          <li key={one.code}>
            <span className="status warn">{formats.say(one.label)}</span>
            <b>{formats.number(one.rows)}</b>
          </li>
        ))}
      </ul>
      {data.marks.length > 0 && <p className="faint">{say("imports.marksHelp")}</p>}
    </Panel>
  );
}
