import type { Clock, RightState } from "@stork/contract/rights.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";

const tones = { green: "good", amber: "warn", red: "bad" } as const;

/** How much time is left, in colour and in words; the day itself stands beside it. */
export function ClockWord({ clock }: { clock: Clock | null }) {
  const say = useSay();
  const formats = useFormats();
  if (clock === null) return <span className="faint">–</span>;
  const { workingDaysLeft: left, colour, dueOn } = clock;
  const words =
    left > 0
      ? say("rights.left", { n: formats.number(left), count: left })
      : left === 0
        ? say("rights.today")
        : say("rights.late", { n: formats.number(-left), count: -left });
  return (
    <span className={`status ${tones[colour]}`} title={say("rights.dueOn", { date: formats.date(dueOn) })}>
      {words}
    </span>
  );
}

const stateTones: Record<RightState, string> = {
  open: "warn",
  verified: "busy",
  working: "busy",
  held: "warn",
  done: "good",
  refused: "quiet",
  "taken-back": "quiet",
};

export function StateWord({ state }: { state: RightState }) {
  const say = useSay();
  return <span className={`status ${stateTones[state]}`}>{say(`rights.state.${state}`)}</span>;
}
