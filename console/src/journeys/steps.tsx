import { LoginOutlined } from "@ant-design/icons";
import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { stepIcons } from "./editors/steps.tsx";

/** The way from top to bottom, with how many came to each step and how many stand there now. */
export function Steps({ journey, onPick }: { journey: JourneyDetail; onPick(step: number): void }) {
  const say = useSay();
  const formats = useFormats();
  const { steps, words, figures, counts } = journey;
  const most = Math.max(1, ...figures.map(({ came }) => came));
  return (
    <ol className="journey-steps">
      <li>
        <span className="journey-icon in" aria-hidden="true">
          <LoginOutlined />
        </span>
        <div>
          <p>{say("journeys.enters", { words: formats.say(words.entry) })}</p>
          <p className="faint">{formats.say(words.reentry)}</p>
        </div>
        <span className="journey-here soft">
          {say("journeys.entered7Days")} <b>{formats.number(counts.entered7Days)}</b>
        </span>
      </li>
      {steps.map((step, i) => {
        const { came, waiting, sent, held } = figures[i] ?? { came: 0, waiting: 0, sent: 0, held: 0 };
        const text = words.steps[i];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <li key={i}>
            <span className="journey-icon" aria-hidden="true">
              {stepIcons[step.kind]}
            </span>
            <div>
              <p>{text === undefined ? "" : formats.say(text)}</p>
              <p className="faint journey-came">
                <i style={{ width: `${(came / most) * 120}px` }} aria-hidden="true" />
                {say("journeys.came", { n: formats.number(came) })}
                {step.kind === "message" && ` · ${say("journeys.sent", { n: formats.number(sent) })}`}
                {held > 0 && ` · ${say("journeys.held", { n: formats.number(held) })}`}
              </p>
            </div>
            {waiting > 0 ? (
              <button type="button" className="journey-here" onClick={() => onPick(i)}>
                {say("journeys.here", { n: formats.number(waiting) })}
              </button>
            ) : (
              <span className="journey-here faint">{say("journeys.nobodyHere")}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
