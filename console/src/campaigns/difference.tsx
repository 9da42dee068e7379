import type { Difference } from "@stork/contract/outcomes.ts";
import { useSay } from "../i18n/i18n.ts";

/** A difference drawn with its 95 % interval around zero; within noise it is grey and says so. */
export function DifferenceLine({
  name,
  difference,
  show,
}: {
  name: string;
  difference: Difference | null;
  show(value: number): string;
}) {
  const say = useSay();
  if (difference === null) {
    return (
      <div className="difference">
        <span className="strong">{name}</span>
        <span className="soft">{say("campaigns.tooFew")}</span>
      </div>
    );
  }
  const { estimate, low, high, significant } = difference;
  const reach = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1.15;
  const at = (value: number) => `${((value + reach) / (2 * reach)) * 100}%`;
  const tone = !significant ? "noise" : estimate > 0 ? "better" : "worse";
  const signed = (value: number) => `${value > 0 ? "+" : ""}${show(value)}`;
  return (
    <div className={`difference ${tone}`}>
      <span className="strong">{name}</span>
      <div
        className="interval"
        role="img"
        aria-label={say("campaigns.interval", {
          estimate: signed(estimate),
          low: signed(low),
          high: signed(high),
        })}
      >
        <i className="zero" style={{ left: "50%" }} />
        <i className="range" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <i className="point" style={{ left: at(estimate) }} />
      </div>
      <span>
        <b>{signed(estimate)}</b>
        <small>
          {signed(low)} … {signed(high)}
        </small>
      </span>
      <span className="difference-word">
        {say(
          significant
            ? estimate > 0
              ? "campaigns.significantBetter"
              : "campaigns.significantWorse"
            : "campaigns.notSignificant",
        )}
      </span>
    </div>
  );
}
