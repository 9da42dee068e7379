import { type EntryChange, EntryStatus, Sensitivity, ValueType } from "@stork/contract/dictionary.ts";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

const fields = ["label", "meaning", "unit", "type", "sensitivity", "owner", "status"] as const;

/** Who changed what of an entry, the newest first. */
export function EntryHistory({ changes }: { changes: z.infer<typeof EntryChange>[] }) {
  const say = useSay();
  const formats = useFormats();
  const who = useWhoSaid();
  if (changes.length === 0) return <p className="soft">{say("dictionary.historyNothing")}</p>;
  const shown = (field: (typeof fields)[number], value: unknown): string => {
    if (typeof value === "string" && value !== "") {
      if (field === "status") return say(`dictionary.status.${EntryStatus.parse(value)}`);
      if (field === "sensitivity") return say(`dictionary.sensitivity.${Sensitivity.parse(value)}`);
      if (field === "type") return say(`dictionary.type.${ValueType.parse(value)}`);
    }
    return value === undefined || value === null || value === ""
      ? say("dictionary.blank")
      : typeof value === "object"
        ? Object.values(value).filter(Boolean).join(" / ") || say("dictionary.blank")
        : String(value);
  };
  return (
    <ol className="changes">
      {changes.map((change) => (
        <li key={`${change.at} ${change.by}`}>
          <span className="soft">
            {formats.instant(change.at)} · {who(change.by)}
          </span>
          <ul>
            {fields
              .filter((field) => field in change.after)
              .map((field) => (
                <li key={field}>
                  {say("dictionary.changed", {
                    field: say(`dictionary.field.${field}`),
                    before: shown(field, change.before[field]),
                    after: shown(field, change.after[field]),
                  })}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
