import { CheckOutlined } from "@ant-design/icons";
import type { ColumnMapping, PreviewedFile } from "@stork/contract/imports.ts";
import type { MappingSuggestion } from "@stork/contract/mappings.ts";
import { Button, Select } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useSuggestions } from "./queries.ts";

const usual = 14;

/** What each column becomes: its name, a few of its values, the choice, and why it was suggested. */
export function ColumnsTable({
  file,
  mapping,
  onMap,
}: {
  file: PreviewedFile;
  mapping: readonly ColumnMapping[];
  onMap(next: ColumnMapping[]): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const suggestions = useSuggestions(file.columns, file.rows);
  const [all, setAll] = useState(false);
  const targetOf = (column: string) => mapping.find((one) => one.column === column)?.target ?? null;
  // What is used comes first: files of forty columns have ten that matter.
  const order = [...file.columns].sort((a, b) => Number(targetOf(b) !== null) - Number(targetOf(a) !== null));
  const used = order.filter((column) => targetOf(column) !== null).length;
  const shown = all ? file.columns : order.slice(0, Math.max(used, usual));
  const missing = file.targets.filter(
    (target) => target.required && !mapping.some((one) => one.target === target.id),
  );
  const set = (column: string, target: string | null) =>
    onMap(
      file.columns.map((name) => ({
        column: name,
        // A target is taken from one column: choosing it elsewhere moves it.
        target: name === column ? target : targetOf(name) === target ? null : targetOf(name),
      })),
    );
  return (
    <>
      {missing.length > 0 && (
        <p className="wrong" role="alert">
          {say("imports.missing", {
            names: missing
              .map((one) =>
                [one.label, ...(one.unless ? [one.unless] : [])].map(formats.say).join(say("imports.or")),
              )
              .join(formats.language === "en" ? ", " : "、"),
          })}
        </p>
      )}
      <ul className="columns">
        {shown.map((column) => (
          <li key={column} className={targetOf(column) === null ? "unused" : undefined}>
            <div className="column-head">
              <b>{column}</b>
              <span className="faint one-line">{samples(file, column)}</span>
            </div>
            <Select
              className="target"
              aria-label={say("imports.meaning", { column })}
              showSearch
              optionFilterProp="label"
              value={targetOf(column) ?? ""}
              onChange={(target: string) => set(column, target === "" ? null : target)}
              options={[
                { value: "", label: say("imports.ignored") },
                ...file.targets.map((one) => ({
                  value: one.id,
                  label: `${formats.say(one.label)}${one.required ? " *" : ""}`,
                })),
              ]}
            />
            <Why
              suggestion={suggestions.data?.columns.find((one) => one.column === column)}
              file={file}
              target={targetOf(column)}
              onTake={(target) => set(column, target)}
            />
          </li>
        ))}
      </ul>
      {shown.length < file.columns.length && (
        <Button type="text" size="small" onClick={() => setAll(true)}>
          {say("imports.moreColumns", {
            n: file.columns.length - shown.length,
            count: file.columns.length - shown.length,
          })}
        </Button>
      )}
    </>
  );
}

function samples(file: PreviewedFile, column: string): string {
  const at = file.columns.indexOf(column);
  const values = file.rows.map((row) => row[at] ?? "").filter((value) => value !== "");
  return [...new Set(values)].slice(0, 3).join(" · ");
}

/** Why a column was taken for what it is, how surely, and another reading when there is one. */
function Why({
  suggestion,
  file,
  target,
  onTake,
}: {
  suggestion: MappingSuggestion | undefined;
  file: PreviewedFile;
  target: string | null;
  onTake(target: string): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const label = (id: string) => {
    const found = file.targets.find((one) => one.id === id);
    return found === undefined ? null : formats.say(found.label);
  };
  if (suggestion === undefined || suggestion.target === null) return <span className="column-why" />;
  const sure = formats.percent(suggestion.confidence, 0);
  if (suggestion.target === target)
    return (
      <span className="column-why soft">
        <CheckOutlined aria-hidden="true" /> {formats.say(suggestion.reason)} · {sure}
      </span>
    );
  const other = label(suggestion.target);
  if (other === null) return <span className="column-why" />;
  const better = suggestion.target;
  return (
    <span className="column-why">
      <Button size="small" type="dashed" onClick={() => onTake(better)}>
        {say("imports.suggest", { target: other, sure })}
      </Button>
      <span className="faint">{formats.say(suggestion.reason)}</span>
    </span>
  );
}
