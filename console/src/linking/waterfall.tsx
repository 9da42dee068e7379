import { LinkEvidence, linkFieldFacts } from "@stork/contract/linking.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import "./linking.css";

/** The waterfall of a question that linking asked; nothing for others. */
export function LinkReasons({ evidence }: { evidence: unknown }) {
  const read = LinkEvidence.safeParse(evidence);
  return read.success ? <Waterfall evidence={read.data} /> : null;
}

/**
 * Why two are probably one person: from how rare it is that any two are, each thing compared moves the odds by so many
 * bits. One bit doubles the odds; bars run from where the one before ended.
 */
function Waterfall({ evidence }: { evidence: LinkEvidence }) {
  const say = useSay();
  const formats = useFormats();
  const { priorBits, steps, weight, chance } = evidence;
  let at = priorBits;
  const told = steps.map((step) => {
    const from = at;
    at += step.bits;
    const { label, levels } = linkFieldFacts[step.field];
    const level = step.level === null ? null : levels[step.level];
    const rare = Math.abs(step.frequencyBits) < 0.5 ? null : step.frequencyBits > 0 ? "rare" : "common";
    return {
      ...step,
      from,
      to: at,
      label: formats.say(label),
      level: level ? formats.say(level) : null,
      rare,
    };
  });
  const ends = [0, priorBits, weight, ...told.map(({ to }) => to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const place = (bits: number) => ((bits - low) / (high - low || 1)) * 100;
  return (
    <figure className="waterfall">
      <figcaption>
        {say("linking.chance", { share: share(chance), bits: signed(weight) })}
        <span className="faint"> {say("linking.bitsHelp")}</span>
      </figcaption>
      <ol>
        <Bar
          label={say("linking.prior")}
          text={say("linking.priorText")}
          from={0}
          to={priorBits}
          place={place}
        />
        {told.map(({ field, label, level, rare, from, to }) => (
          <Bar
            key={field}
            label={label}
            text={
              level === null
                ? say("linking.nothingSaid")
                : rare === null
                  ? level
                  : `${level} · ${say(rare === "rare" ? "linking.rare" : "linking.common")}`
            }
            {...{ from, to, place }}
          />
        ))}
        <Bar label={say("linking.sum")} text={share(chance)} from={0} to={weight} place={place} />
      </ol>
    </figure>
  );
}

const signed = (bits: number): string => `${bits > 0 ? "+" : ""}${bits.toFixed(1)}`;
const share = (chance: number): string =>
  chance > 0.9999 ? "> 99.99%" : `${(chance * 100).toFixed(chance > 0.99 ? 2 : 0)}%`;

interface BarProps {
  label: string;
  text: string;
  from: number;
  to: number;
  place: (bits: number) => number;
}

function Bar({ label, text, from, to, place }: BarProps) {
  const [left, right] = [place(Math.min(from, to)), place(Math.max(from, to))];
  return (
    <li>
      <span className="waterfall-label">
        <b>{label}</b> <span className="soft">{text}</span>
      </span>
      <span className="waterfall-track" aria-hidden="true">
        <span className="waterfall-zero" style={{ left: `${place(0)}%` }} />
        {to !== from && (
          <span
            className={to >= from ? "waterfall-bar for" : "waterfall-bar against"}
            style={{ left: `${left}%`, width: `${Math.max(0.6, right - left)}%` }}
          />
        )}
      </span>
      <span className="waterfall-bits">{signed(to - from)}</span>
    </li>
  );
}
