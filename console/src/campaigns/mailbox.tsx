import { DemoMailbox } from "@stork/contract/mailbox.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { mailPage } from "./mail-page.ts";

/** What the demo's own mail server received; empty in every other workspace. */
export function useMailbox(live: boolean) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "mailbox"],
    queryFn: ({ signal }) => api.get(here.at("/mailbox"), DemoMailbox, { signal }),
    refetchInterval: live ? 3_000 : false,
    retry: false,
  });
}

/** The mails that a campaign of the demo really sent, to be read as they arrived. */
export function Mailbox({ mailbox }: { mailbox: DemoMailbox }) {
  const say = useSay();
  const formats = useFormats();
  const [chosen, setChosen] = useState<string | null>(null);
  const mail = mailbox.items.find((one) => one.id === chosen) ?? mailbox.items[0];
  if (mail === undefined) return null;
  return (
    <Panel title={say("campaigns.mailboxTitle", { n: formats.number(mailbox.total), count: mailbox.total })}>
      <div className="mailbox">
        <ul>
          {mailbox.items.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === mail.id} onClick={() => setChosen(one.id)}>
                <b>{one.subject}</b>
                <span className="soft">
                  {one.to} · {formats.time(one.receivedAt)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <iframe title={mail.subject} sandbox="" srcDoc={mailPage(mail.html)} />
      </div>
    </Panel>
  );
}
