import type { DictionaryEntry } from "@stork/contract/dictionary.ts";
import { type ImputationAnswer, ImputationMethod } from "@stork/contract/imputation.ts";
import { Button, Select, Table, Tag } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useEntries, useImputation } from "./queries.ts";

/** For an analyst: what would stand where nothing stands. Nothing is written, and what was made up says so. */
export function ImputationPanel({ entry }: { entry: DictionaryEntry }) {
  const say = useSay();
  const [method, setMethod] = useState<ImputationMethod>("median");
  const [predictors, setPredictors] = useState<string[]>([]);
  const asked = useImputation();
  const siblings = useSiblings(entry);
  return (
    <Panel title={say("dictionary.gaps")}>
      <p className="soft">{say("dictionary.gapsSub")}</p>
      <div className="gaps-ask">
        <Select
          aria-label={say("dictionary.gapsMethod")}
          value={method}
          onChange={setMethod}
          options={ImputationMethod.options.map((one) => ({
            value: one,
            label: say(`dictionary.gaps.${one}`),
          }))}
        />
        {method === "multiple" && (
          <Select
            mode="multiple"
            className="gaps-predictors"
            aria-label={say("dictionary.gapsPredictors")}
            placeholder={say("dictionary.gapsPredictors")}
            value={predictors}
            onChange={setPredictors}
            maxCount={10}
            options={siblings.map((name) => ({ value: name, label: name }))}
          />
        )}
        <Button
          loading={asked.isPending}
          onClick={() => asked.mutate({ entry: entry.id, method, predictors, limit: 20 })}
        >
          {say("dictionary.gapsAsk")}
        </Button>
      </div>
      {asked.isError && <ProblemNote error={asked.error} />}
      {asked.data && <Answer answer={asked.data} />}
    </Panel>
  );
}

/** The other properties of the same event that are numbers. */
function useSiblings(entry: DictionaryEntry): string[] {
  const { id } = entry;
  const event = id.slice(0, id.indexOf("/") + 1);
  const found = useEntries({ kind: "property", status: null, query: entry.event ?? "" });
  return (found.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((one) => one.id.startsWith(event) && one.id !== id && one.type === "number")
    .map(({ name }) => name);
}

function Answer({ answer }: { answer: ImputationAnswer }) {
  const say = useSay();
  const formats = useFormats();
  const { field, rows, isAll, missing, declined, mean, filled } = answer;
  if (declined !== null) return <p role="status">{formats.say(declined.text)}</p>;
  const names = Object.keys(filled[0]?.values ?? {});
  return (
    <div role="status">
      <p>
        {say(isAll ? "dictionary.gapsFound" : "dictionary.gapsFoundOf", {
          missing: formats.number(missing),
          rows: formats.number(rows),
        })}
        {mean !== null &&
          ` ${say("dictionary.gapsMean", {
            mean: rounded(mean.estimate),
            low: rounded(mean.low),
            high: rounded(mean.high),
          })}`}
      </p>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: true }}
        rowKey="key"
        dataSource={filled.map((row, key) => ({ ...row, key }))}
        columns={[
          { title: say("dictionary.gapsAt"), render: (_, row) => formats.instant(row.at) },
          ...names.map((name) => ({
            title: name,
            render: (_: unknown, row: (typeof filled)[number]) => (
              <>
                {rounded(row.values[name])}
                {name === field && row.spread !== null && ` ± ${rounded(row.spread)}`}
                {row.imputed.includes(name) && (
                  <>
                    {" "}
                    <Tag color="gold">{say("dictionary.gapsImputed")}</Tag>
                  </>
                )}
              </>
            ),
          })),
        ]}
      />
    </div>
  );
}

const rounded = (value: unknown): string =>
  typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value ?? "");
