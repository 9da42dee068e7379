import type { Operator, PropertyFilter } from "@stork/contract/segments.ts";
import { AutoComplete, InputNumber, Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";
import { categoryName } from "../../ui/category-name.ts";
import { fieldName } from "./field-name.ts";
import { NameSelect } from "./name-select.tsx";

type Type = "text" | "number" | "boolean";
export interface Known {
  name: string;
  type: Type;
  examples: string[];
}

const operators: Record<Type, readonly Operator[]> = {
  text: ["=", "!=", "in", "contains", "exists"],
  number: ["=", "!=", ">", ">=", "<", "<=", "exists"],
  boolean: ["=", "exists"],
};
const unknownType: readonly Operator[] = ["=", "!=", ">", ">=", "<", "<=", "in", "contains", "exists"];

/** A named value compared: what a property or a trait must be. Names and examples come from what has arrived. */
export function Filter({
  value,
  known,
  label,
  placeholder,
  onChange,
}: {
  value: PropertyFilter;
  known: readonly Known[];
  label: string;
  placeholder: string;
  onChange(next: PropertyFilter): void;
}) {
  const say = useSay();
  const found = known.find((one) => one.name === value.property);
  const rename = (property: string) => {
    const type = known.find((one) => one.name === property)?.type;
    const fits = type === undefined || operators[type].includes(value.op);
    onChange({
      property,
      op: fits ? value.op : "=",
      value: type === found?.type ? value.value : type === "boolean" ? true : undefined,
    });
  };
  const choose = (op: Operator) => {
    const list = Array.isArray(value.value);
    const next =
      op === "exists"
        ? undefined
        : op === "in"
          ? list
            ? value.value
            : value.value === undefined || value.value === ""
              ? []
              : [value.value as string]
          : list
            ? (value.value as string[])[0]
            : value.value;
    onChange({ ...value, op, value: next });
  };
  return (
    <>
      <NameSelect
        className="filter-name"
        label={label}
        placeholder={placeholder}
        value={value.property}
        known={known.map(({ name }) => ({ name, label: fieldName(name, say) }))}
        onChange={rename}
      />
      <Select
        aria-label={say("segments.operator")}
        className="filter-op"
        value={value.op}
        onChange={choose}
        options={(found === undefined ? unknownType : operators[found.type]).map((op) => ({
          value: op,
          label: say(`segments.op.${op}`),
        }))}
      />
      {value.op !== "exists" && <Operand value={value} known={found} onChange={onChange} />}
    </>
  );
}

function Operand({
  value,
  known,
  onChange,
}: {
  value: PropertyFilter;
  known: Known | undefined;
  onChange(next: PropertyFilter): void;
}) {
  const say = useSay();
  const label = say("segments.value");
  const ordered = [">", ">=", "<", "<="].includes(value.op);
  const named = value.property === "category";
  const examples = (known?.examples ?? []).map((one) => ({
    value: one,
    label: named ? categoryName(one, say) : one,
  }));
  if (value.op === "in") {
    return (
      <Select
        mode="tags"
        className="grow"
        aria-label={label}
        placeholder={label}
        value={Array.isArray(value.value) ? value.value.map(String) : []}
        onChange={(next: string[]) =>
          onChange({
            ...value,
            value: known?.type === "number" ? next.map(Number).filter((n) => !Number.isNaN(n)) : next,
          })
        }
        options={examples}
      />
    );
  }
  if (named && !ordered && value.op !== "contains") {
    return (
      <NameSelect
        className="filter-value"
        label={label}
        placeholder={label}
        value={typeof value.value === "string" ? value.value : ""}
        known={examples.map((one) => ({ name: one.value, label: one.label }))}
        onChange={(next) => onChange({ ...value, value: next })}
      />
    );
  }
  if (known?.type === "boolean") {
    return (
      <Select
        aria-label={label}
        value={value.value === true}
        onChange={(next: boolean) => onChange({ ...value, value: next })}
        options={[
          { value: true, label: say("ui.yes") },
          { value: false, label: say("ui.no") },
        ]}
      />
    );
  }
  if (known?.type === "number" || (ordered && known === undefined)) {
    return (
      <InputNumber
        aria-label={label}
        placeholder={label}
        value={typeof value.value === "number" ? value.value : null}
        onChange={(next) => onChange({ ...value, value: next ?? undefined })}
      />
    );
  }
  return (
    <AutoComplete
      className="filter-value"
      aria-label={label}
      placeholder={label}
      value={value.value === undefined ? "" : String(value.value)}
      onChange={(next: string) => onChange({ ...value, value: next })}
      options={examples}
    />
  );
}
