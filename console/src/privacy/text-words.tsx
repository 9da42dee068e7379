import { type ConsentWord, type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import { Drawer, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { LoadMore, Paged } from "../ui/paged.tsx";
import { useTextWords } from "./queries.ts";
import { WhoOf } from "./who-of.tsx";

const shows = ["all", "granted", "withdrawn"] as const;

/** Who read this version of a text, what they said, and where they stand today. */
export function TextWords({ purpose, version, close }: { purpose: Purpose; version: number; close(): void }) {
  const say = useSay();
  const formats = useFormats();
  const [show, setShow] = useState<(typeof shows)[number]>("all");
  const words = useTextWords(purpose, version, show === "all" ? null : show);
  return (
    <Drawer
      open
      size={520}
      title={say("privacy.wordsTitle", { purpose: formats.say(purposeFacts[purpose].name) })}
      onClose={close}
    >
      <p className="soft words-version">
        {version === 0 ? say("privacy.textStandard") : say("privacy.textVersion", { version })}
      </p>
      <Segmented
        value={show}
        onChange={setShow}
        options={shows.map((value) => ({
          value,
          label: say(value === "all" ? "privacy.wordsAll" : `privacy.${value}`),
        }))}
      />
      <Paged query={words} skeleton={5} empty={<p className="soft words-none">{say("privacy.wordsNone")}</p>}>
        {(rows, more) => (
          <>
            <ul className="words">
              {rows.map((word) => (
                <Word key={`${word.person} ${word.at} ${word.channel} ${word.child}`} word={word} />
              ))}
            </ul>
            <LoadMore more={more} />
          </>
        )}
      </Paged>
    </Drawer>
  );
}

function Word({ word }: { word: ConsentWord }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { state, now, at, by, channel, child } = word;
  const about = [
    ...(channel === null ? [] : [say(`privacy.channel.${channel}`)]),
    ...(child === null ? [] : [say("privacy.aboutOne")]),
  ];
  return (
    <li>
      <div className="consent-row">
        <Link to={here.to(`/families/${word.person}`)}>
          <WhoOf face={word} />
        </Link>
        <span className={state === "granted" ? "status good" : "status bad"}>{say(`privacy.${state}`)}</span>
      </div>
      <small className="soft">
        {[say("families.consentBy", { at: formats.instant(at), by: whoSaid(by) }), ...about].join(" · ")}
      </small>
      {now !== state && <small className="words-now">{say(`privacy.now.${now}`)}</small>}
    </li>
  );
}
