import type { Entry } from "@stork/contract/journeys.ts";
import { Input, InputNumber, Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import type { PartEditorProps } from "./editor.ts";

type DateEntry = Extract<Entry, { kind: "date" }>;

/** So many days before or after a due date or birthday, at a time of that day. */
export function DateEntryEditor({ value, onChange }: PartEditorProps<DateEntry>) {
  const say = useSay();
  const after = value.offsetDays >= 0;
  const days = Math.abs(value.offsetDays);
  // Minus nought is not what the day itself is called.
  const change = (days: number, after: boolean) =>
    onChange({ ...value, offsetDays: after || days === 0 ? days : -days });
  return (
    <div className="condition-line">
      <Select
        aria-label={say("journeys.entry.date.of")}
        value={value.of}
        onChange={(of: DateEntry["of"]) => onChange({ ...value, of })}
        options={(["due", "birthday"] as const).map((of) => ({
          value: of,
          label: say(`journeys.entry.date.${of}`),
        }))}
      />
      <Select
        aria-label={say("journeys.entry.date.side")}
        value={after ? "after" : "before"}
        onChange={(side) => change(Math.max(days, side === "before" ? 1 : 0), side === "after")}
        options={(["before", "after"] as const).map((side) => ({
          value: side,
          label: say(`journeys.entry.date.${side}`),
        }))}
      />
      <InputNumber
        aria-label={say("segments.days")}
        className="short"
        min={after ? 0 : 1}
        max={300}
        precision={0}
        value={days}
        onChange={(typed) => change(typed ?? (after ? 0 : 1), after)}
      />
      <span>{say("segments.days")}</span>
      <Input
        aria-label={say("journeys.entry.date.at")}
        className="time-of-day"
        type="time"
        value={value.at}
        onChange={({ target }) => target.value !== "" && onChange({ ...value, at: target.value })}
      />
    </div>
  );
}
