import type { Person } from "@stork/contract/people.ts";
import { App, Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { useStateConsent } from "./queries.ts";
import { useWhoSaid } from "./who-said.ts";

/** What she agreed to, since when and where; withdrawn or granted on her behalf by those who may. */
export function Consents({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const { modal, message } = App.useApp();
  const whoSaid = useWhoSaid();
  const state = useStateConsent(person.id);
  const latest = [...person.consents].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  const granted = latest?.state === "granted";
  const ask = () =>
    void modal.confirm({
      title: say(granted ? "families.withdrawTitle" : "families.grantTitle"),
      content: say(granted ? "families.withdrawText" : "families.grantText"),
      okText: say(granted ? "families.withdraw" : "families.grant"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: granted },
      onOk: () =>
        state.mutateAsync(granted ? "withdrawn" : "granted").then(
          () => void message.success(say("ui.saved")),
          (error: Error) => void message.error(error.message),
        ),
    });
  return (
    <Panel
      title={say("families.consent")}
      extra={
        here.can("people:write") && (
          <Button size="small" onClick={ask} loading={state.isPending}>
            {say(granted ? "families.withdraw" : "families.grant")}
          </Button>
        )
      }
    >
      {latest === undefined ? (
        <p>
          <span className="status warn">{say("families.consentNone")}</span>
        </p>
      ) : (
        <>
          <p>
            <span className={granted ? "status good" : "status bad"}>
              {say(granted ? "families.consentGranted" : "families.consentWithdrawn")}
            </span>
          </p>
          <p className="faint">
            {say("families.consentBy", { at: formats.instant(latest.at), by: whoSaid(latest.by) })}
          </p>
        </>
      )}
    </Panel>
  );
}
