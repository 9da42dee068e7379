import type { Webhook } from "@stork/contract/webhooks.ts";
import { App, Button } from "antd";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { Notice, PageSkeleton, ProblemNote, Teach, Trouble } from "../ui/states.tsx";
import { HealthWord } from "./health-word.tsx";
import { Log } from "./log.tsx";
import { useTestWebhook, useWebhookActions, useWebhooks } from "./queries.ts";
import { TestAnswer } from "./test-answer.tsx";
import { Wants } from "./wants.tsx";
import { WebhookActions } from "./webhook-actions.tsx";
import "./webhooks.css";

/** One webhook: does it arrive, what was sent, and what came back. */
export function WebhookPage() {
  const say = useSay();
  const here = useHere();
  const { webhook: id } = useParams();
  const webhooks = useWebhooks();
  if (webhooks.isPending) return <PageSkeleton />;
  const webhook = webhooks.data?.items.find((one) => one.id === id);
  const back = <Link to={here.to("/settings/webhooks")}>‹ {say("webhooks.back")}</Link>;
  if (webhook !== undefined) return <Told webhook={webhook} back={back} />;
  return (
    <Page title={say("webhooks.back")} back={back}>
      {webhooks.isError ? (
        <Trouble error={webhooks.error} retry={() => void webhooks.refetch()} />
      ) : (
        <Teach title={say("webhooks.unknown")} text={say("webhooks.unknownText")} />
      )}
    </Page>
  );
}

function Told({ webhook, back }: { webhook: Webhook; back: React.ReactNode }) {
  const say = useSay();
  const here = useHere();
  const test = useTestWebhook(webhook.id);
  return (
    <Page
      back={back}
      name={webhook.name}
      title={
        <span className="title-status">
          {webhook.name} <HealthWord webhook={webhook} />
        </span>
      }
      sub={<code className="webhook-url">{webhook.url}</code>}
      actions={
        here.can("settings:write") && (
          <>
            <Button type="primary" loading={test.isPending} onClick={() => test.mutate()}>
              {say("webhooks.test")}
            </Button>
            <WebhookActions webhook={webhook} />
          </>
        )
      }
    >
      {test.isError && <ProblemNote error={test.error} />}
      {test.data !== undefined && !test.isPending && <TestAnswer answer={test.data} />}
      <Paused webhook={webhook} />
      <Day webhook={webhook} />
      <Log webhook={webhook} />
    </Page>
  );
}

/** Why nothing is sent, what that means for what happens meanwhile, and the way on. */
function Paused({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const { change } = useWebhookActions(webhook.id);
  if (webhook.pausedAt === null) return null;
  const resume = () =>
    change.mutate(
      { paused: false },
      {
        onSuccess: () => void message.success(say("webhooks.resumed")),
        onError: (error) => void message.error(error.message),
      },
    );
  return (
    <Notice
      tone="warn"
      title={
        webhook.pausedBecause === null ? say("webhooks.health.paused") : formats.say(webhook.pausedBecause)
      }
      text={say("webhooks.pausedText", {
        at: formats.instant(webhook.pausedAt),
        n: formats.number(webhook.waiting),
        count: webhook.waiting,
      })}
      action={
        here.can("settings:write") && (
          <Button loading={change.isPending} onClick={resume}>
            {say("webhooks.resume")}
          </Button>
        )
      }
    />
  );
}

function Day({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const formats = useFormats();
  const { lastDeliveredAt: last } = webhook;
  return (
    <div className="grid-2">
      <Panel title={say("webhooks.health")}>
        <dl className="webhook-figures">
          {(["delivered", "failed", "waiting"] as const).map((one) => (
            <div key={one}>
              <dt>{say(`webhooks.${one}`)}</dt>
              <dd className={one === "failed" && webhook.failed > 0 ? "bad-text" : undefined}>
                <Link to={`?state=${one}`} preventScrollReset>
                  {formats.compact(webhook[one])}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={say("webhooks.about")}>
        <Wants wants={webhook.wants} />
        <dl className="facts webhook-facts">
          <dt>{say("webhooks.lastDelivered")}</dt>
          <dd>{last === null ? say("webhooks.never") : formats.instant(last)}</dd>
          <dt>{say("webhooks.madeAt")}</dt>
          <dd>{formats.instant(webhook.createdAt)}</dd>
        </dl>
      </Panel>
    </div>
  );
}
