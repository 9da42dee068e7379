import type { Condition } from "@stork/contract/segments.ts";
import { InputNumber, Select } from "antd";
import { useState } from "react";
import { useSay } from "../../i18n/i18n.ts";
import { daysOfMonths, monthsOfDays } from "../draft.ts";
import type { EditorProps } from "./editor.ts";
import { GuessesToo } from "./guesses-too.tsx";

type Unit = "months" | "days";

/** The age of any child, typed in months or in days, kept in days. */
export function ChildAgeEditor({ value, onChange }: EditorProps<Extract<Condition, { kind: "childAge" }>>) {
  const say = useSay();
  const wholeMonths = monthsOfDays(value.fromDays) !== null && monthsOfDays(value.toDays) !== null;
  const [unit, setUnit] = useState<Unit>(wholeMonths ? "months" : "days");
  const shown = (days: number) => (unit === "days" ? days : Math.round((days / 30.4375) * 10) / 10);
  const kept = (typed: number | null) =>
    typed === null ? 0 : unit === "days" ? Math.round(typed) : daysOfMonths(typed);
  const wrong = value.fromDays > value.toDays;
  return (
    <div className="condition-line">
      <span>{say("segments.kind.childAge.words")}</span>
      <InputNumber
        aria-label={say("segments.ageFrom")}
        value={shown(value.fromDays)}
        min={unit === "days" ? -400 : -13}
        max={unit === "days" ? 10_000 : 328}
        onChange={(typed) => onChange({ ...value, fromDays: kept(typed) })}
      />
      <span>–</span>
      <InputNumber
        aria-label={say("segments.ageTo")}
        value={shown(value.toDays)}
        min={unit === "days" ? -400 : -13}
        max={unit === "days" ? 10_000 : 328}
        {...(wrong ? { status: "error" as const } : {})}
        onChange={(typed) => onChange({ ...value, toDays: kept(typed) })}
      />
      <Select
        aria-label={say("segments.ageUnit")}
        value={unit}
        onChange={setUnit}
        options={[
          { value: "months", label: say("segments.months") },
          { value: "days", label: say("segments.days") },
        ]}
      />
      <GuessesToo value={value.inferred} onChange={(inferred) => onChange({ ...value, inferred })} />
      {wrong && <span className="wrong">{say("segments.ageWrong")}</span>}
    </div>
  );
}
