import { EllipsisOutlined } from "@ant-design/icons";
import type { Webhook } from "@stork/contract/webhooks.ts";
import { App, Button, Dropdown, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { EditWebhook } from "./edit-webhook.tsx";
import { useWebhookActions } from "./queries.ts";
import { SecretShown } from "./secret-shown.tsx";

/** Edit and pause beside the test; a new secret and the end of it behind one more click, each told before it is done. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const [editing, setEditing] = useState(false);
  const { newSecret } = useWebhookActions(webhook.id);
  const asks = useAsks(webhook, () => newSecret.mutateAsync());
  const made = newSecret.data;
  return (
    <>
      {webhook.pausedAt === null && <Button onClick={asks.pause}>{say("webhooks.pause")}</Button>}
      <Button onClick={() => setEditing(true)}>{say("webhooks.edit")}</Button>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          items: [
            { key: "secret", label: say("webhooks.newSecret") },
            { type: "divider" },
            { key: "remove", label: say("webhooks.remove"), danger: true },
          ],
          onClick: ({ key }) => (key === "secret" ? asks.secret() : asks.remove()),
        }}
      >
        <Button icon={<EllipsisOutlined />} aria-label={say("webhooks.actions")} />
      </Dropdown>
      <EditWebhook webhook={webhook} open={editing} onClose={() => setEditing(false)} />
      <Modal
        open={made !== undefined}
        onCancel={() => newSecret.reset()}
        title={say("webhooks.newSecret")}
        width={620}
        mask={{ closable: false }}
        keyboard={false}
        closable={false}
        destroyOnHidden
        footer={
          <Button type="primary" onClick={() => newSecret.reset()}>
            {say("webhooks.finish")}
          </Button>
        }
      >
        {made !== undefined && <SecretShown webhook={made} title={say("webhooks.secretChanged")} />}
      </Modal>
    </>
  );
}

/** What each would do is said before it is done. */
function useAsks(webhook: Webhook, makeSecret: () => Promise<unknown>) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const { change, remove } = useWebhookActions(webhook.id);
  const { name } = webhook;
  const failed = (error: Error) => void message.error(error.message);
  const done = (text: string) => () => void message.success(text);
  const cancelText = say("ui.cancel");
  return {
    pause: () =>
      void modal.confirm({
        title: say("webhooks.pauseTitle", { name }),
        content: say("webhooks.pauseText"),
        okText: say("webhooks.pause"),
        cancelText,
        onOk: () => change.mutateAsync({ paused: true }).then(done(say("webhooks.paused")), failed),
      }),
    secret: () =>
      void modal.confirm({
        title: say("webhooks.newSecretTitle", { name }),
        content: say("webhooks.newSecretText"),
        okText: say("webhooks.newSecret"),
        cancelText,
        onOk: () => makeSecret().catch(failed),
      }),
    remove: () =>
      void modal.confirm({
        title: say("webhooks.removeTitle", { name }),
        content: say("webhooks.removeText", { n: formats.number(webhook.waiting), count: webhook.waiting }),
        okText: say("webhooks.remove"),
        okButtonProps: { danger: true },
        cancelText,
        onOk: () =>
          remove.mutateAsync().then(async () => {
            done(say("webhooks.removed"))();
            await navigate(here.to("/settings/webhooks"));
          }, failed),
      }),
  };
}
