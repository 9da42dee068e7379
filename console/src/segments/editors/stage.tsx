import { stages } from "@stork/contract/catalog.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import type { EditorProps } from "./editor.ts";
import { GuessesToo } from "./guesses-too.tsx";

export function StageEditor({ value, onChange }: EditorProps<Extract<Condition, { kind: "stage" }>>) {
  const say = useSay();
  return (
    <div className="condition-line">
      <span>{say("segments.kind.stage.words")}</span>
      <Select
        mode="multiple"
        className="grow"
        aria-label={say("segments.kind.stage")}
        placeholder={say("segments.chooseStages")}
        value={value.in}
        onChange={(next) => onChange({ ...value, in: stages.filter((one) => next.includes(one)) })}
        options={stages.map((stage) => ({ value: stage, label: say(`ui.stage.${stage}`) }))}
      />
      <GuessesToo value={value.inferred} onChange={(inferred) => onChange({ ...value, inferred })} />
    </div>
  );
}
