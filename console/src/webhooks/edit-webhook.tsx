import type { Webhook } from "@stork/contract/webhooks.ts";
import { App, Button, Drawer, Form } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { useWebhookActions } from "./queries.ts";
import { fieldsOf, type Typed, WebhookForm } from "./webhook-form.tsx";

export function EditWebhook({
  webhook,
  open,
  onClose,
}: {
  webhook: Webhook;
  open: boolean;
  onClose(): void;
}) {
  const say = useSay();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const { change } = useWebhookActions(webhook.id);
  const { name, url, wants, purpose } = webhook;
  const close = () => {
    change.reset();
    onClose();
  };
  const save = (typed: Typed) =>
    change.mutate(fieldsOf(typed), {
      onSuccess: () => {
        void message.success(say("ui.saved"));
        close();
      },
    });
  return (
    <Drawer
      open={open}
      onClose={close}
      size={560}
      title={say("webhooks.editTitle")}
      destroyOnHidden
      footer={
        <div className="row">
          <Button type="primary" loading={change.isPending} onClick={() => form.submit()}>
            {say("ui.save")}
          </Button>
          <Button onClick={close}>{say("ui.cancel")}</Button>
        </div>
      }
    >
      <WebhookForm form={form} initial={{ name, url, purpose, ...wants }} onFinish={save} />
      {change.isError && <ProblemNote error={change.error} />}
    </Drawer>
  );
}
