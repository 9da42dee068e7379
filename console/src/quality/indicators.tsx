import { dimensions, type Indicator } from "@stork/contract/quality.ts";
import { App, Button, Input, Switch } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { RowsSkeleton, Trouble } from "../ui/states.tsx";
import { figureText } from "./figure-text.ts";
import { useChangeIndicator, useIndicators } from "./queries.ts";

type One = z.infer<typeof Indicator>;

/** Everything that is watched, by dimension: what it counts, from when it alarms, and whether it is on. */
export function Indicators() {
  const say = useSay();
  const indicators = useIndicators();
  if (indicators.isPending) return <RowsSkeleton rows={10} />;
  if (indicators.isError) return <Trouble error={indicators.error} retry={() => void indicators.refetch()} />;
  return (
    <>
      <p className="soft">{say("quality.indicatorsText", { n: indicators.data.items.length })}</p>
      {dimensions.map((dimension) => (
        <Panel key={dimension} title={say(`quality.dimension.${dimension}`)}>
          <p className="soft panel-lead">{say(`quality.dimensionText.${dimension}`)}</p>
          <ul className="indicators">
            {indicators.data.items
              .filter((one) => one.dimension === dimension)
              .map((one) => (
                <Line key={one.id} indicator={one} />
              ))}
          </ul>
        </Panel>
      ))}
    </>
  );
}

function Line({ indicator }: { indicator: One }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const change = useChangeIndicator();
  const name = formats.say(indicator.name);
  return (
    <li className={indicator.off ? "off" : undefined}>
      <div>
        <b>{name}</b> <span className="faint">{say(`quality.scope.${indicator.scope}`)}</span>
        <p className="soft">{formats.say(indicator.definition)}</p>
        <p className="faint">{formats.say(indicator.needs)}</p>
      </div>
      <Threshold indicator={indicator} />
      <Switch
        checked={!indicator.off}
        loading={change.isPending}
        disabled={!here.can("collect:write")}
        aria-label={say("quality.watch", { name })}
        onChange={(on) =>
          change.mutate(
            { id: indicator.id, change: { off: !on } },
            { onError: (error: Error) => void message.error(error.message) },
          )
        }
      />
    </li>
  );
}

/** A share is written in percent, everything else as it is. */
function Threshold({ indicator }: { indicator: One }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const change = useChangeIndicator();
  const [text, setText] = useState<string | null>(null);
  const factor = indicator.unit === "share" ? 100 : 1;
  const current = indicator.ownThreshold ?? indicator.threshold;
  const value = text === null || text.trim() === "" ? null : Number(text);
  const wrong = value !== null && !(value >= 0);
  const save = () =>
    change.mutate(
      { id: indicator.id, change: { ownThreshold: value === null ? null : value / factor } },
      {
        onSuccess: () => setText(null),
        onError: (error: Error) => void message.error(error.message),
      },
    );
  if (text === null)
    return (
      <span className="threshold">
        {current === null ? (
          <span className="soft">{say("quality.learnedOnly")}</span>
        ) : (
          <span>
            {figureText(current, indicator.unit, formats)}
            {indicator.ownThreshold !== null && <span className="faint"> {say("quality.own")}</span>}
          </span>
        )}
        {here.can("collect:write") && (
          <Button
            size="small"
            type="text"
            aria-label={`${say("ui.edit")} ${formats.say(indicator.name)}`}
            onClick={() => setText(current === null ? "" : String(current * factor))}
          >
            {say("ui.edit")}
          </Button>
        )}
      </span>
    );
  return (
    <form
      className="threshold"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) save();
      }}
    >
      <Input
        autoFocus
        size="small"
        inputMode="decimal"
        status={wrong ? "error" : ""}
        value={text}
        aria-label={say("quality.threshold")}
        placeholder={say("quality.defaultThreshold")}
        suffix={indicator.unit === "share" ? "%" : indicator.unit === "minutes" ? "min" : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="small" htmlType="submit" loading={change.isPending} disabled={wrong}>
        {say("ui.save")}
      </Button>
      <Button size="small" type="text" onClick={() => setText(null)}>
        {say("ui.cancel")}
      </Button>
    </form>
  );
}
