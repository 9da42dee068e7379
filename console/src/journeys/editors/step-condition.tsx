import type { Step } from "@stork/contract/journeys.ts";
import { useSay } from "../../i18n/i18n.ts";
import { GroupEditor } from "../../segments/condition-editor.tsx";
import { asGroup } from "../../segments/draft.ts";
import type { PartEditorProps } from "./editor.ts";

/** Who fits goes on; the others leave. In the words of segments. */
export function ConditionEditor({ value, onChange }: PartEditorProps<Extract<Step, { kind: "condition" }>>) {
  const say = useSay();
  return (
    <>
      <p className="faint">{say("journeys.step.condition.words")}</p>
      <GroupEditor value={asGroup(value.where)} onChange={(where) => onChange({ ...value, where })} />
    </>
  );
}
