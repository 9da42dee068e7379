import type { Person } from "@stork/contract/people.ts";
import { type Consent, purposeFacts } from "@stork/contract/privacy.ts";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { type Say, useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { SayConsent } from "./consent-form.tsx";
import { PreferencePage } from "./preference-link.tsx";
import { Receipts } from "./receipts.tsx";
import "./privacy.css";

/** What she agreed to, by purpose, channel and child, since when and where; every word has its receipt. */
export function Consents({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const whoSaid = useWhoSaid();
  const [open, setOpen] = useState<"receipts" | "form" | null>(null);
  return (
    <Panel
      title={say("privacy.consents")}
      extra={
        here.can("people:write") && (
          <Button size="small" onClick={() => setOpen("form")}>
            {say("privacy.change")}
          </Button>
        )
      }
    >
      {person.consents.length === 0 && (
        <p>
          <span className="status warn">{say("privacy.consentsNone")}</span>
        </p>
      )}
      {person.consents.map((consent) => (
        <div key={aboutOf(consent)} className="consent-row">
          <span>
            {aboutWords(consent, person, say, formats.language)}
            <small>
              {say("families.consentBy", { at: formats.instant(consent.at), by: whoSaid(consent.by) })}
            </small>
          </span>
          <span className={consent.state === "granted" ? "status good" : "status bad"}>
            {say(`privacy.${consent.state}`)}
          </span>
        </div>
      ))}
      <div className="row">
        <Button type="link" size="small" className="flush" onClick={() => setOpen("receipts")}>
          {say("privacy.receipts")}
        </Button>
        {here.can("privacy:write") && <PreferencePage person={person.id} />}
      </div>
      <Drawer
        open={open === "receipts"}
        title={say("privacy.receiptsTitle")}
        onClose={() => setOpen(null)}
        destroyOnHidden
      >
        <Receipts person={person} />
      </Drawer>
      <SayConsent person={person} open={open === "form"} close={() => setOpen(null)} />
    </Panel>
  );
}

const aboutOf = ({ purpose, channel, child }: Consent): string =>
  `${purpose} ${channel ?? ""} ${child ?? ""}`;

/** 营销消息 · 邮件, 宝宝资料（宝宝 2）. */
export function aboutWords(
  {
    purpose,
    channel,
    child,
  }: { purpose: Consent["purpose"]; channel?: string | null | undefined; child?: string | null | undefined },
  person: Person,
  say: Say,
  language: string,
): string {
  const { zh, en } = purposeFacts[purpose].name;
  const name = language === "en" ? en : zh;
  const at = person.children.findIndex(({ id }) => id === child);
  const which =
    child === undefined || child === null
      ? ""
      : at === -1
        ? say("privacy.ofChildGone")
        : say("privacy.ofChild", { child: say("privacy.child", { n: at + 1 }) });
  const by =
    channel === undefined || channel === null
      ? ""
      : ` · ${say(`privacy.channel.${channel}` as "privacy.channel.sms")}`;
  return `${name}${by}${which}`;
}
