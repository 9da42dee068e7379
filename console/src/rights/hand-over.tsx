import type { Explanation, RightsRequestPage } from "@stork/contract/rights.ts";
import { Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useDownload, useExplanation, useMakeLink } from "./queries.ts";

/** The copy and the explanation, for the requests that are answered by handing them over. */
export function HandOver({ request }: { request: RightsRequestPage }) {
  const say = useSay();
  const here = useHere();
  const link = useMakeLink(request.id);
  const take = useDownload(request.id);
  const why = useExplanation(request.id);
  if (request.kind !== "copy" && request.kind !== "access" && request.kind !== "explain") return null;
  const error = link.error ?? take.error ?? why.error;
  return (
    <div className="rights-hand">
      <div className="row">
        {request.kind !== "explain" && (
          <>
            <Button loading={link.isPending} onClick={() => link.mutate()}>
              {say("rights.makeLink")}
            </Button>
            {here.can("people:reveal") && (
              <Button loading={take.isPending} onClick={() => take.mutate()}>
                {say("rights.download")}
              </Button>
            )}
          </>
        )}
        {request.kind !== "copy" && (
          <Button loading={why.isPending} onClick={() => why.mutate()}>
            {say("rights.showWhy")}
          </Button>
        )}
      </div>
      {error !== null && <ProblemNote error={error} />}
      {link.data !== undefined && (
        <p className="rights-link">
          <span className="soft">{say("rights.linkMade")}</span>
          <code>{link.data.url}</code> <CopyButton text={link.data.url} label={say("rights.linkMade")} />
        </p>
      )}
      {why.data !== undefined && <Why explanation={why.data} />}
    </div>
  );
}

function Why({ explanation }: { explanation: Explanation }) {
  const say = useSay();
  const formats = useFormats();
  const { segments, campaigns, children } = explanation;
  return (
    <div className="rights-why">
      <h3>{say("rights.segments")}</h3>
      {segments.length === 0 && <p className="soft">{say("rights.noSegments")}</p>}
      <ul>
        {segments.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong> {formats.say(one.condition)}
            <span className="soft">
              {one.facts.map(({ name, value }) => ` · ${name} = ${value}`)} ·{" "}
              {say("rights.since", { at: formats.instant(one.since) })}
            </span>
          </li>
        ))}
      </ul>
      <h3>{say("rights.campaigns")}</h3>
      {campaigns.length === 0 && <p className="soft">{say("rights.noCampaigns")}</p>}
      <ul>
        {campaigns.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong> {formats.say(one.words)}{" "}
            <span className="soft">{formats.instant(one.at)}</span>
          </li>
        ))}
      </ul>
      <h3>{say("rights.children")}</h3>
      {children.length === 0 && <p className="soft">{say("rights.noChildren")}</p>}
      <ul>
        {children.map((one) => (
          <li key={one.id}>{formats.say(one.words)}</li>
        ))}
      </ul>
    </div>
  );
}
