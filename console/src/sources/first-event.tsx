import { CheckCircleFilled, LoadingOutlined } from "@ant-design/icons";
import type { Source } from "@stork/contract/sources.ts";
import { Segmented } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Panel } from "../ui/page.tsx";
import { snippets } from "./snippets.ts";

/** The write key, what to paste where, and a light that turns green when the first event is there. */
export function FirstEvent({ source }: { source: z.infer<typeof Source> }) {
  const say = useSay();
  const arrived = source.lastEventAt !== null;
  const ready = snippets(window.location.origin, source.writeKey);
  const [way, setWay] = useState(ready[0]?.id ?? "curl");
  const text = ready.find((one) => one.id === way)?.text ?? "";
  return (
    <Panel
      title={say("sources.first")}
      extra={
        <span className={arrived ? "light on" : "light"} aria-live="polite">
          {arrived ? <CheckCircleFilled aria-hidden="true" /> : <LoadingOutlined aria-hidden="true" />}
          {say(arrived ? "sources.arrived" : "sources.listening")}
        </span>
      }
    >
      <div className="write-key">
        <span className="soft">{say("sources.writeKey")}</span>
        <code>{source.writeKey}</code>
        <CopyButton text={source.writeKey} label={say("sources.copyKey")} />
      </div>
      <Segmented
        className="snippet-ways"
        value={way}
        onChange={setWay}
        options={ready.map(({ id }) => ({ value: id, label: say(`sources.snippet.${id}`) }))}
      />
      <div className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <pre className="code" tabIndex={0}>
          {text}
        </pre>
        <CopyButton text={text} label={say("ui.copy")} />
      </div>
      <p className="faint">{say("sources.firstHelp")}</p>
    </Panel>
  );
}
