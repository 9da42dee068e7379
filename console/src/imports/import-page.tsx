import type { Import } from "@stork/contract/imports.ts";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { DecisionCard } from "./decision-card.tsx";
import { ImportActions } from "./import-actions.tsx";
import { Running } from "./import-running.tsx";
import { FilesRead, RefusedAndMarked, Totals } from "./import-told.tsx";
import { useImport } from "./queries.ts";
import { RulesTable } from "./rules-table.tsx";
import { ShareBar } from "./share-bar.tsx";
import { ImportStatusWord } from "./status-word.tsx";
import "./imports.css";
import "./preview.css";

/** One import: how far, what came of every row, what only a person can decide, and the way back. */
export function ImportPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { import: id = "" } = useParams();
  const one = useImport(id);
  return (
    <Page
      name={say("data.imports")}
      title={
        one.data === undefined ? (
          "…"
        ) : (
          <span className="title-status">
            {formats.say(one.data.presetName)} <ImportStatusWord status={one.data.status} />
          </span>
        )
      }
      sub={one.data === undefined ? "\u00a0" : <Sub data={one.data} />}
      back={<Link to={here.to("/data/imports")}>← {say("data.imports")}</Link>}
      actions={one.data !== undefined && here.can("collect:write") && <ImportActions data={one.data} />}
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

function Sub({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const [first] = data.files;
  const files =
    data.files.length > 1
      ? say("imports.filesN", { n: data.files.length, count: data.files.length })
      : (first?.name ?? "");
  const who = data.startedBy === null ? null : say("imports.by", { name: data.startedBy });
  return <>{[files, formats.instant(data.startedAt), who].filter((one) => one !== null).join(" · ")}</>;
}

function Told({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <>
      {data.error !== null && (
        <Notice tone="bad" title={say("imports.failed")} text={formats.say(data.error)} />
      )}
      {data.status === "undone" && (
        <Notice tone="info" title={say("imports.undone")} text={say("imports.undoneText")} />
      )}
      {data.decisions.map((decision) => (
        <DecisionCard key={decision.id} id={data.id} decision={decision} />
      ))}
      <Running data={data} />
      <Rows data={data} />
      <div className="grid-2">
        <Totals data={data} />
        <RefusedAndMarked data={data} />
      </div>
      {data.rules.length > 0 && (
        <Panel title={say("imports.rulesDone")} className="rules-panel">
          <RulesTable rules={data.rules} label={say("imports.rulesDone")} />
        </Panel>
      )}
      <FilesRead data={data} />
    </>
  );
}

/** Where every row went: one bar, and its parts in figures. */
function Rows({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const parts = [
    { id: "added", tone: "good", n: data.added },
    { id: "changed", tone: "soft", n: data.changed },
    { id: "repeated", tone: "faint", n: data.repeated },
    { id: "refused", tone: "bad", n: data.refused },
  ] as const;
  return (
    <Panel>
      <ul className="figures-row">
        <li>
          <span className="soft">{say("imports.rows")}</span>
          <strong>{formats.number(data.rows)}</strong>
        </li>
        {parts.map((one) => (
          <li key={one.id}>
            <span className={`soft part tone-${one.tone}`}>{say(`imports.${one.id}`)}</span>
            <strong>{formats.number(one.n)}</strong>
          </li>
        ))}
      </ul>
      <ShareBar parts={parts.map((one) => ({ ...one, label: say(`imports.${one.id}`) }))} />
      <p className="faint rows-note">
        {[
          data.merged > 0
            ? say("imports.mergedNote", {
                merged: formats.number(data.merged),
                records: formats.number(data.records),
                count: data.merged,
              })
            : null,
          data.skipped.above > 0
            ? say("imports.skippedAbove", { n: data.skipped.above, count: data.skipped.above })
            : null,
          data.skipped.totals > 0
            ? say("imports.skippedTotals", { n: data.skipped.totals, count: data.skipped.totals })
            : null,
          data.skipped.notes > 0
            ? say("imports.skippedNotes", { n: data.skipped.notes, count: data.skipped.notes })
            : null,
        ]
          .filter((one) => one !== null)
          .join(" · ")}
      </p>
      {data.status === "done" && data.added === 0 && data.changed === 0 && data.repeated > 0 && (
        <Notice tone="info" title={say("imports.nothingNew")} text={say("imports.nothingNewText")} />
      )}
    </Panel>
  );
}
