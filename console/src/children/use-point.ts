import type { AgePoint } from "@stork/contract/stage-calendar.ts";
import { useSay } from "../i18n/i18n.ts";

/** A point of a child's time in words: 24 孕周, 第 3 天, 6 月龄. */
export function usePoint(): (point: AgePoint) => string {
  const say = useSay();
  return ({ unit, at }) => {
    if (at === 0 && unit !== "week") return say("children.atBirth");
    return say(`children.at.${unit}`, { n: String(at), count: at });
  };
}
