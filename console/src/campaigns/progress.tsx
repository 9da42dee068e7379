import type { Campaign } from "@stork/contract/campaigns.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

const parts = ["sent", "waiting", "unknown", "parked", "held", "holdout"] as const;
type Part = (typeof parts)[number];

/** Where everybody of the audience stands, as one bar and the numbers behind it. */
export function Progress({
  counts,
  brief = false,
  onPick,
}: {
  counts: Campaign["counts"];
  brief?: boolean;
  onPick?: (part: Part) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const all = Math.max(
    1,
    parts.reduce((sum, part) => sum + counts[part], 0),
  );
  const shown = parts.filter((part) => counts[part] > 0);
  const words = shown
    .map((part) => `${say(`campaigns.part.${part}`)} ${formats.number(counts[part])}`)
    .join("，");
  return (
    <div className={brief ? "progress brief" : "progress"}>
      <div className="progress-bar" role="img" aria-label={words === "" ? say("campaigns.planning") : words}>
        {shown.map((part) => (
          <span
            key={part}
            className={`part-${part}`}
            style={{ width: `${(counts[part] / all) * 100}%` }}
            title={`${say(`campaigns.part.${part}`)} ${formats.number(counts[part])}`}
          />
        ))}
      </div>
      {!brief && (
        <ul className="progress-parts">
          {parts.map((part) => (
            <li key={part}>
              <button type="button" onClick={() => onPick?.(part)} disabled={onPick === undefined}>
                <span>
                  <i className={`part-${part}`} aria-hidden="true" />
                  {say(`campaigns.part.${part}`)}
                </span>
                <strong>{formats.number(counts[part])}</strong>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
