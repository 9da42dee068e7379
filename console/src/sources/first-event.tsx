import { CheckCircleFilled, LoadingOutlined } from "@ant-design/icons";
import type { Source } from "@stork/contract/sources.ts";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice } from "../ui/states.tsx";
import { snippets } from "./snippets.ts";
import { WriteKey } from "./write-key.tsx";

/** The guide to the first event: the key, what to paste, and a light that turns green by itself. Folds once it has. */
export function FirstEvent({ source }: { source: Source }) {
  const say = useSay();
  const arrived = source.first.state === "received";
  const [shown, setShown] = useState(!arrived);
  return (
    <Panel
      title={say(arrived ? "sources.how" : "sources.first")}
      extra={
        <>
          <Light source={source} />
          {arrived && (
            <Button size="small" type="text" onClick={() => setShown(!shown)} aria-expanded={shown}>
              {say(shown ? "ui.showLess" : "ui.showMore")}
            </Button>
          )}
        </>
      }
    >
      {!arrived && <RefusedFirst source={source} />}
      {shown && <Ways source={source} steps={!arrived} />}
      {!shown && <p className="soft">{say("sources.howText")}</p>}
    </Panel>
  );
}

function Light({ source }: { source: Source }) {
  const say = useSay();
  const formats = useFormats();
  const arrived = source.first.state === "received";
  const by = source.first.sdk;
  return (
    <span className={arrived ? "light on" : "light"} aria-live="polite">
      {arrived ? <CheckCircleFilled aria-hidden="true" /> : <LoadingOutlined aria-hidden="true" />}
      {say(arrived ? "sources.arrived" : "sources.listening")}
      {arrived && (by !== null || source.first.at !== null) && (
        <span className="faint hide-narrow">
          {[
            by === null ? null : `${by.name} ${by.version ?? ""}`.trim(),
            source.first.at === null ? null : formats.instant(source.first.at),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      )}
    </span>
  );
}

/** Something came and was not taken: the first thing to know while setting up. */
function RefusedFirst({ source }: { source: Source }) {
  const say = useSay();
  const formats = useFormats();
  const { refused, refusedAt } = source.first;
  if (refused === null) return null;
  return (
    <Notice
      tone="warn"
      title={say("sources.cameRefused", { reason: formats.say(refused.label) })}
      text={`${refusedAt === null ? "" : `${formats.instant(refusedAt)} · `}${say("sources.cameRefusedText")}`}
    />
  );
}

function Ways({ source, steps }: { source: Source; steps: boolean }) {
  const say = useSay();
  const here = useHere();
  const { language } = useFormats();
  const ready = snippets(source, window.location.origin, here.workspace.slug, language);
  const [way, setWay] = useState(ready[0]?.id);
  const chosen = ready.find((one) => one.id === way);
  if (chosen === undefined) return null;
  return (
    <ol className={steps ? "guide numbered" : "guide"}>
      <li>
        <strong>{say(source.kind === "api" ? "sources.step.apiKey" : "sources.step.key")}</strong>
        {source.kind === "api" ? (
          <p className="soft">{say("sources.step.apiKeyText")}</p>
        ) : (
          <WriteKey source={source} />
        )}
      </li>
      <li>
        <strong>{say("sources.step.paste")}</strong>
        {ready.length > 1 && (
          <div className="snippet-ways">
            <Segmented
              aria-label={say("sources.step.paste")}
              value={chosen.id}
              onChange={setWay}
              options={ready.map(({ id }) => ({ value: id, label: say(`sources.snippet.${id}`) }))}
            />
          </div>
        )}
        <div className="snippet">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <pre className="code" tabIndex={0}>
            {chosen.text}
          </pre>
          <CopyButton text={chosen.text} label={say("ui.copy")} />
        </div>
        <p className="faint">{say(`sources.snippetHelp.${chosen.id}`)}</p>
      </li>
      {steps && (
        <li>
          <strong>{say("sources.step.see")}</strong>
          <p className="soft">{say("sources.step.seeText")}</p>
        </li>
      )}
    </ol>
  );
}
