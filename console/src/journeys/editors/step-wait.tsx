import type { Step } from "@stork/contract/journeys.ts";
import { Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useSay } from "../../i18n/i18n.ts";
import { inUnit, minutesOf, type Unit, unitNames, unitOf } from "../draft.ts";
import type { PartEditorProps } from "./editor.ts";

type Wait = Extract<Step, { kind: "wait" }>;
const most = 366 * 1440;

/** So long, and then until a time of day. */
export function WaitEditor({ value, onChange }: PartEditorProps<Wait>) {
  const say = useSay();
  // Kept as it was chosen: 24 hours do not become a day while somebody types 240.
  const [unit, setUnit] = useState(unitOf(value.minutes));
  const change = (n: number, unit: Unit) =>
    onChange({ ...value, minutes: Math.min(minutesOf(n, unit), most) });
  const until = (at: string | undefined): Wait => {
    const { until: _, ...rest } = value;
    return at === undefined ? rest : { ...rest, until: at };
  };
  return (
    <div className="condition-line">
      <span>{say("journeys.step.wait.words")}</span>
      <InputNumber
        aria-label={say("journeys.step.wait.long")}
        className="short"
        min={0}
        max={inUnit(most, unit)}
        precision={0}
        value={inUnit(value.minutes, unit)}
        onChange={(typed) => change(typed ?? 0, unit)}
      />
      <Select
        aria-label={say("journeys.step.wait.unit")}
        value={unit}
        onChange={(next: Unit) => {
          change(Math.round(inUnit(value.minutes, unit)), next);
          setUnit(next);
        }}
        options={unitNames.map((one) => ({ value: one, label: say(`journeys.unit.${one}`) }))}
      />
      <Checkbox
        checked={value.until !== undefined}
        onChange={(event) => onChange(until(event.target.checked ? "10:00" : undefined))}
      >
        {say("journeys.step.wait.until")}
      </Checkbox>
      {value.until !== undefined && (
        <Input
          aria-label={say("journeys.step.wait.at")}
          className="time-of-day"
          type="time"
          value={value.until}
          onChange={({ target }) => target.value !== "" && onChange(until(target.value))}
        />
      )}
    </div>
  );
}
