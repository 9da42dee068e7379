import { PlusOutlined } from "@ant-design/icons";
import type { Entry } from "@stork/contract/journeys.ts";
import { Button } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import { EventName } from "../../segments/event-name.tsx";
import { Filters } from "../../segments/filters.tsx";
import { useVocabulary } from "../../segments/queries.ts";
import type { PartEditorProps } from "./editor.ts";

export function EventEntryEditor({ value, onChange }: PartEditorProps<Extract<Entry, { kind: "event" }>>) {
  const say = useSay();
  const vocabulary = useVocabulary();
  const known = vocabulary.data?.events.find((one) => one.name === value.event)?.properties ?? [];
  return (
    <div className="column tight">
      <div className="condition-line">
        <span>{say("journeys.entry.event.words")}</span>
        <EventName value={value.event} onChange={(event) => onChange({ ...value, event, where: [] })} />
      </div>
      <Filters known={known} value={value.where} onChange={(where) => onChange({ ...value, where })} />
      <div className="condition-adds">
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined />}
          onClick={() =>
            onChange({
              ...value,
              where: [...value.where, { property: known[0]?.name ?? "", op: "=", value: "" }],
            })
          }
        >
          {say("segments.addFilter")}
        </Button>
      </div>
    </div>
  );
}
