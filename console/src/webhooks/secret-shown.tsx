import type { WebhookWithSecret } from "@stork/contract/webhooks.ts";
import { Button } from "antd";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useTestWebhook } from "./queries.ts";
import { TestAnswer } from "./test-answer.tsx";
import { Verify } from "./verify.tsx";

/** The secret, this once, and what to do with it. */
export function SecretShown({
  webhook,
  title,
}: {
  webhook: z.infer<typeof WebhookWithSecret>;
  title: string;
}) {
  const say = useSay();
  const test = useTestWebhook(webhook.id);
  return (
    <div className="spaced webhook-secret">
      <Notice tone="good" title={title} text={say("webhooks.madeText")} />
      <div className="row">
        <pre className="code wrap-code webhook-secret-text">{webhook.secret}</pre>
        <CopyButton text={webhook.secret} label={say("ui.copy")} />
      </div>
      <h3>{say("webhooks.secretSteps")}</h3>
      <ol className="webhook-steps">
        <li>{say("webhooks.step1")}</li>
        <li>
          {say("webhooks.step2")}
          <Verify />
        </li>
        <li>
          {say("webhooks.step3")}{" "}
          <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
            {say("webhooks.test")}
          </Button>
          {test.isError && <ProblemNote error={test.error} />}
          {test.data !== undefined && !test.isPending && <TestAnswer answer={test.data} />}
        </li>
      </ol>
    </div>
  );
}
