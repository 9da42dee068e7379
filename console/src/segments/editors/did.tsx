import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import type { Condition, PropertyFilter } from "@stork/contract/segments.ts";
import { Button, InputNumber, Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import { EventName } from "../event-name.tsx";
import { Filters } from "../filters.tsx";
import { useVocabulary } from "../queries.ts";
import type { EditorProps } from "./editor.ts";
import { fieldName } from "./field-name.ts";
import type { Known } from "./filter.tsx";
import { NameSelect } from "./name-select.tsx";

type Did = Extract<Condition, { kind: "did" }>;
const comparisons = [">=", ">", "=", "<", "<=", "!="] as const;

/** What was done: the event, when, how often, with which properties, and for how much. */
export function DidEditor({ value, onChange }: EditorProps<Did>) {
  const say = useSay();
  const vocabulary = useVocabulary();
  const properties = vocabulary.data?.events.find((one) => one.name === value.event)?.properties ?? [];
  const filters = value.where ?? [];
  const setFilters = (next: PropertyFilter[]) =>
    onChange(without({ ...value, where: next }, next.length === 0 ? "where" : undefined));
  const numeric = properties.find((one) => one.type === "number")?.name ?? "amount";
  return (
    <div className="column tight">
      <div className="condition-line">
        <Within value={value} onChange={onChange} />
        <span>{say("segments.did")}</span>
        <EventName
          value={value.event}
          onChange={(event) => onChange({ ...without(value, "where"), event })}
        />
        <Select
          aria-label={say("segments.operator")}
          value={value.count?.op ?? ">="}
          onChange={(op) => onChange({ ...value, count: { op, value: value.count?.value ?? 1 } })}
          options={comparisons.map((op) => ({ value: op, label: say(`segments.op.${op}`) }))}
        />
        <InputNumber
          aria-label={say("segments.times")}
          className="short"
          min={0}
          precision={0}
          value={value.count?.value ?? 1}
          onChange={(typed) =>
            onChange({ ...value, count: { op: value.count?.op ?? ">=", value: typed ?? 0 } })
          }
        />
        <span>{say("segments.times")}</span>
      </div>
      <Filters known={properties} value={filters} onChange={setFilters} />
      {value.sum !== undefined && <Sum value={value} properties={properties} onChange={onChange} />}
      <div className="condition-adds">
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined />}
          onClick={() =>
            setFilters([...filters, { property: properties[0]?.name ?? "", op: "=", value: "" }])
          }
        >
          {say("segments.addFilter")}
        </Button>
        {value.sum === undefined && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            onClick={() => onChange({ ...value, sum: { property: numeric, op: ">=", value: 100 } })}
          >
            {say("segments.addSum")}
          </Button>
        )}
      </div>
    </div>
  );
}

function without(value: Did, part: "where" | "sum" | "withinDays" | undefined): Did {
  if (part === undefined) return value;
  const { [part]: _, ...rest } = value;
  return rest;
}

function Within({ value, onChange }: EditorProps<Did>) {
  const say = useSay();
  const choices = [7, 14, 30, 60, 90, 180, 365];
  const days = value.withinDays ?? 0;
  return (
    <Select
      aria-label={say("segments.within")}
      value={days}
      onChange={(next) =>
        onChange(next === 0 ? without(value, "withinDays") : { ...value, withinDays: next })
      }
      options={[...new Set([...choices, ...(days > 0 ? [days] : [])])]
        .sort((a, b) => a - b)
        .map((n) => ({ value: n, label: say("segments.withinDays", { n, count: n }) }))
        .concat({ value: 0, label: say("segments.ever") })}
    />
  );
}

function Sum({ value, properties, onChange }: EditorProps<Did> & { properties: readonly Known[] }) {
  const say = useSay();
  const sum = value.sum ?? { property: "", op: ">=" as const, value: 0 };
  return (
    <div className="condition-line inner">
      <span>{say("segments.sumOf")}</span>
      <NameSelect
        className="filter-name"
        label={say("segments.property")}
        value={sum.property}
        known={properties
          .filter((one) => one.type === "number")
          .map(({ name }) => ({ name, label: fieldName(name, say) }))}
        onChange={(property) => onChange({ ...value, sum: { ...sum, property } })}
      />
      <Select
        aria-label={say("segments.operator")}
        value={sum.op}
        onChange={(op) => onChange({ ...value, sum: { ...sum, op } })}
        options={comparisons.map((op) => ({ value: op, label: say(`segments.op.${op}`) }))}
      />
      <InputNumber
        aria-label={say("segments.value")}
        value={sum.value}
        onChange={(typed) => onChange({ ...value, sum: { ...sum, value: typed ?? 0 } })}
      />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={say("segments.removeFilter")}
        onClick={() => onChange(without(value, "sum"))}
      />
    </div>
  );
}
