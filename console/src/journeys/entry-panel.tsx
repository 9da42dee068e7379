import type { Entry, EntryKind } from "@stork/contract/journeys.ts";
import { InputNumber, Radio, Segmented } from "antd";
import type { ComponentType } from "react";
import { useSay } from "../i18n/i18n.ts";
import { Panel } from "../ui/page.tsx";
import { type Draft, entryBeginnings, type Missing } from "./draft.ts";
import type { PartEditorProps } from "./editors/editor.ts";
import { entryEditors } from "./editors/entries.ts";

const kinds = Object.keys(entryEditors) as EntryKind[];

/** Who comes in, and how often the same person may. */
export function EntryPanel({
  draft: { entry, reentry },
  missing,
  onChange,
}: {
  draft: Draft;
  missing: Missing | null;
  onChange(part: Partial<Draft>): void;
}) {
  const say = useSay();
  const Editor = entryEditors[entry.kind] as ComponentType<PartEditorProps<Entry>>;
  return (
    <Panel title={say("journeys.section.entry")}>
      <div className="column">
        <Segmented
          className="journey-kinds"
          aria-label={say("journeys.section.entry")}
          value={entry.kind}
          onChange={(kind) => onChange({ entry: entryBeginnings[kind] })}
          options={kinds.map((kind) => ({ value: kind, label: say(`journeys.entry.${kind}`) }))}
        />
        <div>
          <Editor id="entry" value={entry} onChange={(entry) => onChange({ entry })} />
          {missing !== null && <p className="wrong">{say(`journeys.rule.${missing}`)}</p>}
        </div>
        <div className="field">
          <span className="field-label">{say("journeys.reentry")}</span>
          <div className="condition-line">
            <Radio.Group
              aria-label={say("journeys.reentry")}
              value={reentry.kind}
              onChange={({ target }) =>
                onChange({
                  reentry: target.value === "once" ? { kind: "once" } : { kind: "every", days: 90 },
                })
              }
              options={[
                { value: "once", label: say("journeys.reentry.once") },
                { value: "every", label: say("journeys.reentry.every") },
              ]}
            />
            {reentry.kind === "every" && (
              <>
                <InputNumber
                  aria-label={say("segments.days")}
                  className="short"
                  min={1}
                  max={366}
                  precision={0}
                  value={reentry.days}
                  onChange={(days) => onChange({ reentry: { kind: "every", days: days ?? 1 } })}
                />
                <span>{say("journeys.reentry.days")}</span>
              </>
            )}
          </div>
          <p className="faint">{say("journeys.reentryHelp")}</p>
        </div>
      </div>
    </Panel>
  );
}
