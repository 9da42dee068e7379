import { CloseOutlined } from "@ant-design/icons";
import type { PropertyFilter } from "@stork/contract/segments.ts";
import { Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { Filter, type Known } from "./editors/filter.tsx";

/** What the properties of an event must be, a line each. */
export function Filters({
  value,
  known,
  onChange,
}: {
  value: readonly PropertyFilter[];
  known: readonly Known[];
  onChange(next: PropertyFilter[]): void;
}) {
  const say = useSay();
  return value.map((filter, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: filters have no identity of their own, and hold no state
    <div className="condition-line inner" key={index}>
      <span>{say("segments.where")}</span>
      <Filter
        label={say("segments.property")}
        placeholder={say("segments.property")}
        known={known}
        value={filter}
        onChange={(next) => onChange(value.map((one, at) => (at === index ? next : one)))}
      />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={say("segments.removeFilter")}
        onClick={() => onChange(value.filter((_, at) => at !== index))}
      />
    </div>
  ));
}
