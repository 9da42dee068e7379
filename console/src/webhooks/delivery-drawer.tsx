import type { Delivery, Webhook } from "@stork/contract/webhooks.ts";
import { App, Button, Drawer } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { BoxSkeleton, Notice, Teach } from "../ui/states.tsx";
import { About, Answer, NextTry, StateWord } from "./delivery-parts.tsx";
import { answerMeans, answerText } from "./health.ts";
import { useWebhookActions } from "./queries.ts";

/** One delivery: what was sent, how often it was tried, what came back and what that means. */
export function DeliveryDrawer({
  webhook,
  opened,
  pending,
  delivery,
  onClose,
}: {
  webhook: Webhook;
  opened: string | null;
  pending: boolean;
  delivery: Delivery | undefined;
  onClose(): void;
}) {
  const say = useSay();
  const here = useHere();
  return (
    <Drawer
      open={opened !== null}
      onClose={onClose}
      size={560}
      title={say("webhooks.delivery")}
      destroyOnHidden
      footer={
        delivery !== undefined &&
        here.can("settings:write") && <Retry webhook={webhook} delivery={delivery} />
      }
    >
      {delivery !== undefined ? (
        <Told webhook={webhook} delivery={delivery} />
      ) : pending ? (
        <BoxSkeleton height={320} />
      ) : (
        <Teach title={say("webhooks.deliveryGone")} text={say("webhooks.deliveryGoneText")} />
      )}
    </Drawer>
  );
}

function Told({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { lastAnswer, deliveredAt } = delivery;
  const means = lastAnswer === null || delivery.state === "delivered" ? null : answerMeans(lastAnswer, say);
  const person = personOf(delivery.body);
  const body = JSON.stringify(delivery.body, null, 2);
  return (
    <div className="spaced">
      <div className="row webhook-delivery-head">
        <strong>
          <About delivery={delivery} />
        </strong>
        <span className="push">
          <StateWord delivery={delivery} />
        </span>
      </div>
      {means !== null && lastAnswer !== null && (
        <Notice
          tone={delivery.state === "failed" ? "bad" : "warn"}
          title={answerText(lastAnswer)}
          text={means}
        />
      )}
      <dl className="facts">
        <dt>{say("webhooks.at")}</dt>
        <dd>{formats.instant(delivery.createdAt)}</dd>
        <dt>{say("webhooks.attempts")}</dt>
        <dd>{formats.number(delivery.attempts)}</dd>
        <dt>{say("webhooks.lastAnswer")}</dt>
        <dd>
          <Answer delivery={delivery} />
        </dd>
        {deliveredAt === null ? (
          <>
            <dt>{say("webhooks.next")}</dt>
            <dd>
              <NextTry delivery={delivery} paused={webhook.pausedAt !== null} />
            </dd>
          </>
        ) : (
          <>
            <dt>{say("webhooks.deliveredAt")}</dt>
            <dd>{formats.instant(deliveredAt)}</dd>
          </>
        )}
        <dt>{say("webhooks.id")}</dt>
        <dd>
          <code>{delivery.id}</code>
          <p className="faint">{say("webhooks.idHelp")}</p>
        </dd>
        {person !== null && (
          <>
            <dt>{say("webhooks.person")}</dt>
            <dd>
              <Link to={here.to(`/families/${person}`)}>{person}</Link>
            </dd>
          </>
        )}
      </dl>
      <div className="row webhook-body-head">
        <h3>{say("webhooks.body")}</h3>
        <span className="push">
          <CopyButton text={body} label={say("ui.copy")} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="code webhook-body" tabIndex={0}>
        {body}
      </pre>
    </div>
  );
}

/** The person a body is about, who may be looked at here by whoever is allowed to. */
function personOf(body: Record<string, unknown>): string | null {
  const { data } = body;
  if (typeof data !== "object" || data === null || !("person" in data)) return null;
  return typeof data.person === "string" && /^\d+$/.test(data.person) ? data.person : null;
}

function Retry({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const say = useSay();
  const { message } = App.useApp();
  const { retry } = useWebhookActions(webhook.id);
  return (
    <div className="row wrap">
      <Button
        loading={retry.isPending}
        onClick={() =>
          retry.mutate(delivery.id, {
            onSuccess: () => void message.success(say("webhooks.retried")),
            onError: (error) => void message.error(error.message),
          })
        }
      >
        {say("webhooks.retry")}
      </Button>
      {delivery.state === "delivered" && <span className="faint">{say("webhooks.retryAgainText")}</span>}
    </div>
  );
}
