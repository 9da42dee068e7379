import type { Step } from "@stork/contract/journeys.ts";
import { ChannelField } from "../../campaigns/channel-field.tsx";
import { ContentEditor } from "../../campaigns/content-editor.tsx";
import type { PartEditorProps } from "./editor.ts";

export function MessageEditor({ id, value, onChange }: PartEditorProps<Extract<Step, { kind: "message" }>>) {
  return (
    <>
      <ChannelField
        id={`${id}-channel`}
        value={value.channel}
        problem={null}
        onChange={(channel) => onChange({ ...value, channel })}
      />
      <ContentEditor
        id={id}
        content={value.content}
        errors={[]}
        onChange={(content) => onChange({ ...value, content })}
      />
    </>
  );
}
