import { useSay } from "../../i18n/i18n.ts";

export function ExitEditor() {
  const say = useSay();
  return <p className="faint">{say("journeys.step.exit.words")}</p>;
}
