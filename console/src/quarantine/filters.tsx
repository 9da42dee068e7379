import {
  type QuarantineFilter,
  QuarantineState,
  type QuarantineSummary,
} from "@stork/contract/quarantine.ts";
import { Select, Tag } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Picks } from "../ui/picks.tsx";

/** State as buttons; reason and source as lists with their counts; an import as a tag that can be taken off. */
export function Filters({
  filter,
  summary,
  onChange,
}: {
  filter: QuarantineFilter;
  summary: QuarantineSummary | undefined;
  onChange(changes: Record<string, string | null>): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const state = filter.state ?? "open";
  const groups = summary?.groups ?? [];
  const count = (of: QuarantineState) => groups.reduce((sum, one) => sum + one[of], 0);
  const options = (
    key: (one: (typeof groups)[number]) => string,
    name: (one: (typeof groups)[number]) => string,
  ) => {
    const found = new Map<string, { label: string; n: number }>();
    for (const one of groups) {
      const before = found.get(key(one));
      found.set(key(one), { label: name(one), n: (before?.n ?? 0) + one[state] });
    }
    return [...found]
      .sort(([, a], [, b]) => b.n - a.n)
      .map(([value, { label, n }]) => ({ value, label: `${label} · ${formats.number(n)}` }));
  };
  return (
    <div className="page-filters">
      <Picks
        label={say("quarantine.state")}
        value={state}
        onChange={(next) => onChange({ state: next === "open" ? null : next })}
        options={QuarantineState.options.map((one) => ({
          value: one,
          label: say(`quarantine.state.${one}`),
          ...(summary === undefined ? {} : { count: formats.compact(count(one)) }),
        }))}
      />
      <Select
        className="quarantine-filter"
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label={say("quarantine.reason")}
        placeholder={say("quarantine.anyReason")}
        value={filter.code}
        onChange={(code: string | undefined) => onChange({ code: code ?? null })}
        options={options(
          (one) => one.code,
          (one) => formats.say(one.reason),
        )}
      />
      <Select
        className="quarantine-filter"
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label={say("quarantine.source")}
        placeholder={say("quarantine.anySource")}
        value={filter.source}
        onChange={(source: string | undefined) => onChange({ source: source ?? null })}
        options={options(
          (one) => one.source.id,
          (one) => one.source.name,
        )}
      />
      {filter.import !== undefined && (
        <Tag closable onClose={() => onChange({ import: null })} className="import-tag">
          {say("quarantine.ofImport")}
        </Tag>
      )}
    </div>
  );
}
