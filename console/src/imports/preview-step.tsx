import type { ColumnMapping, ImportPreset, ImportPreview, PreviewedFile } from "@stork/contract/imports.ts";
import { Button, Select, Tag } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { usePresets, useStartImport } from "./queries.ts";

/** What was read, which column is what, and what would happen to the rows; nothing is kept before "start". */
export function PreviewStep({ preview, onBack }: { preview: ImportPreview; onBack(): void }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const presets = usePresets();
  const start = useStartImport();
  const [mappings, setMappings] = useState<Record<string, ColumnMapping[]>>(() =>
    Object.fromEntries(preview.files.map((file) => [file.name, file.mapping])),
  );
  const targets = presets.data?.items.find((one) => one.id === preview.preset)?.targets ?? [];
  const good = preview.files.filter((file) => file.problem === null);
  const go = () =>
    start.mutate(
      {
        upload: preview.upload,
        preset: preview.preset,
        mappings: Object.fromEntries(good.map((file) => [file.name, mappings[file.name] ?? file.mapping])),
      },
      { onSuccess: (made) => void navigate(here.to(`/imports/${made.id}`)) },
    );
  return (
    <>
      {preview.files.map((file) => (
        <FilePreview
          key={file.name}
          file={file}
          targets={targets}
          mapping={mappings[file.name] ?? file.mapping}
          onMap={(next) => setMappings((before) => ({ ...before, [file.name]: next }))}
        />
      ))}
      {start.isError && <ProblemNote error={start.error} />}
      <div className="row wrap">
        <Button type="primary" onClick={go} loading={start.isPending} disabled={good.length === 0}>
          {say("imports.start")}
        </Button>
        <Button onClick={onBack}>{say("imports.otherFiles")}</Button>
        <span className="faint">{say("imports.startHelp")}</span>
      </div>
    </>
  );
}

function FilePreview({
  file,
  targets,
  mapping,
  onMap,
}: {
  file: PreviewedFile;
  targets: ImportPreset["targets"];
  mapping: ColumnMapping[];
  onMap(next: ColumnMapping[]): void;
}) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Panel
      title={
        <span className="row wrap">
          {file.name}
          {file.recordLabel !== null && <Tag color="cyan">{formats.say(file.recordLabel)}</Tag>}
        </span>
      }
      extra={
        <span className="faint">
          {[formats.bytes(file.bytes), file.encoding].filter(Boolean).join(" · ")}
        </span>
      }
    >
      {file.problem !== null && (
        <Notice tone="bad" title={say("imports.unreadable")} text={formats.say(file.problem)} />
      )}
      {file.problem === null && <Outlook outlook={file.outlook} />}
      {file.columns.length > 0 && (
        <section
          className="preview-rows"
          tabIndex={0 /* a scrolling region must be reachable by keyboard */}
          aria-label={say("imports.firstRows", { file: file.name })}
        >
          <table className="table">
            <thead>
              <tr>
                {file.columns.map((column, index) => (
                  <th key={column} scope="col">
                    <span className="column-name">{column}</span>
                    <Select
                      size="small"
                      className="target"
                      popupMatchSelectWidth={220}
                      aria-label={say("imports.meaning", { column })}
                      value={mapping[index]?.target ?? ""}
                      onChange={(target) =>
                        onMap(
                          file.columns.map((name, at) => ({
                            column: name,
                            target: at === index ? target || null : (mapping[at]?.target ?? null),
                          })),
                        )
                      }
                      options={[
                        { value: "", label: say("imports.ignored") },
                        ...targets.map((one) => ({
                          value: one.id,
                          label: `${formats.say(one.label)}${one.required ? " *" : ""}`,
                        })),
                      ]}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {file.rows.slice(0, 8).map((row, at) => (
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
      )}
    </Panel>
  );
}

function Outlook({ outlook }: { outlook: PreviewedFile["outlook"] }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <div className="outlook">
      <p>
        {say("imports.outlook", { rows: formats.number(outlook.rows), count: outlook.rows })}{" "}
        <b className="good-text">{say("imports.kept", { n: formats.number(outlook.kept) })}</b>
        {outlook.refused > 0 && (
          <b className="bad-text"> {say("imports.wouldRefuse", { n: formats.number(outlook.refused) })}</b>
        )}
      </p>
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
