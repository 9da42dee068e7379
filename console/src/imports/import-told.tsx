import { DownloadOutlined } from "@ant-design/icons";
import type { Import } from "@stork/contract/imports.ts";
import { Button } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";

/** What the files held, counted by kind. */
export function Totals({ data }: { data: Import }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  return (
    <Panel
      title={say("imports.totals")}
      extra={<Link to={here.to("/families")}>{say("imports.seeFamilies")}</Link>}
    >
      {Object.keys(data.totals).length === 0 ? (
        <p className="soft">{say("imports.noTotals")}</p>
      ) : (
        <dl className="facts">
          {Object.entries(data.totals).map(([kind, n]) => (
            <div className="fact" key={kind}>
              <dt>{formats.say(data.totalLabels[kind] ?? { zh: kind, en: kind })}</dt>
              <dd className="strong">{formats.number(n)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

/** Why rows were refused, each a way into the quarantine; and what was marked. */
export function RefusedAndMarked({ data }: { data: Import }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const nothing = data.marks.length === 0 && data.reasons.length === 0;
  return (
    <Panel
      title={say("imports.remarks")}
      extra={
        // Rows that were mended, given up or taken back with the import wait nowhere.
        data.inQuarantine > 0 && (
          <>
            <Link to={here.to(`/data/quarantine?import=${data.id}`)}>
              {say("imports.mend", { n: formats.number(data.inQuarantine) })}
            </Link>
            <Button
              size="small"
              type="text"
              icon={<DownloadOutlined />}
              href={here.at(`/imports/${data.id}/refused.csv`)}
              aria-label={say("imports.downloadRefused")}
            />
          </>
        )
      }
    >
      {nothing && <p className="soft">{say(data.rows === 0 ? "imports.noRowsYet" : "imports.noRemarks")}</p>}
      <ul className="remarks">
        {data.reasons.map((one) => (
          <li key={one.code}>
            <span className="status bad">{formats.say(one.label)}</span>
            {data.inQuarantine > 0 ? (
              <Link
                to={here.to(`/data/quarantine?import=${data.id}&code=${encodeURIComponent(one.code)}`)}
                aria-label={`${formats.say(one.label)} ${formats.number(one.rows)}`}
              >
                <b>{formats.number(one.rows)}</b>
              </Link>
            ) : (
              <b>{formats.number(one.rows)}</b>
            )}
          </li>
        ))}
        {data.marks.map((one) => (
          <li key={one.code}>
            <span className="status warn">{formats.say(one.label)}</span>
            <b>{formats.number(one.rows)}</b>
          </li>
        ))}
      </ul>
      {data.refused > 0 && data.inQuarantine === 0 && data.status === "done" && (
        <p className="faint">{say("imports.allHandled")}</p>
      )}
      {data.marks.length > 0 && <p className="faint">{say("imports.marksHelp")}</p>}
    </Panel>
  );
}

/** Each file as it was read, and the way to it as it was sent. */
export function FilesRead({ data }: { data: Import }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  return (
    <Panel title={say("imports.files")}>
      <ul className="files-read">
        {data.files.map((file, at) => (
          <li key={file.name}>
            <b>{file.name}</b>
            <span className="soft">
              {[
                say(`imports.format.${file.format}`),
                file.encoding === null || file.encoding === "" ? null : file.encoding.toUpperCase(),
                file.sheet,
                formats.bytes(file.bytes),
              ]
                .filter((one) => one !== null)
                .join(" · ")}
            </span>
            <span className="num">
              {say("imports.rowsN", { n: formats.number(file.rows), count: file.rows })}
              {file.raw && here.can("people:reveal") && (
                <Button
                  size="small"
                  type="text"
                  icon={<DownloadOutlined />}
                  href={here.at(`/imports/${data.id}/files/${at}`)}
                  aria-label={say("imports.downloadRaw", { file: file.name })}
                  title={
                    file.raw.until === null
                      ? say("imports.rawKept")
                      : say("imports.rawUntil", { date: formats.date(formats.dayOf(file.raw.until)) })
                  }
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
