import type { AlertPart } from "@stork/contract/quality.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { figureText, usualText } from "./figure-text.ts";

/** A part by what it is of: its place among the others changes as some are mended. */
export const partKey = ({ indicator, event, field }: AlertPart): string =>
  [indicator, event, field].join(" ");

/** Everything that broke together; the chosen one's figures, history and rows are shown below. */
export function AlertParts({
  parts,
  chosen,
  onChoose,
}: {
  parts: readonly AlertPart[];
  chosen: string;
  onChoose(key: string): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const mended = parts.filter(({ resolvedAt }) => resolvedAt !== null).length;
  return (
    <Panel
      title={say("quality.parts", { n: parts.length, count: parts.length })}
      extra={
        <span className="faint">
          {mended > 0 && say("quality.mendedOf", { n: mended, of: parts.length })}
        </span>
      }
    >
      <ul className="figure-rows">
        {parts.map((part) => (
          <li key={partKey(part)}>
            <button
              type="button"
              className={partKey(part) === chosen ? "chosen" : undefined}
              aria-pressed={partKey(part) === chosen}
              onClick={() => onChoose(partKey(part))}
            >
              <span className="figure-name">
                <b>{formats.say(part.place) || formats.say(part.what)}</b>
                <span className="soft one-line">
                  {formats.say(part.place) === "" ? "" : formats.say(part.what)}
                </span>
              </span>
              <span className={`status ${part.resolvedAt === null ? "bad" : "good"}`}>
                {say(part.resolvedAt === null ? "quality.figure.breached" : "quality.state.resolved")}
              </span>
              <b className={part.resolvedAt === null ? "num bad-text" : "num"}>
                {figureText(part.value, part.unit, formats, [part.low, part.high])}
              </b>
              <span className="faint num hide-narrow">
                {say("quality.usual", { span: usualText(part, part.unit, formats, part.value) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
