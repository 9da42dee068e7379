import { Button, Drawer, Form } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { useMakeWebhook } from "./queries.ts";
import { SecretShown } from "./secret-shown.tsx";
import { fieldsOf, type Typed, WebhookForm } from "./webhook-form.tsx";

const nothing: Typed = { name: "", url: "", events: [], segments: [], purpose: "marketing" };

/** A new webhook; its secret is shown here and nowhere else, so that a slip of the mouse does not close it. */
export function MakeWebhook({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  const [form] = Form.useForm<Typed>();
  const make = useMakeWebhook();
  const made = make.data;
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Drawer
      open={open}
      onClose={close}
      size={560}
      title={say("webhooks.make")}
      destroyOnHidden
      keyboard={made === undefined}
      closable={made === undefined}
      mask={{ closable: made === undefined }}
      footer={
        made === undefined ? (
          <div className="row">
            <Button type="primary" loading={make.isPending} onClick={() => form.submit()}>
              {say("webhooks.make")}
            </Button>
            <Button onClick={close}>{say("ui.cancel")}</Button>
          </div>
        ) : (
          <Button type="primary" onClick={close}>
            {say("webhooks.finish")}
          </Button>
        )
      }
    >
      {made === undefined ? (
        <>
          <WebhookForm form={form} initial={nothing} onFinish={(typed) => make.mutate(fieldsOf(typed))} />
          {make.isError && <ProblemNote error={make.error} />}
        </>
      ) : (
        <SecretShown webhook={made} title={say("webhooks.made")} />
      )}
    </Drawer>
  );
}
