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
import { UnlockFile } from "./unlock-file.tsx";

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
  const [read, setRead] = useState({ preview: first, opened: 0 });
  const outlook = useOutlook(read.preview, read.opened, settled);
  const preview = outlook.data ?? read.preview;
  const [looked, setLooked] = useState(first.files[0]?.name ?? "");
  const file = preview.files.find((one) => one.name === looked) ?? preview.files[0];
  const good = preview.files.filter((one) => one.problem === null);
  const locked = preview.files.filter((one) => one.locked !== undefined);
  const left = preview.files.length - good.length - locked.length;
  const refused = good.reduce((sum, one) => sum + one.outlook.refused, 0);
  const chosen: Choice = choice ?? { preset: first.preset, presets: {}, mappings: {}, sheets: {} };
  const busy = outlook.isFetching || settled !== choice;
  const go = () =>
    start.mutate(
      { upload: preview.upload, ...confirmed(chosen, good), files: good.map(({ name }) => name) },
      { onSuccess: (made) => void navigate(here.to(`/data/imports/${made.id}`)) },
    );
  const opened = (now: ImportPreview) => {
    const before = new Set(preview.files.filter((one) => one.locked === undefined).map(({ name }) => name));
    setRead({ preview: now, opened: read.opened + 1 });
    setLooked(
      now.files.find(({ name, locked }) => locked === undefined && !before.has(name))?.name ?? looked,
    );
  };
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
          unlock={<UnlockFile upload={preview.upload} file={file} choice={chosen} onOpened={opened} />}
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
      <Panel className={good.length === 0 || file?.locked !== undefined ? "start-bar still" : "start-bar"}>
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
            ? say(locked.length > 0 ? "imports.startUnlock" : "imports.startNone")
            : say("imports.startSum", { n: good.length, count: good.length })}
          {good.length > 0 &&
            locked.length > 0 &&
            ` ${say("imports.startLocked", { n: locked.length, count: locked.length })}`}
          {good.length > 0 && left > 0 && ` ${say("imports.startWithout", { n: left, count: left })}`}
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
