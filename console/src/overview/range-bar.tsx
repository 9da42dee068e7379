import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { useNarrow } from "../ui/narrow.ts";
import { comparisons, presets, readRange } from "./range.ts";

/** The date range and what it is compared with, both in the address. */
export function RangeBar({ today }: { today: string }) {
  const say = useSay();
  const formats = useFormats();
  const { workspace } = useHere();
  const narrow = useNarrow();
  const [get, set] = useAddress();
  const { range, preset, comparison } = readRange(get, today);
  return (
    <>
      <Select
        aria-label={say("overview.range")}
        value={preset ?? "custom"}
        style={{ width: 132 }}
        onChange={(chosen) =>
          set(
            chosen === "custom"
              ? { range: null, ...range }
              : { range: chosen === "30d" ? null : chosen, from: null, to: null },
          )
        }
        options={[
          ...presets.map((one) => ({ value: one, label: say(`overview.range.${one}`) })),
          { value: "custom", label: say("overview.range.custom") },
        ]}
      />
      {preset === null ? (
        <DatePicker.RangePicker
          value={[dayjs(range.from), dayjs(range.to)]}
          allowClear={false}
          maxDate={dayjs(today)}
          onChange={(picked) => {
            const [from, to] = picked ?? [];
            if (from && to)
              set({ range: null, from: from.format("YYYY-MM-DD"), to: to.format("YYYY-MM-DD") });
          }}
        />
      ) : (
        !narrow && (
          <span className="soft nowrap">
            {formats.date(range.from)} – {formats.date(range.to)}
          </span>
        )
      )}
      <Select
        aria-label={say("overview.compare")}
        value={comparison}
        style={{ width: 148 }}
        onChange={(chosen) => set({ compare: chosen === "previous" ? null : chosen })}
        options={comparisons.map((one) => ({ value: one, label: say(`overview.compare.${one}`) }))}
      />
      <span className="faint push">{say("ui.timeZone", { zone: workspace.timeZone })}</span>
    </>
  );
}
