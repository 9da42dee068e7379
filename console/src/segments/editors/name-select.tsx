import { Select } from "antd";
import { useState } from "react";

interface Known {
  name: string;
  label: string;
  hint?: string;
}

/** Chooses a name among those that have arrived, shown in words; one that has not arrived yet may be typed. */
export function NameSelect({
  value,
  known,
  label,
  placeholder,
  className,
  onChange,
}: {
  value: string;
  known: readonly Known[];
  label: string;
  placeholder?: string;
  className: string;
  onChange(name: string): void;
}) {
  const [typed, setTyped] = useState("");
  const labels = new Map(known.map((one) => [one.name, one]));
  const names = [...new Set([...labels.keys(), value, typed.trim()])].filter((name) => name !== "");
  return (
    <Select
      className={className}
      aria-label={label}
      placeholder={placeholder}
      popupMatchSelectWidth={240}
      value={value === "" ? null : value}
      onChange={(name: string) => {
        setTyped("");
        onChange(name);
      }}
      showSearch={{
        onSearch: setTyped,
        filterOption: (text, option) => (option?.words ?? "").includes(text.toLowerCase()),
      }}
      options={names.map((name) => {
        const shown = labels.get(name)?.label ?? name;
        return { value: name, label: shown, words: `${name} ${shown}`.toLowerCase() };
      })}
      optionRender={(option) => {
        const hint = labels.get(String(option.value))?.hint;
        return (
          <span className="option-line">
            {option.label}
            <small>{hint ?? (option.label === option.value ? "" : option.value)}</small>
          </span>
        );
      }}
    />
  );
}
