import { type ConsentTexts, type Purpose, purposeFacts, purposes } from "@stork/contract/privacy.ts";
import { Button } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { Owing } from "./owing.tsx";
import { useConsentTexts } from "./queries.ts";
import { TextWords } from "./text-words.tsx";
import { WriteText } from "./write-text.tsx";
import "./privacy.css";

type Text = ConsentTexts["items"][number];

/** What she reads before she says yes or no: by purpose, in both languages, every version, and who read which. */
export function TextsPage() {
  const say = useSay();
  const texts = useConsentTexts();
  const [get, set] = useAddress();
  const [purpose, version] = (get("who") ?? "").split(".");
  const opened = purposes.find((one) => one === purpose);
  const owing = purposes.find((one) => one === get("owing"));
  return (
    <Page name={say("privacy.textsName")} title={say("privacy.textsTitle")} sub={say("privacy.textsSub")}>
      {texts.isPending ? (
        <div className="column">
          <BoxSkeleton height={170} />
          <BoxSkeleton height={170} />
          <BoxSkeleton height={170} />
        </div>
      ) : texts.isError ? (
        <Trouble error={texts.error} retry={() => void texts.refetch()} />
      ) : (
        <div className="column">
          {purposes.map((one) => (
            <OfPurpose
              key={one}
              purpose={one}
              versions={texts.data.items.filter((text) => text.purpose === one)}
            />
          ))}
        </div>
      )}
      {opened !== undefined && (
        <TextWords purpose={opened} version={Number(version) || 0} close={() => set({ who: null })} />
      )}
      {owing !== undefined && <Owing purpose={owing} close={() => set({ owing: null })} />}
    </Page>
  );
}

/** One purpose: what is read today, and what was read before. */
function OfPurpose({ purpose, versions }: { purpose: Purpose; versions: readonly Text[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [writing, setWriting] = useState(false);
  const [now, ...before] = versions;
  if (now === undefined) return null;
  const { name, basis, law } = purposeFacts[purpose];
  return (
    <Panel
      title={formats.say(name)}
      extra={
        here.can("privacy:write") && (
          <Button
            size="small"
            onClick={() => setWriting(true)}
            aria-label={`${say("privacy.rewrite")} ${formats.say(name)}`}
          >
            {say("privacy.rewrite")}
          </Button>
        )
      }
    >
      <p className="faint text-law">
        <span className="basis">{say(`privacy.basis.${basis}`)}</span> {law}
      </p>
      <Words text={now} />
      {before.length > 0 && (
        <details className="text-before">
          <summary>{say("privacy.textsBefore", { n: before.length, count: before.length })}</summary>
          {before.map((text) => (
            <Words key={text.version} text={text} />
          ))}
        </details>
      )}
      {writing && <WriteText text={now} close={() => setWriting(false)} />}
    </Panel>
  );
}

/** A version in both languages, whose it is, and how many stand behind it. */
function Words({ text }: { text: Text }) {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { purpose, version, zh, en, from, by, granted, withdrawn, againUntil } = text;
  const isAsked = purposeFacts[purpose].basis !== "contract";
  return (
    <div className="text-version">
      <div className="text-pair">
        <p lang="zh-CN">{zh}</p>
        <p lang="en">{en}</p>
      </div>
      <p className="soft row wrap">
        <span>
          {version === 0 ? say("privacy.textStandard") : say("privacy.textVersion", { version })}
          {from !== null && ` · ${say("privacy.textFrom", { at: formats.instant(from) })}`}
          {by !== null && ` · ${whoSaid(by)}`}
          {againUntil !== null && ` · ${say("privacy.againUntilDay", { day: formats.date(againUntil) })}`}
        </span>
        {text.owing > 0 && <StillOwing text={text} />}
        {isAsked && <Behind purpose={purpose} version={version} said={{ granted, withdrawn }} />}
      </p>
    </div>
  );
}

/** How many agreed to an earlier text and have not decided on this one. */
function StillOwing({ text: { purpose, owing } }: { text: Text }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [, set] = useAddress();
  const words = say("privacy.owing", { n: formats.number(owing), count: owing });
  if (!here.can("people:read")) return <span className="still-owing">{words}</span>;
  return (
    <Button type="link" size="small" className="flush still-owing" onClick={() => set({ owing: purpose })}>
      {words}
    </Button>
  );
}

function Behind({
  purpose,
  version,
  said: { granted, withdrawn },
}: {
  purpose: Purpose;
  version: number;
  said: { granted: number; withdrawn: number };
}) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [, set] = useAddress();
  if (granted + withdrawn === 0) return <span className="push faint">{say("privacy.nobodyRead")}</span>;
  const words = say("privacy.behind", {
    ...{ yes: formats.number(granted), no: formats.number(withdrawn) },
  });
  if (!here.can("people:read")) return <span className="push">{words}</span>;
  return (
    <Button
      type="link"
      size="small"
      className="flush push"
      onClick={() => set({ who: `${purpose}.${version}` })}
    >
      {words}
    </Button>
  );
}
