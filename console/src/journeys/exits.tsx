import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

/** Why runs ended before the last step; a reason opens who. */
export function Exits({ journey, onPick }: { journey: JourneyDetail; onPick(reason: string): void }) {
  const say = useSay();
  const formats = useFormats();
  const { exits } = journey;
  if (exits.length === 0) return <p className="soft">{say("journeys.noExits")}</p>;
  const most = Math.max(...exits.map(({ runs }) => runs));
  return (
    <ul className="journey-exits">
      {exits.map(({ reason, label, runs }) => (
        <li key={reason}>
          <button type="button" onClick={() => onPick(reason)}>
            <span>{formats.say(label)}</span>
            <b>{formats.number(runs)}</b>
            <i style={{ width: `${(runs / most) * 100}%` }} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
