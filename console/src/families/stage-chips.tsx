import { type Stage, stages } from "@stork/contract/catalog.ts";
import { useSay } from "../i18n/i18n.ts";
import { stageGroups } from "../ui/theme.ts";

/** Stages to choose from, in their colours; several may be chosen. */
export function StageChips({ chosen, onChange }: { chosen: readonly Stage[]; onChange(next: Stage[]): void }) {
  const say = useSay();
  return (
    <fieldset className="chips">
      <legend className="hidden">{say("families.stages")}</legend>
      {stages.map((stage) => {
        const on = chosen.includes(stage);
        return (
          <button
            key={stage}
            type="button"
            className={on ? `chip on g-${stageGroups[stage]}` : `chip g-${stageGroups[stage]}`}
            aria-pressed={on}
            onClick={() => onChange(on ? chosen.filter((one) => one !== stage) : [...chosen, stage])}
          >
            <i aria-hidden="true" />
            {say(`ui.stage.${stage}`)}
          </button>
        );
      })}
    </fieldset>
  );
}
