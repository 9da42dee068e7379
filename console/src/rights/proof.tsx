import type { ProofEntry } from "@stork/contract/rights.ts";
import { Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useCheckProof } from "./queries.ts";

/** The steps of a request as the log keeps them, each with the beginning of its hash. */
export function Proof({ steps }: { steps: readonly ProofEntry[] }) {
  const say = useSay();
  const formats = useFormats();
  const check = useCheckProof();
  return (
    <Panel
      title={say("rights.proof")}
      extra={
        <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
          {say("rights.check")}
        </Button>
      }
    >
      <p className="soft">{say("rights.proofText")}</p>
      {check.isError && <ProblemNote error={check.error} />}
      {check.data !== undefined &&
        (check.data.ok ? (
          <Notice
            tone="good"
            title={say("rights.checkedOk", {
              n: formats.number(check.data.entries),
              count: check.data.entries,
            })}
          />
        ) : (
          <Notice
            tone="bad"
            title={say("rights.checkedBad", { n: formats.number(check.data.brokenAt ?? 0) })}
          />
        ))}
      <ol className="rights-steps">
        {steps.map((step) => (
          <li key={step.number}>
            <strong>{formats.say(step.words)}</strong>
            <span className="soft">{formats.instant(step.at)}</span>
            <code className="faint" title={step.hash}>
              #{step.number} {step.hash.slice(0, 12)}
            </code>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
