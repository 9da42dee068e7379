import type { Person } from "@stork/contract/people.ts";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { aboutWords } from "./about-words.ts";
import { useConsents } from "./queries.ts";

/** Every word, newest first, with the text that was read and the hash that proves it. */
export function Receipts({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const consents = useConsents(person.id);
  if (consents.isPending) return <BoxSkeleton height={240} />;
  if (consents.isError) return <Trouble error={consents.error} retry={() => void consents.refetch()} />;
  if (consents.data.receipts.length === 0) return <p className="soft">{say("privacy.consentsNone")}</p>;
  return consents.data.receipts.map((receipt) => (
    <article key={`${receipt.seq}-${receipt.at}`} className="receipt">
      <div className="consent-row">
        <b>{aboutWords(receipt, person, say, formats.language)}</b>
        <span className={receipt.state === "granted" ? "status good" : "status bad"}>
          {say(`privacy.${receipt.state}`)}
        </span>
      </div>
      <p className="soft">
        {say("families.consentBy", { at: formats.instant(receipt.at), by: whoSaid(receipt.by) })}
      </p>
      {receipt.text !== null && (
        <p>
          <span className="faint">{say("privacy.textShown", { version: receipt.text.version })}</span>
          <br />
          {formats.language === "en" ? receipt.text.en : receipt.text.zh}
        </p>
      )}
      {receipt.seq !== null && (
        <p className="faint">
          {say("privacy.receipt", { seq: receipt.seq })} <code>{receipt.hash}</code>
        </p>
      )}
    </article>
  ));
}
