import type { Stage } from "@stork/contract/catalog.ts";
import { useSay } from "../i18n/i18n.ts";
import { stageGroups } from "./theme.ts";

/** A stage in its group's colour: solid when stated, outlined when only inferred. */
export function StageTag({
  stage,
  inferred = false,
  extra,
}: {
  stage: Stage | null;
  inferred?: boolean;
  extra?: string;
}) {
  const say = useSay();
  const label = stage === null ? say("ui.stageUnknown") : say(`ui.stage.${stage}`);
  return (
    <span
      className={`stage ${stage === null ? "none" : `g-${stageGroups[stage]}`}${inferred ? " inferred" : ""}`}
      title={inferred ? `${label} · ${say("ui.inferred")}` : undefined}
    >
      {label}
      {extra !== undefined && <small>{extra}</small>}
    </span>
  );
}
