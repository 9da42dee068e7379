import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import { Select, Tag } from "antd";
import type { ReactNode } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice } from "../ui/states.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { RulesTable } from "./rules-table.tsx";
import { SaveMapping } from "./save-mapping.tsx";
import { ShareBar } from "./share-bar.tsx";

/** One file before it is imported: how it was read, how its rows would fare, what each rule and column is. */
export function FilePreview({
  file,
  busy,
  mapping,
  onMap,
  onSheet,
  head,
  unlock,
}: {
  file: PreviewedFile;
  busy: boolean;
  mapping: readonly ColumnMapping[];
  onMap(next: ColumnMapping[]): void;
  onSheet(sheet: string): void;
  head: ReactNode;
  /** Shown for a file that asks for a password. */
  unlock: ReactNode;
}) {
  const say = useSay();
  const formats = useFormats();
  return (
    <>
      <Panel
        title={
          <span className="row wrap">
            {file.name}
            {file.recordLabel !== null && <Tag>{formats.say(file.recordLabel)}</Tag>}
          </span>
        }
        extra={file.locked === undefined ? head : undefined}
      >
        <p className="faint how-read">
          <HowRead file={file} />
          {file.sheets.length > 1 && (
            <Select
              size="small"
              className="sheet"
              aria-label={say("imports.sheet")}
              value={file.sheet}
              onChange={(sheet: string | null) => sheet !== null && onSheet(sheet)}
              options={file.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            />
          )}
        </p>
        {file.sheets.length > 1 && (
          <p className="faint">
            {say("imports.otherSheets", {
              names: file.sheets
                .filter((sheet) => sheet !== file.sheet)
                .join(formats.language === "en" ? ", " : "、"),
            })}
          </p>
        )}
        {file.guessed === true && (
          <Notice
            tone="warn"
            title={say("imports.guessed", {
              kind: file.recordLabel === null ? "" : formats.say(file.recordLabel),
            })}
            text={say("imports.guessedText")}
          />
        )}
        {file.locked !== undefined ? (
          unlock
        ) : file.problem === null ? (
          <Outlook outlook={file.outlook} busy={busy} />
        ) : file.lacks ? (
          <Notice
            tone={file.lacks === "rows" ? "warn" : "bad"}
            title={say(file.lacks === "rows" ? "imports.noRows" : "imports.noHeader")}
            text={formats.say(file.problem)}
          />
        ) : // Where its columns are known, what is missing stands over them.
        file.columns.length > 0 && file.record !== null ? null : (
          <Notice
            tone="bad"
            title={say(file.columns.length > 0 ? "imports.unknownForm" : "imports.unreadable")}
            text={
              file.columns.length === 0
                ? formats.say(file.problem)
                : say(isUncut(file) ? "imports.uncut" : "imports.unknownFormText")
            }
          />
        )}
      </Panel>
      {file.columns.length > 0 && !file.lacks && (
        <Panel
          title={say("imports.columns")}
          extra={<SaveMapping file={file} mapping={mapping} />}
          className="columns-panel"
        >
          <ColumnsTable file={file} mapping={mapping} onMap={onMap} />
          <RawRows file={file} />
        </Panel>
      )}
      {file.outlook.rules.length > 0 && (
        <Panel title={say("imports.rules")} className="rules-panel">
          <p className="soft panel-lead">
            {say("imports.rulesText", { n: formats.number(file.outlook.rows), count: file.outlook.rows })}
          </p>
          <RulesTable rules={file.outlook.rules} label={say("imports.rules")} />
        </Panel>
      )}
    </>
  );
}

/** A header of one column that names several: the rows below are cut by another sign than it is. */
const isUncut = ({ columns: [only = "", ...others] }: PreviewedFile): boolean =>
  others.length === 0 && /[^,;|\t][,;|\t][^,;|\t]/.test(only);

function HowRead({ file }: { file: PreviewedFile }) {
  const say = useSay();
  const formats = useFormats();
  const told = [
    formats.bytes(file.bytes),
    file.locked === undefined ? say(`imports.format.${file.format}`) : null,
    file.encoding === "" ? null : file.encoding.toUpperCase(),
    file.headerLine > 1 ? say("imports.headerLine", { n: file.headerLine }) : null,
    (file.mergedCells ?? 0) > 0
      ? say("imports.mergedCells", { n: formats.number(file.mergedCells ?? 0), count: file.mergedCells ?? 0 })
      : null,
    file.skipped.above > 0
      ? say("imports.skippedAbove", { n: file.skipped.above, count: file.skipped.above })
      : null,
    file.skipped.notes > 0
      ? say("imports.skippedNotes", { n: file.skipped.notes, count: file.skipped.notes })
      : null,
    file.skipped.totals > 0
      ? say("imports.skippedTotals", { n: file.skipped.totals, count: file.skipped.totals })
      : null,
  ];
  return <>{told.filter((one) => one !== null).join(" · ")}</>;
}

function Outlook({ outlook, busy }: { outlook: PreviewedFile["outlook"]; busy: boolean }) {
  const say = useSay();
  const formats = useFormats();
  const marked = outlook.marks.reduce((sum, one) => sum + one.rows, 0);
  const clean = Math.max(0, outlook.kept - marked);
  return (
    <div className="outlook" aria-live="polite" aria-busy={busy ? "true" : undefined}>
      <p className="outlook-lead">
        {say("imports.outlook", { rows: formats.number(outlook.rows), count: outlook.rows })}{" "}
        <b className="good-text">{say("imports.kept", { n: formats.number(outlook.kept) })}</b>
        {outlook.refused > 0 && (
          <b className="bad-text"> {say("imports.wouldRefuse", { n: formats.number(outlook.refused) })}</b>
        )}
        {outlook.records > 0 && outlook.records < outlook.kept && (
          <span className="soft">
            {" "}
            {say("imports.records", { n: formats.number(outlook.records), count: outlook.records })}
          </span>
        )}
        {busy && <span className="faint"> {say("imports.again")}</span>}
      </p>
      <ShareBar
        parts={[
          { id: "clean", tone: "good", n: clean, label: say("imports.keptWord") },
          {
            id: "marked",
            tone: "warn",
            n: Math.min(marked, outlook.kept),
            label: say("imports.rule.marked"),
          },
          { id: "refused", tone: "bad", n: outlook.refused, label: say("imports.refused") },
        ]}
      />
      <ul>
        {outlook.reasons.map((one) => (
          <li key={one.code}>
            <span className="status bad">{formats.say(one.label)}</span> {formats.number(one.rows)}
          </li>
        ))}
        {outlook.marks.map((one) => (
          <li key={one.code}>
            <span className="status warn">{formats.say(one.label)}</span> {formats.number(one.rows)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function RawRows({ file }: { file: PreviewedFile }) {
  const say = useSay();
  return (
    <details className="raw-rows">
      <summary>{say("imports.raw", { n: file.rows.length, count: file.rows.length })}</summary>
      <section
        className="preview-rows"
        tabIndex={0 /* a scrolling region must be reachable by keyboard */}
        aria-label={say("imports.firstRows", { file: file.name })}
      >
        <table className="table">
          <thead>
            <tr>
              {file.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no identity but their place
              <tr key={at}>
                {file.columns.map((column, index) => (
                  <td key={column} title={row[index]}>
                    {row[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
