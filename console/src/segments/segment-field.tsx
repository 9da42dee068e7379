import { Select } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Choice, Field } from "../ui/field.tsx";
import { useSegments } from "./queries.ts";

/** Which saved segment, with what it says and how many are in it. */
export function SegmentField({ id, label, value, problem, onChange }: Choice & { label: string }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const segments = useSegments();
  const chosen = segments.data?.items.find((one) => one.id === value);
  return (
    <Field
      label={label}
      id={id}
      problem={problem}
      help={
        chosen === undefined ? (
          <Link to={here.to("/segments/new")}>{say("shell.newSegment")}</Link>
        ) : (
          `${formats.say(chosen.sentence)} · ${chosen.persons === null ? "…" : say("campaigns.families", { n: formats.number(chosen.persons), count: chosen.persons })}`
        )
      }
    >
      <Select
        id={id}
        className="full"
        showSearch={{ optionFilterProp: "label" }}
        placeholder={say("segments.chooseSegment")}
        loading={segments.isPending}
        value={value === "" ? null : value}
        onChange={onChange}
        options={(segments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
      />
    </Field>
  );
}
