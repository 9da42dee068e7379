import { DownloadOutlined } from "@ant-design/icons";
import { type ImputationAnswer, ImputationMethod } from "@stork/contract/imputation.ts";
import { App, Button, Select, Table, Tag } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { csv, download } from "../ui/download.ts";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useGaps, useImputation } from "./queries.ts";

/** One more than the newest rows that are looked at. */
const everyRow = 20_001;
const shownRows = 20;

/**
 * For an analyst: what would stand where nothing stands. Nothing is written, and what was made up says so, here and in
 * the file that is taken along. `of`: the set of rows that the field stands in.
 */
export function ImputationPanel({ entry, of, title }: { entry: string; of: string; title: string }) {
  const say = useSay();
  const { message } = App.useApp();
  const [method, setMethod] = useState<ImputationMethod>("median");
  const [predictors, setPredictors] = useState<string[]>([]);
  const gaps = useGaps(of, method === "multiple");
  const asked = useImputation();
  const whole = useImputation();
  const fields = gaps.data?.of === of ? gaps.data.fields : [];
  const numbers = fields.filter((one) => one.isNumber && one.entry !== entry).map(({ name }) => name);
  const question = {
    ...{ entry, method },
    predictors: method === "multiple" ? predictors : [],
  };
  const takeAlong = () =>
    whole.mutate(
      { ...question, whole: true, limit: everyRow },
      {
        onSuccess: (answer) => {
          if (answer !== null) download(`${answer.field}-${method}.csv`, tableOf(answer));
        },
        onError: (error) => void message.error(error.message),
      },
    );
  return (
    <Panel title={title}>
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
            loading={gaps.isPending}
            options={numbers.map((name) => ({ value: name, label: name }))}
          />
        )}
        <Button
          type="primary"
          loading={asked.isPending}
          onClick={() => asked.mutate({ ...question, limit: shownRows })}
        >
          {say("dictionary.gapsAsk")}
        </Button>
        {asked.data !== undefined && asked.data !== null && asked.data.declined === null && (
          <Button
            icon={<DownloadOutlined aria-hidden="true" />}
            loading={whole.isPending}
            onClick={takeAlong}
          >
            {say("dictionary.gapsWhole")}
          </Button>
        )}
      </div>
      {asked.isError && <ProblemNote error={asked.error} />}
      {asked.data && <Answer answer={asked.data} />}
    </Panel>
  );
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
          count: missing,
        })}
        {mean !== null &&
          ` ${say("dictionary.gapsMean", {
            mean: rounded(mean.estimate),
            low: rounded(mean.low),
            high: rounded(mean.high),
          })}`}
        {missing > filled.length && ` ${say("dictionary.gapsShown", { n: formats.number(filled.length) })}`}
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

/** Every row, completed; the last columns say which of its values was made up, and how unsure it is. */
function tableOf({ filled }: ImputationAnswer): string {
  const names = Object.keys(filled[0]?.values ?? {});
  return csv(
    ["at", ...names, "imputed", "spread"],
    filled.map(({ at, values, imputed, spread }) => [
      at,
      ...names.map((name) => cell(values[name])),
      imputed.join(" "),
      spread,
    ]),
  );
}

const cell = (value: unknown): string | number | null =>
  value === null || value === undefined
    ? null
    : typeof value === "number" || typeof value === "string"
      ? value
      : JSON.stringify(value);

const rounded = (value: unknown): string =>
  typeof value === "number"
    ? String(Number(value.toPrecision(6)))
    : typeof value === "object" && value !== null
      ? JSON.stringify(value)
      : String(value ?? "");
