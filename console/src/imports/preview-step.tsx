import type { ColumnMapping, ImportPreview, PreviewedFile } from "@stork/contract/imports.ts";
import { Button, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { useSettled } from "../ui/settled.ts";
import { ProblemNote } from "../ui/states.tsx";
import { FilePreview } from "./file-preview.tsx";
import { FilesList } from "./files-list.tsx";
import { type Choice, useOutlook, usePresets, useSavedMappings, useStartImport } from "./queries.ts";

/** What was read, what each column is, what each rule would do; nothing is kept before "start". */
export function PreviewStep({ first, onBack }: { first: ImportPreview; onBack(): void }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const navigate = useNavigate();
  const presets = usePresets();
  const saved = useSavedMappings();
  const start = useStartImport();
  const [choice, setChoice] = useState<Choice | null>(null);
  const settled = useSettled(choice, 300);
  const outlook = useOutlook(first, settled);
  const preview = outlook.data ?? first;
  const [looked, setLooked] = useState(first.files[0]?.name ?? "");
  const file = preview.files.find((one) => one.name === looked) ?? preview.files[0];
  const good = preview.files.filter((one) => one.problem === null);
  const refused = good.reduce((sum, one) => sum + one.outlook.refused, 0);
  const chosen: Choice = choice ?? { preset: first.preset, presets: {}, mappings: {}, sheets: {} };
  const busy = outlook.isFetching || settled !== choice;
  const go = () =>
    start.mutate(
      { upload: preview.upload, ...confirmed(chosen, good), files: good.map(({ name }) => name) },
      { onSuccess: (made) => void navigate(here.to(`/data/imports/${made.id}`)) },
    );
  // Beside others each file is read as what it is; one alone is what the whole import is.
  const asked = (name: string) => chosen.presets[name] ?? chosen.preset;
  const readAs = (name: string, preset: string): Choice => {
    const { [name]: _, ...mappings } = chosen.mappings;
    return preview.files.length > 1
      ? { ...chosen, mappings, presets: { ...chosen.presets, [name]: preset } }
      : { preset, presets: {}, mappings: {}, sheets: chosen.sheets };
  };
  return (
    <>
      {preview.files.length > 1 && (
        <FilesList
          files={preview.files}
          presets={presets.data?.items ?? []}
          looked={looked}
          onLook={setLooked}
        />
      )}
      {file !== undefined && (
        <FilePreview
          key={file.name}
          file={file}
          busy={busy}
          mapping={chosen.mappings[file.name] ?? file.mapping}
          onMap={(next: ColumnMapping[]) => {
            // Whoever changes a guess agrees to what it was made for.
            const { presets } = confirmed(chosen, [file]);
            setChoice({ ...chosen, presets, mappings: { ...chosen.mappings, [file.name]: next } });
          }}
          onSheet={(sheet) => {
            const { [file.name]: _, ...mappings } = chosen.mappings;
            setChoice({ ...chosen, mappings, sheets: { ...chosen.sheets, [file.name]: sheet } });
          }}
          head={
            <>
              {(saved.data?.items.length ?? 0) > 0 && asked(file.name) !== "auto" && (
                <Select
                  className="saved-mapping"
                  allowClear
                  aria-label={say("imports.useMapping")}
                  placeholder={say("imports.useMapping")}
                  value={chosen.mapping ?? file.savedMapping ?? undefined}
                  onChange={(name: string | undefined) => {
                    const { mapping: _, ...rest } = chosen;
                    setChoice({ ...rest, mappings: {}, ...(name === undefined ? {} : { mapping: name }) });
                  }}
                  options={saved.data?.items.map((one) => ({ value: one.name, label: one.name })) ?? []}
                />
              )}
              <Select
                className="preset-select"
                aria-label={say("imports.kind")}
                showSearch
                optionFilterProp="label"
                value={asked(file.name) === "auto" ? (file.readAs ?? "auto") : asked(file.name)}
                onChange={(preset) => setChoice(readAs(file.name, preset))}
                options={[
                  { value: "auto", label: say("imports.auto") },
                  ...(presets.data?.items ?? [])
                    .filter((one) => one.id !== "auto")
                    .map((one) => ({ value: one.id, label: formats.say(one.name) })),
                ]}
              />
            </>
          }
        />
      )}
      {outlook.isError && <ProblemNote error={outlook.error} />}
      {start.isError && <ProblemNote error={start.error} />}
      <Panel className="start-bar">
        <Button
          type="primary"
          size="large"
          onClick={go}
          loading={start.isPending}
          disabled={good.length === 0}
        >
          {say("imports.start")}
        </Button>
        <Button size="large" onClick={onBack}>
          {say("imports.otherFiles")}
        </Button>
        <span className="soft">
          {good.length === 0
            ? say("imports.startNone")
            : say("imports.startSum", { n: good.length, count: good.length })}
          {good.length > 0 &&
            good.length < preview.files.length &&
            ` ${say("imports.startWithout", { n: preview.files.length - good.length })}`}
          {refused > 0 && ` ${say("imports.startRefused", { n: formats.number(refused) })}`}
          {good.length > 0 && ` ${say("imports.startHelp")}`}
        </span>
      </Panel>
    </>
  );
}

/** The guesses that were on the screen when somebody pressed the button are what she said. */
function confirmed(chosen: Choice, files: readonly PreviewedFile[]): Choice {
  const presets = { ...chosen.presets };
  const mappings = { ...chosen.mappings };
  for (const { name, guessed, readAs, mapping } of files) {
    if (guessed !== true || !readAs) continue;
    presets[name] ??= readAs;
    mappings[name] ??= mapping;
  }
  return { ...chosen, presets, mappings };
}
