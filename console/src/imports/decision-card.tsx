import type { Import } from "@stork/contract/imports.ts";
import { Button, Radio } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useImportAction } from "./queries.ts";

/** A question that the data cannot answer; everything else is kept meanwhile. */
export function DecisionCard({ id, decision }: { id: string; decision: Import["decisions"][number] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [answer, setAnswer] = useState(decision.answer);
  const action = useImportAction(id);
  const open = decision.answer === null;
  const chosen = decision.options.find((one) => one.id === decision.answer);
  return (
    <section className={open ? "decision open" : "decision"}>
      <h2>{formats.say(decision.question)}</h2>
      <p className="soft">{formats.say(decision.detail)}</p>
      <p className="faint">
        {say("imports.decisionRows", { n: formats.number(decision.rows), count: decision.rows })}
      </p>
      {open && here.can("collect:write") ? (
        <>
          <Radio.Group
            className="decision-options"
            value={answer}
            onChange={(event) => setAnswer(event.target.value as string)}
            options={decision.options.map((one) => ({ value: one.id, label: formats.say(one.label) }))}
          />
          {action.isError && <ProblemNote error={action.error} />}
          <Button
            type="primary"
            disabled={answer === null}
            loading={action.isPending}
            onClick={() =>
              answer !== null && action.mutate({ kind: "decide", decision: decision.id, answer })
            }
          >
            {say("imports.decide")}
          </Button>
        </>
      ) : (
        <p>
          <span className={open ? "status warn" : "status good"}>
            {chosen === undefined ? say("imports.undecided") : formats.say(chosen.label)}
          </span>
        </p>
      )}
    </section>
  );
}
