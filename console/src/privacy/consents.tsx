import type { Person } from "@stork/contract/people.ts";
import type { Consent } from "@stork/contract/privacy.ts";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { aboutWords } from "./about-words.ts";
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
