import "./picks.css";

export interface PickOption<Value extends string> {
  value: Value | null;
  label: string;
  count?: string | number;
}

/** A filter as buttons, one pressed: quicker to see and to change than a list that opens. */
export function Picks<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly PickOption<Value>[];
  value: Value | null;
  onChange(next: Value | null): void;
}) {
  return (
    <fieldset className="picks">
      <legend className="hidden">{label}</legend>
      {options.map((one) => (
        <button
          key={one.value ?? "*"}
          type="button"
          className="pick"
          aria-pressed={one.value === value}
          onClick={() => onChange(one.value)}
        >
          {one.label}
          {one.count !== undefined && <small>{one.count}</small>}
        </button>
      ))}
    </fieldset>
  );
}
