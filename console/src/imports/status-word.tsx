import type { Import } from "@stork/contract/imports.ts";
import { useSay } from "../i18n/i18n.ts";

const tones: Record<Import["status"], string> = {
  waiting: "quiet",
  running: "busy",
  "needs-decision": "warn",
  done: "good",
  failed: "bad",
  cancelled: "quiet",
  undoing: "busy",
  undone: "quiet",
};

export function ImportStatusWord({ status }: { status: Import["status"] }) {
  const say = useSay();
  return <span className={`status ${tones[status]}`}>{say(`imports.status.${status}`)}</span>;
}
