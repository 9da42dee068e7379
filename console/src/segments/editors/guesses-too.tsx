import { Select } from "antd";
import { useSay } from "../../i18n/i18n.ts";

const shares = [0.3, 0.5, 0.7, 0.9];

/** Whether children guessed from purchases count too, and how sure the guess must be; only stated ones by default. */
export function GuessesToo({
  value,
  onChange,
}: {
  value: number | undefined;
  onChange: (least: number | undefined) => void;
}) {
  const say = useSay();
  return (
    <Select
      aria-label={say("segments.guesses")}
      value={value ?? 0}
      onChange={(least) => onChange(least === 0 ? undefined : least)}
      options={[
        { value: 0, label: say("segments.guesses.none") },
        ...[...new Set([...shares, ...(value === undefined ? [] : [value])])]
          .sort((a, b) => a - b)
          .map((least) => ({
            value: least,
            label: say("segments.guesses.from", { share: Math.round(least * 100) }),
          })),
      ]}
    />
  );
}
