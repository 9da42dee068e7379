import type { Condition } from "@stork/contract/segments.ts";
import { Select } from "antd";
import { useParams } from "react-router";
import { useSay } from "../../i18n/i18n.ts";
import { useSegments } from "../queries.ts";
import type { EditorProps } from "./editor.ts";

export function MemberEditor({ value, onChange }: EditorProps<Extract<Condition, { kind: "member" }>>) {
  const say = useSay();
  const { segment: itself } = useParams();
  const segments = useSegments();
  return (
    <div className="condition-line">
      <span>{say("segments.kind.member.words")}</span>
      <Select
        className="grow"
        showSearch={{ optionFilterProp: "label" }}
        aria-label={say("segments.kind.member")}
        placeholder={say("segments.chooseSegment")}
        loading={segments.isPending}
        value={value.segment === "" ? null : value.segment}
        onChange={(segment) => onChange({ ...value, segment })}
        options={(segments.data?.items ?? [])
          .filter((one) => one.id !== itself)
          .map((one) => ({ value: one.id, label: one.name }))}
      />
    </div>
  );
}
