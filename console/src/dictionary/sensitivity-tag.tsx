import type { Sensitivity } from "@stork/contract/dictionary.ts";
import { useSay } from "../i18n/i18n.ts";

/** The four levels, the careful ones coloured. */
export function SensitivityTag({ level }: { level: Sensitivity }) {
  const say = useSay();
  return <span className={`sensitivity ${level}`}>{say(`dictionary.sensitivity.${level}`)}</span>;
}
