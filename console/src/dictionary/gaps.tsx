import type { Gaps as Found } from "@stork/contract/imputation.ts";
import { Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { ImputationPanel } from "./imputation-panel.tsx";
import { useGaps } from "./queries.ts";

/** Which fields have gaps: of an event, of persons, of a kind of record. One of them at a time is looked into. */
export function Gaps() {
  const say = useSay();
  const formats = useFormats();
  const [get, set] = useAddress();
  const asked = get("of");
  const gaps = useGaps(asked);
  if (gaps.isPending) return <RowsSkeleton rows={8} />;
  if (gaps.isError) return <Trouble error={gaps.error} retry={() => void gaps.refetch()} />;
  const { sets, of, rows, isAll, fields } = gaps.data;
  if (of === null)
    return <Teach title={say("dictionary.gapsNowhere")} text={say("dictionary.gapsNowhereText")} />;
  const chosen = fields.find(({ entry }) => entry === get("field"));
  return (
    <>
      <div className="page-filters">
        <Select
          className="gaps-of"
          showSearch
          optionFilterProp="label"
          aria-label={say("dictionary.gapsOf")}
          value={of}
          onChange={(next) => set({ of: next, field: null })}
          options={sets.map(({ id, label }) => ({ value: id, label: formats.say(label) }))}
        />
        <span className="soft">
          {say(isAll ? "dictionary.gapsAll" : "dictionary.gapsNewest", {
            n: formats.number(rows),
            count: rows,
          })}
        </span>
      </div>
      {chosen !== undefined && (
        <ImputationPanel
          key={chosen.entry}
          entry={chosen.entry}
          of={of}
          title={`${labelOf(chosen, formats.say)} · ${say("dictionary.gaps")}`}
        />
      )}
      {fields.length === 0 ? (
        <Teach title={say("dictionary.gapsNoFields")} text={say("dictionary.gapsNoFieldsText")} />
      ) : (
        <ul className="gaps-list" aria-label={say("dictionary.view.gaps")}>
          {fields
            .toSorted((a, b) => b.missing - a.missing)
            .map((field) => (
              <li key={field.entry}>
                <button
                  type="button"
                  aria-pressed={field.entry === chosen?.entry}
                  disabled={field.missing === 0}
                  onClick={() => set({ field: field.entry })}
                >
                  <span>
                    {labelOf(field, formats.say)}{" "}
                    {field.label !== null && <code className="faint">{field.name}</code>}
                  </span>
                  <meter
                    min={0}
                    max={Math.max(1, rows)}
                    value={field.missing}
                    aria-label={say("dictionary.gapsMissing")}
                  />
                  <span className={field.missing === 0 ? "soft" : ""}>
                    {field.missing === 0
                      ? say("dictionary.gapsNone")
                      : say("dictionary.gapsShare", {
                          n: formats.number(field.missing),
                          share: formats.percent(field.missing / Math.max(1, rows), 1),
                        })}
                  </span>
                </button>
              </li>
            ))}
        </ul>
      )}
    </>
  );
}

const labelOf = (
  { label, name }: Found["fields"][number],
  say: (words: { zh: string; en: string }) => string,
): string => (label === null ? name : say(label));
