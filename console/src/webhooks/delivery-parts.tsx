import type { Delivery } from "@stork/contract/webhooks.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { useNow } from "../ui/now.ts";
import { answerText } from "./health.ts";

const tones = { waiting: "busy", delivered: "good", failed: "bad", withheld: "quiet" } as const;

export function StateWord({ delivery }: { delivery: Delivery }) {
  const say = useSay();
  return <span className={`status ${tones[delivery.state]}`}>{say(`webhooks.state.${delivery.state}`)}</span>;
}

/** The event's or segment's name, and below it which of the three it is. */
export function About({ delivery: { topic, about } }: { delivery: Delivery }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <>
      {topic === "event" ? eventName(about, formats.language) : about}
      <span className="row-sub">{say(`webhooks.topic.${topic}`)}</span>
    </>
  );
}

export function Answer({ delivery: { lastAnswer } }: { delivery: Delivery }) {
  const say = useSay();
  return lastAnswer === null ? (
    <span className="faint">{say("ui.none")}</span>
  ) : (
    <code>{answerText(lastAnswer)}</code>
  );
}

export function NextTry({ delivery: { nextAt }, paused }: { delivery: Delivery; paused: boolean }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  if (nextAt === null) return <span className="faint">{say("ui.none")}</span>;
  if (paused) return say("webhooks.nextPaused");
  if (Date.parse(nextAt) <= now + 60_000) return say("webhooks.nextNow");
  return <span className="nowrap">{formats.ago(nextAt, now)}</span>;
}
