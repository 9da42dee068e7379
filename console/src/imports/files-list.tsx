import type { ImportPreset, PreviewedFile } from "@stork/contract/imports.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ShareBar } from "./share-bar.tsx";

/** Every file that was dropped, troubled ones first: what it was taken for and how it would fare; press one to look in. */
export function FilesList({
  files,
  presets,
  looked,
  onLook,
}: {
  files: readonly PreviewedFile[];
  presets: readonly ImportPreset[];
  looked: string;
  onLook(name: string): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const taken = (file: PreviewedFile) => {
    const preset = presets.find((one) => one.id === (file.readAs ?? file.likelyPreset));
    const parts = [
      preset === undefined ? null : formats.say(preset.name),
      file.recordLabel === null ? null : formats.say(file.recordLabel),
    ].filter(Boolean);
    if (file.lacks === "header") return say("imports.noHeader");
    if (file.lacks === "rows") return [...parts, say("imports.noRows")].join(" · ");
    if (parts.length === 0) return say("imports.unrecognised");
    const guess = file.guessed === true || file.problem !== null ? ` · ${say("imports.lookThrough")}` : "";
    return parts.join(" · ") + guess;
  };
  return (
    <Panel title={say("imports.filesN", { n: files.length, count: files.length })} className="files-panel">
      <ul className="files">
        {[...files]
          .sort((a, b) => Number(b.problem !== null) - Number(a.problem !== null))
          .map((file) => (
            <li key={file.name}>
              <button type="button" aria-pressed={file.name === looked} onClick={() => onLook(file.name)}>
                <span className="file-name">
                  <b className="one-line">{file.name}</b>
                  {file.locked === undefined ? (
                    <span className={file.problem === null ? "soft one-line" : "bad-text"}>
                      {file.problem === null || file.columns.length > 0
                        ? taken(file)
                        : formats.say(file.problem)}
                    </span>
                  ) : (
                    <span className="soft">{say("imports.asksPassword")}</span>
                  )}
                </span>
                {file.problem === null && (
                  <>
                    <ShareBar
                      parts={[
                        { id: "kept", tone: "good", n: file.outlook.kept, label: say("imports.keptWord") },
                        {
                          id: "refused",
                          tone: "bad",
                          n: file.outlook.refused,
                          label: say("imports.refused"),
                        },
                      ]}
                    />
                    <span className="faint nowrap file-sum">
                      {say("imports.keptOf", {
                        kept: formats.number(file.outlook.kept),
                        rows: formats.number(file.outlook.rows),
                        count: file.outlook.rows,
                      })}
                    </span>
                  </>
                )}
              </button>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
