import type { Entry } from "@stork/contract/journeys.ts";
import { Checkbox } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import { SegmentField } from "../../segments/segment-field.tsx";
import type { PartEditorProps } from "./editor.ts";

export function SegmentEntryEditor({
  id,
  value,
  onChange,
}: PartEditorProps<Extract<Entry, { kind: "segment" }>>) {
  const say = useSay();
  return (
    <>
      <SegmentField
        id={`${id}-segment`}
        label={say("campaigns.segment")}
        value={value.segment}
        problem={null}
        onChange={(segment) => onChange({ ...value, segment })}
      />
      <Checkbox
        checked={value.present}
        onChange={(event) => onChange({ ...value, present: event.target.checked })}
      >
        {say("journeys.entry.present")}
      </Checkbox>
    </>
  );
}
