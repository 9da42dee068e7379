import type { KindOfData, LifeCycleRun } from "@stork/contract/storage.ts";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";

/** What the policies did, newest first. */
export function Runs({
  runs,
  kinds,
}: {
  runs: z.infer<typeof LifeCycleRun>[];
  kinds: readonly z.infer<typeof KindOfData>[];
}) {
  const say = useSay();
  const formats = useFormats();
  const who = useWhoSaid();
  return (
    <Panel title={say("storage.runs")}>
      {runs.length === 0 ? (
        <p className="soft">{say("storage.noRuns")}</p>
      ) : (
        <ul className="lines-list">
          {runs.slice(0, 20).map((run) => {
            const kind = kinds.find((one) => one.kind === run.kind);
            return (
              <li key={run.id}>
                <div>
                  {say(`storage.ran.${run.step}`, {
                    what: `${kind === undefined ? run.kind : formats.say(kind.label)}${run.month === null ? "" : ` ${run.month}`}`,
                    rows: formats.compact(run.rows),
                    count: run.rows,
                  })}
                  <p className="faint">
                    {formats.instant(run.at)} · {run.by === "policy" ? say("storage.byPolicy") : who(run.by)}
                  </p>
                </div>
                <span className="nowrap soft">
                  {formats.bytes(run.bytesBefore)} → {formats.bytes(run.bytesAfter)}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
