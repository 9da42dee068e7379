import { WarningOutlined } from "@ant-design/icons";
import type { Condition } from "@stork/contract/segments.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useCount } from "./queries.ts";

/** How many the condition selects, how it reads, and what about it looks like a mistake; while a new count comes the former stays. */
export function CountPanel({ where, unfinished }: { where: Condition | null; unfinished: number }) {
  const say = useSay();
  const formats = useFormats();
  const count = useCount(where);
  const answer = where === null ? undefined : count.data;
  return (
    <Panel className="count-panel">
      <div
        aria-live="polite"
        aria-busy={count.isFetching}
        className={count.isFetching ? "counting" : undefined}
      >
        <p className="count">
          <strong>{answer === undefined ? "—" : formats.number(answer.persons)}</strong>{" "}
          {say("segments.families", { count: answer?.persons ?? 2 })}
        </p>
        <p className="faint">
          {where === null
            ? say("segments.nothingYet")
            : answer === undefined
              ? say("segments.counting")
              : say("segments.took", { ms: formats.number(Math.round(answer.tookMs)) })}
        </p>
        {answer !== undefined && <p className="sentence">{formats.say(answer.sentence)}</p>}
      </div>
      {unfinished > 0 && (
        <p className="soft">{say("segments.unfinished", { n: unfinished, count: unfinished })}</p>
      )}
      {count.isError && where !== null && <ProblemNote error={count.error} />}
      {answer !== undefined && answer.warnings.length > 0 && (
        <ul className="warnings">
          {answer.warnings.map((warning) => (
            <li key={warning.en}>
              <WarningOutlined aria-hidden="true" /> {formats.say(warning)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
