import type { QualityAlert } from "@stork/contract/quality.ts";
import type { useSay } from "../i18n/i18n.ts";
import type { Formats } from "../ui/format.ts";

/** Until when an alert is quiet, or who has it in hand, and why; null when nobody did anything about it. */
export function standingText(
  { state, snoozedUntil, by, note }: QualityAlert,
  { say, formats, who }: { say: ReturnType<typeof useSay>; formats: Formats; who(by: string): string },
): string | null {
  if (state === "snoozed" && snoozedUntil !== null)
    return withNote(say("quality.snoozedUntil", { at: formats.instant(snoozedUntil) }), note);
  if (state === "acknowledged" && by !== null) return withNote(say("quality.takenBy", { by: who(by) }), note);
  return null;
}

const withNote = (text: string, note: string | null): string =>
  note === null || note === "" ? text : `${text} (${note})`;
