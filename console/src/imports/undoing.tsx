import { type Import, undoSteps } from "@stork/contract/imports.ts";
import { Progress } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { duration } from "./duration.ts";

/** A bar of nothing would not be seen to move. */
const least = 2;

/** How far an import is taken back: the step it is at among all, and how many of that step's things are done with. */
export function Undoing({ data: { undoing, waitsFor } }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow(1_000);
  const seconds = undoing == null ? 0 : Math.max(0, Math.floor((now - Date.parse(undoing.since)) / 1000));
  const at = undoing == null ? -1 : undoSteps.indexOf(undoing.step);
  const within = undoing?.of ? Math.min(1, undoing.done / undoing.of) : 0;
  return (
    <>
      <Progress
        percent={undoing == null ? 0 : Math.max(least, Math.floor((100 * (at + within)) / undoSteps.length))}
        status="active"
        aria-label={say("imports.status.undoing")}
      />
      <p className="soft running-line" aria-live="off">
        {undoing != null ? (
          <>
            <span>{say("imports.undoStepOf", { n: at + 1, of: undoSteps.length })}</span>
            <Step of={undoing} />
            <span>{say("imports.undoSince", { time: duration(seconds, formats.language === "en") })}</span>
            <span>{say("imports.undoingText")}</span>
          </>
        ) : (
          waitsFor == null && <span>{say("imports.undoBegins")}</span>
        )}
      </p>
    </>
  );
}

function Step({ of: { step, done, of } }: { of: NonNullable<Import["undoing"]> }) {
  const say = useSay();
  const formats = useFormats();
  const values = { n: formats.number(done), of: formats.number(of ?? 0) };
  const isCounted = step === "records" || step === "people";
  return (
    <span>{say(`imports.undoStep.${step}`, { ...values, count: isCounted ? done : (of ?? done) })}</span>
  );
}
