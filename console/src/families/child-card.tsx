import type { Child } from "@stork/contract/people.ts";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { StageTag } from "../ui/stage-tag.tsx";
import { stageGroups } from "../ui/theme.ts";
import { useWhoSaid } from "./who-said.ts";

/** A child: stated ones solid, inferred ones outlined with how sure we are; the stage and the next one on its date. */
export function ChildCard({ child, actions }: { child: z.infer<typeof Child>; actions?: ReactNode }) {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const inferred = child.source === "inferred";
  const on = child.bornOn ?? child.dueOn ?? child.interval80[0];
  const group = child.stage === null ? "" : ` g-${stageGroups[child.stage]}`;
  return (
    <article className={`child${inferred ? " inferred" : ""}${group}`}>
      <div className="row">
        <StageTag stage={child.stage} inferred={inferred} />
        <span className="soft">
          {child.pregnancy === undefined
            ? formats.age(child.ageDays)
            : say("children.pregnancy", { weeks: child.pregnancy.weeks, days: child.pregnancy.days })}
          {child.correctedMonths !== undefined &&
            ` · ${say("children.corrected", { months: child.correctedMonths })}`}
        </span>
        <span className="push faint">{say(inferred ? "families.inferred" : "families.stated")}</span>
      </div>
      <p>
        <strong>
          {say(child.bornOn === undefined ? "families.dueOn" : "families.bornOn", { date: formats.date(on) })}
        </strong>
        {child.gender !== undefined && child.gender !== "unknown" && (
          <span className="soft"> · {say(`families.gender.${child.gender}`)}</span>
        )}
        {child.name !== undefined && <span className="soft"> · {child.name}</span>}
        {child.gestation !== undefined && (
          <span className="soft"> · {say("children.bornEarly", child.gestation)}</span>
        )}
        {child.adoptedOn !== undefined && (
          <span className="soft"> · {say("children.adopted", { date: formats.date(child.adoptedOn) })}</span>
        )}
      </p>
      {inferred ? (
        <Tooltip title={say("families.intervalHelp")}>
          <p className="soft">
            {say("families.confidence", {
              share: formats.percent(child.confidence, 0),
              from: formats.shortDate(child.interval80[0]),
              to: formats.shortDate(child.interval80[1]),
            })}
          </p>
        </Tooltip>
      ) : (
        child.statedBy !== undefined && (
          <p className="soft">{say("families.statedBy", { source: whoSaid(child.statedBy) })}</p>
        )
      )}
      {child.next !== null && (
        <p className="child-next">
          → {say("families.next", { date: formats.date(child.next.on) })}{" "}
          <StageTag stage={child.next.stage} inferred={inferred} />
        </p>
      )}
      {child.keptBack === true && <p className="soft">{say("families.keptBack")}</p>}
      {child.marks.length > 0 && <p className="faint">{child.marks.join(" · ")}</p>}
      {actions}
    </article>
  );
}
