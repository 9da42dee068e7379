import type { AttemptAnswer } from "@stork/contract/webhooks.ts";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { Notice } from "../ui/states.tsx";
import { answerMeans, answerText } from "./health.ts";

/** What came back of a test, and what to look at when it was not taken. */
export function TestAnswer({ answer }: { answer: z.infer<typeof AttemptAnswer> }) {
  const say = useSay();
  return (
    <Notice
      tone={answer.delivered ? "good" : "bad"}
      title={`${say(answer.delivered ? "webhooks.testOk" : "webhooks.testFailed")} · ${answerText(answer.answer)}`}
      text={answerMeans(answer.answer, say) ?? say("webhooks.testSent")}
    />
  );
}
