import { stages } from "@stork/contract/catalog.ts";
import type { Entry } from "@stork/contract/journeys.ts";
import { Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import { Field } from "../../ui/field.tsx";
import type { PartEditorProps } from "./editor.ts";

export function StageEntryEditor({
  id,
  value,
  onChange,
}: PartEditorProps<Extract<Entry, { kind: "stage" }>>) {
  const say = useSay();
  return (
    <Field label={say("journeys.entry.stage.words")} id={`${id}-stages`}>
      <Select
        id={`${id}-stages`}
        mode="multiple"
        className="full"
        placeholder={say("segments.chooseStages")}
        value={value.in}
        onChange={(next) => onChange({ ...value, in: stages.filter((one) => next.includes(one)) })}
        options={stages.map((stage) => ({ value: stage, label: say(`ui.stage.${stage}`) }))}
      />
    </Field>
  );
}
