import type { EntryStatus } from "@stork/contract/dictionary.ts";
import { useSay } from "../i18n/i18n.ts";

const tones: Record<EntryStatus, string> = {
  "built-in": "good",
  learned: "busy",
  confirmed: "good",
  retired: "quiet",
};

export function EntryStatusWord({ status, tasks = 0 }: { status: EntryStatus; tasks?: number }) {
  const say = useSay();
  return (
    <span className={`status ${tasks > 0 ? "warn" : tones[status]}`}>
      {say(`dictionary.status.${status}`)}
    </span>
  );
}
