import { InboxOutlined } from "@ant-design/icons";
import type { ImportPreview } from "@stork/contract/imports.ts";
import { Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, NoPermission, ProblemNote, Trouble } from "../ui/states.tsx";
import { droppedFiles } from "./dropped-files.ts";
import { PreviewStep } from "./preview-step.tsx";
import { usePresets, usePreviewFiles } from "./queries.ts";
import { UploadProgress } from "./upload-progress.tsx";
import "./imports.css";
import "./preview.css";

/** Drop the files, look at what would happen to every row, start. */
export function NewImportPage() {
  const say = useSay();
  const here = useHere();
  const [read, setRead] = useState<ImportPreview | null>(null);
  return (
    <Page
      title={say(read === null ? "imports.newTitle" : "imports.previewTitle")}
      sub={say("imports.newSub")}
      back={<Link to={here.to("/data/imports")}>← {say("data.imports")}</Link>}
    >
      {!here.can("collect:write") ? (
        <NoPermission />
      ) : read === null ? (
        <ChooseStep onRead={setRead} />
      ) : (
        <PreviewStep key={read.upload} first={read} onBack={() => setRead(null)} />
      )}
    </Page>
  );
}

function ChooseStep({ onRead }: { onRead(preview: ImportPreview): void }) {
  const say = useSay();
  const formats = useFormats();
  const [get, set] = useAddress();
  const presets = usePresets();
  const { preview, uploading, stop } = usePreviewFiles();
  if (presets.isPending) return <BoxSkeleton height={280} />;
  if (presets.isError) return <Trouble error={presets.error} retry={() => void presets.refetch()} />;
  const preset = get("preset") ?? "auto";
  const chosen = presets.data.items.find((one) => one.id === preset);
  const send = (files: readonly File[]) =>
    files.length > 0 && preview.mutate({ preset, files }, { onSuccess: onRead });
  return (
    <>
      {preview.isPending ? <UploadProgress uploading={uploading} onStop={stop} /> : <Drop onFiles={send} />}
      {preview.isError && <ProblemNote error={preview.error} />}
      <Panel title={say("imports.kind")}>
        <Select
          className="preset-select"
          aria-label={say("imports.kind")}
          showSearch
          optionFilterProp="label"
          value={preset}
          onChange={(next) => set({ preset: next === "auto" ? null : next })}
          options={[
            { value: "auto", label: say("imports.auto") },
            ...presets.data.items
              .filter((one) => one.id !== "auto")
              .map((one) => ({ value: one.id, label: formats.say(one.name) })),
          ]}
        />
        <p className="soft preset-text">
          {chosen === undefined ? say("imports.autoText") : formats.say(chosen.description)}
        </p>
        <p className="faint">{say("imports.known", { n: presets.data.items.length })}</p>
      </Panel>
    </>
  );
}

/** Old and other programs' workbooks too: whoever chooses one is told what to do with it. */
const accepted =
  ".csv,.zip,.gz,.txt,.tsv,.xlsx,.xlsm,.xls,.et,.ods,.numbers,.jsonl,.ndjson,.json,.parquet,text/csv";

function Drop({ onFiles }: { onFiles(files: File[]): void }) {
  const say = useSay();
  const [over, setOver] = useState(false);
  return (
    <label
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(onFiles);
      }}
    >
      <input
        type="file"
        multiple
        accept={accepted}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      <InboxOutlined aria-hidden="true" />
      <strong>{say("imports.drop")}</strong>
      <span className="soft">{say("imports.dropText")}</span>
    </label>
  );
}
