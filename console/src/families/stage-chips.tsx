import { type Stage, stages } from "@stork/contract/catalog.ts";
import { useSay } from "../i18n/i18n.ts";
import { stageGroups } from "../ui/theme.ts";

/** Stages to choose from, in their colours; one at a time. */
export function StageChips({
  chosen,
  onChange,
}: {
  chosen: Stage | null;
  onChange(next: Stage | null): void;
}) {
  const say = useSay();
  return (
    <fieldset className="chips">
      <legend className="hidden">{say("families.stages")}</legend>
      {stages.map((stage) => {
        const on = chosen === stage;
        return (
          <button
            key={stage}
            type="button"
            className={on ? `chip on g-${stageGroups[stage]}` : `chip g-${stageGroups[stage]}`}
            aria-pressed={on}
            onClick={() => onChange(on ? null : stage)}
          >
            <i aria-hidden="true" />
            {say(`ui.stage.${stage}`)}
          </button>
        );
      })}
    </fieldset>
  );
}
