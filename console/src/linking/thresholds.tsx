import type { LinkThresholds } from "@stork/contract/linking.ts";
import { App, Button, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useSetThresholds } from "./queries.ts";

/** From which chance on a pair is asked about, counts as certain, and whether certain ones are joined by themselves. */
export function Thresholds({ present }: { present: LinkThresholds }) {
  const say = useSay();
  const here = useHere();
  const { message } = App.useApp();
  const set = useSetThresholds();
  const [chosen, setChosen] = useState(present);
  const change = (part: Partial<LinkThresholds>) => setChosen({ ...chosen, ...part });
  const disabled = !here.can("identity:write");
  const number = (key: "review" | "certain", [min, max]: [number, number]) => (
    <div>
      <label htmlFor={`link-${key}`}>{say(`linking.${key}`)}</label>{" "}
      <InputNumber
        {...{ id: `link-${key}`, disabled, step: 1, value: chosen[key] * 100, suffix: "%" }}
        min={min * 100}
        max={max * 100}
        onChange={(value) => change({ [key]: Number(((value ?? min * 100) / 100).toFixed(6)) })}
      />
      <p className="soft">{say(`linking.${key}Help`)}</p>
    </div>
  );
  const choice = (key: "joinCertain" | "automatic") => (
    <div className="row">
      <Switch
        {...{ disabled, checked: chosen[key] }}
        aria-label={say(`linking.${key}`)}
        onChange={(on) => change({ [key]: on })}
      />
      <span>
        {say(`linking.${key}`)} <span className="soft">{say(`linking.${key}Help`)}</span>
      </span>
    </div>
  );
  return (
    <div className="link-thresholds">
      {number("review", [0.05, 1])}
      {number("certain", [0.9, 1])}
      {choice("joinCertain")}
      {choice("automatic")}
      {!disabled && (
        <Button
          type="primary"
          loading={set.isPending}
          disabled={JSON.stringify(chosen) === JSON.stringify(present)}
          onClick={() =>
            set.mutate(chosen, {
              onSuccess: () => void message.success(say("linking.saved")),
              onError: (error) => void message.error(error.message),
            })
          }
        >
          {say("linking.save")}
        </Button>
      )}
    </div>
  );
}
